import { wordsIn } from '../../../src/model/platforms/registry';

const PLAIN = ['-proto_dist', 'inet_tcp'];
const TLS = ['-proto_dist', 'inet_tls'];

test.each<[string, string[]]>([
  ['cluster.proto_dist = inet_tls\n', TLS],
  ['  cluster.proto_dist: "inet_tls"\n', TLS],
  ['cluster {\n  name = emqxcl\n  proto_dist = inet_tls\n}\n', TLS],
  ['cluster { proto_dist = inet_tls }\n', TLS],
  ['cluster.proto_dist = inet_tcp\ncluster.proto_dist = inet_tls\n', TLS],
  ['{"cluster": {"proto_dist": "inet_tls"}}\n', TLS],
  ['cluster."proto_dist" = inet_tls\n', TLS],
  ['# cluster.proto_dist = inet_tcp\n// cluster.proto_dist = inet_tcp\n', []],
  ['cluster.other_proto_dist = inet_tcp\n', []],
  [`${'\n'.repeat(100_000)}${' '.repeat(100_000)}`, []],
  ['node.name = "emqx@db1.x.test"\ncluster.proto_dist = inet_tls\n', ['-name', 'emqx@db1.x.test', ...TLS]],
  ['node {\n  cookie = secret\n  name = "emqx@db1.x.test"\n}\n', ['-name', 'emqx@db1.x.test']],
  ['cluster { name = emqx@cluster }\nmy_node.name = emqx@other\n', []],
  ['cluster.proto_dist = inet_tcp # cluster.proto_dist = inet_tls\n', PLAIN],
  ['cluster.proto_dist = inet_tcp // cluster.proto_dist = inet_tls\n', PLAIN],
  ['cluster.proto_dist = "inet_tcp" # }\nlog.x = "cluster.proto_dist = inet_tls"\n', PLAIN],
  ['log.x = """\ncluster.proto_dist = inet_tls\n"""\n', []],
  ['gateway { proto_dist = inet_tls }\nproto_dist = inet_tls\n', []],
  ['"cluster.proto_dist" = inet_tls\n', []],
  ['listeners { tcp { cluster { proto_dist = inet_tls } } }\n', []],
  ['actions = [{ cluster { proto_dist = inet_tls } }, [inet_tls]]\n', []],
  ['cluster { a { b = [1, 2] } # }\n  proto_dist = inet_tls, name = x\n}\n', TLS],
  ['cluster.proto_dist =\n  inet_tls\nnode.name = emqx@${HOST}\n', ['-name', 'emqx@${HOST}', ...TLS]],
  ['cluster.proto_dist = ${?PROTOCOL}\n', ['-proto_dist', '${?PROTOCOL}']],
  ['cluster {\r\n  proto_dist : inet_tls\r\n}\r\n', TLS],
])('EMQX makes its flags from %j', (text, words) => {
  expect(wordsIn({ name: 'emqx.conf', text })).toEqual({ words, namesOptionFile: true });
});

test.each([
  'cluster { proto_dist = inet_tls',
  'cluster.proto_dist = inet_tls }',
  'cluster.proto_dist = inet_tls\n and_more\n',
  'cluster [ proto_dist = inet_tls ]',
  'cluster.proto_dist inet_tls',
  '= inet_tls',
  '"cluster.proto_dist',
  'include classpath "more.conf"',
  'node.name='.repeat(100_000),
  'node {name '.repeat(50_000),
  'node {'.repeat(50_000),
])('what EMQX makes of %.40j is not known', (text) => {
  expect(wordsIn({ name: 'emqx.conf', text })?.unread).toMatch(/./);
});

test.each<[string, string[]]>([
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ["export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-proto_dist inet_tls' # TLS\n", TLS],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tcp"\nSERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ['CTL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ...['$SERVER_ADDITIONAL_ERL_ARGS', '"$SERVER_ADDITIONAL_ERL_ARGS"', '${SERVER_ADDITIONAL_ERL_ARGS:-}'].map(
    (before): [string, string[]] => [
      `SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\nSERVER_ADDITIONAL_ERL_ARGS="${before} -kernel x y"\n`,
      [...TLS, '-kernel', 'x', 'y'],
    ],
  ),
  ['# SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tcp"\n', []],
  ['NODENAME=rabbit@db1\nCTL_ERL_ARGS=x\n', ['-sname', 'rabbit@db1', 'x']],
  ['NODENAME=rabbit@db1.x.test\nUSE_LONGNAME=true\nCTL_ERL_ARGS=x', ['-name', 'rabbit@db1.x.test', 'x']],
  [
    'NODENAME=rabbit@db1.x.test\nUSE_LONGNAME=${USE_LONGNAME:-true}\nCTL_ERL_ARGS=x',
    ['-name', 'rabbit@db1.x.test', 'x'],
  ],
  ['NODENAME=rabbit@db1\n', ['-sname', 'rabbit@db1']],
  ['A=-proto_dist\nB="$A inet_tls"\nSERVER_ADDITIONAL_ERL_ARGS="$B"\n', TLS],
  ['SERVER_ADDITIONAL_ERL_ARGS="-pa $ERL_SSL_PATH -proto_dist inet_tls"\n', ['-pa', '${ERL_SSL_PATH}', ...TLS]],
  ['[ -z "$X" ] && SERVER_ADDITIONAL_ERL_ARGS=x\n', ['${SERVER_ADDITIONAL_ERL_ARGS}']],
  ['RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=x\nSERVER_ADDITIONAL_ERL_ARGS=y\n', ['x']],
  ['SERVER_ERL_ARGS=x\nSERVER_START_ARGS=y\n', ['y']],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"; export SERVER_ADDITIONAL_ERL_ARGS\n', TLS],
  ['export USE_LONGNAME=false SERVER_ADDITIONAL_ERL_ARGS="-proto_dist \\\ninet_tls"\n', TLS],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tcp" true\n', []],
  ['RABBITMQ_SERVER_ERL_ARGS="+K true -proto_dist"\nSERVER_ADDITIONAL_ERL_ARGS=inet_tls\n', ['+K', 'true', ...TLS]],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\r\n', ['-proto_dist', 'inet_tls\r']],
  ['SERVER_ADDITIONAL_ERL_ARGS=a#b # c "\nCTL_ERL_ARGS=x', ['a#b']],
  [`${'NODENAME=\\\n'.repeat(95_000)};`, ['-sname', '${NODENAME}']],
  [`${'NODENAME="a\n'.repeat(95_000)}(`, []],
])('RabbitMQ reads its flags from %j', (text, words) => {
  expect(wordsIn({ name: 'rabbitmq-env.conf', text })).toMatchObject({ words });
});

test.each<[string, string[] | undefined]>([
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\nCTL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\n', []],
  ['CTL_ERL_ARGS="-proto_dist inet_tls"\n', undefined],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\nCTL_ERL_ARGS="$SERVER_ADDITIONAL_ERL_ARGS"\n', TLS],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\nCTL_ERL_ARGS="$OTHER"\n', ['${OTHER}']],
])('RabbitMQ reads the flags of tools, apart from the server, from %j', (text, toolWords) => {
  expect(wordsIn({ name: 'rabbitmq-env.conf', text })?.toolWords).toEqual(toolWords);
});

test.each<[string, string[]]>([
  ['export ELIXIR_ERL_OPTIONS="-proto_dist inet_tls"\n', TLS],
  ['export ERL_FLAGS="-proto_dist inet_tls"\nexport ERL_AFLAGS="-boot start"\n', ['-boot', 'start', ...TLS]],
  ['export ERL_FLAGS="${ERL_FLAGS:+$ERL_FLAGS }-proto_dist inet_tls"\n', TLS],
  ['export ERL_FLAGS=-x\nERL_FLAGS="${ERL_FLAGS:+$ERL_FLAGS }-proto_dist inet_tls"\n', ['-x', ...TLS]],
  ['export ERL_FLAGS="${ERL_FLAGS:--x} -proto_dist inet_tls"\n', ['-x', ...TLS]],
  ['ERL_FLAGS="+S 4"\n', []],
  ['export RELEASE_NODE=app@db1\n', ['-sname', 'app@db1']],
  ['RELEASE_DISTRIBUTION=name\nRELEASE_NODE=app@$(hostname)\n', ['-name', 'app@$(…)']],
  ['RELEASE_DISTRIBUTION=sname\nRELEASE_NODE=app@db1.x.test\n', ['-sname', 'app@db1.x.test']],
  // The environment may say that the name is long.
  ['RELEASE_DISTRIBUTION="${RELEASE_DISTRIBUTION:-name}"\nRELEASE_NODE=app@db1.x.test\n', ['-name', 'app@db1.x.test']],
  ['RELEASE_NODE=app@db1.x.test\n', ['-name', 'app@db1.x.test']],
])('a release reads its flags from env.sh %j', (text, words) => {
  expect(wordsIn({ name: 'env.sh', text })).toEqual({ words });
});

test.each<[string, string[]]>([
  ['ERLANG_NODE=ejabberd@db1.x.test\nERL_OPTIONS="-proto_dist inet_tls"\n', ['-name', 'ejabberd@db1.x.test', ...TLS]],
  ['ERLANG_NODE=ejabberd@db1\n', ['-sname', 'ejabberd@db1']],
  ['ERLANG_NODE=ejabberd\n', ['-sname', 'ejabberd@$(hostname)']],
  ['INET_DIST_INTERFACE=::1\n', ['-proto_dist', 'inet6_tcp']],
  ['FIREWALL_WINDOW=4200-4210\n', ['-kernel', 'inet_dist_listen_min', '4200', 'inet_dist_listen_max', '4210']],
  ['ERL_DIST_PORT=5210\n', ['-erl_epmd_port', '5210', '-start_epmd', 'false']],
  ['#ERL_DIST_PORT=5210\n', []],
])('ejabberdctl makes flags from %j', (text, words) => {
  expect(wordsIn({ name: 'ejabberdctl.cfg', text })).toEqual({ words });
});

test.each<[string, string, string, string[]]>([
  ['rabbitmq-env.conf', '. /etc/more\n', 'SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ['ejabberdctl.cfg', '. /etc/more\n', 'ERL_OPTIONS="-proto_dist inet_tls"\n', TLS],
  ['env.sh', '. /etc/more\n', 'export ERL_FLAGS="-proto_dist inet_tls"\n', TLS],
  ['emqx.conf', 'cluster { include "/etc/more" }\n', 'proto_dist = inet_tls\n', TLS],
])('a file that %s includes is read in its place', (name, text, more, words) => {
  const place = { directory: '', included: (path: string) => (path === '/etc/more' ? more : undefined) };
  expect(wordsIn({ name, text }, place)).toMatchObject({ words });
  expect(wordsIn({ name, text })?.unread).toMatch(/more/);
});

test.each([
  ['env.sh', 'ERL_FLAGS="-proto_dist inet_tls"\n'],
  ['env.sh', 'ELIXIR_ERL_OPTIONS="-proto_dist inet_tls $MORE"\n'],
  ['env.sh', 'export ERL_FLAGS\nunset ERL_FLAGS\nERL_FLAGS="-proto_dist inet_tls"\n'],
  ['env.sh', 'if [ "$X" ]; then export ERL_FLAGS; fi\nERL_FLAGS="-proto_dist inet_tls"\n'],
  ['env.sh', 'set -a\nset +a\nERL_FLAGS="-proto_dist inet_tls"\n'],
  ['rabbitmq-env.conf', 'export ERL_FLAGS="-proto_dist inet_tls"\n'],
  ['ejabberdctl.cfg', 'export ERL_FLAGS="-proto_dist inet_tls"\n'],
])('whether the VM gets these flags is not known: %s with %j', (name, text) => {
  expect(wordsIn({ name, text })).toMatchObject({
    words: [],
    unread: expect.stringMatching(/^(?:ERL|ELIXIR)_/) as string,
  });
});

test.each([
  'export ERL_FLAGS\nERL_FLAGS="-proto_dist inet_tls"\n',
  'ERL_FLAGS="-proto_dist inet_tls"\nexport HOME ERL_FLAGS\n',
  'set -a\nERL_FLAGS="-proto_dist inet_tls"\n',
  'set -ea\nERL_FLAGS="-proto_dist inet_tls"\nset +a\n',
])('env.sh exports with %j', (text) => {
  expect(wordsIn({ name: 'env.sh', text })).toEqual({ words: TLS });
});

test('no other file belongs to a platform', () => {
  expect(wordsIn({ name: 'vm.args', text: '-proto_dist inet_tls' })).toBeUndefined();
});
