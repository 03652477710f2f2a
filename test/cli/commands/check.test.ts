import {
  chmodSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { HOSTS, Site } from '../../support/broken/site';
import { codesOf, runCli } from '../../support/cli/run-cli';
import { scriptText } from '../../support/installing/script-text';
import { requires } from '../../support/programs/requires';

test.each<[string, string[], string]>([
  ['no path', [], 'give a path, or a node to probe'],
  ['a path that does not exist', ['none'], 'none does not exist'],
  ['an empty path', [''], 'a path must not be empty'],
  ['an unknown release', ['--otp=23', '.'], 'otp-release-unknown'],
  ['an unknown user', ['--user=nobody-of-that-name', '.'], 'is not a user of this machine'],
  ['a word for a number of days', ['--days=soon', '.'], 'is not a number of days'],
  ['an empty user', ['--user=', '.'], 'is not a user of this machine'],
  ['a root that does not exist', ['--root=/none', '.'], '--root=/none is not a directory'],
  ['two formats', ['--json', '--format=text', '.'], '--json and --format=text contradict each other'],
  ['an unknown format', ['--format=xml', '.'], '--format=xml is unknown'],
  ['an unknown option', ['--all', '.'], 'unknown option --all: use --days, '],
])('%s is refused with the allowed values: exit code 2', async (_title, args, message) => {
  const { exitCode, out, err } = await runCli(['check', ...args]);
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(message)]);
});

requires('openssl')('the files of nodes', () => {
  let directory: string;
  let site: Site;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-check-'));
    site = new Site(join(directory, 'site'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('may be given as one directory, a node, an option file or a file of flags', async () => {
    site.options({ client: { verify: 'verify_none' } });
    for (const path of [site.directory, site.broken, site.path('ssl_dist.conf'), site.path('vm.args')]) {
      expect(await codesOf(['check', path])).toEqual(['peer-not-verified']);
    }
    expect(await codesOf(['check', site.directoryOf(HOSTS[1])])).toEqual([]);
  });

  test('are found below another root, and beside the option file if the node has them elsewhere', async () => {
    const root = join(directory, 'root');
    mkdirSync(join(root, 'etc'), { recursive: true });
    site.options({ client: { cacertfile: '"/etc/ca.pem"' } });
    expect(await codesOf(['check', site.broken])).toEqual(['file-missing']);
    writeFileSync(join(root, 'etc/ca.pem'), site.read('ca.pem'));
    expect(await codesOf(['check', `--root=${root}`, site.broken])).toEqual([]);
    site.write('ssl_dist.conf', site.read('ssl_dist.conf').replaceAll(site.broken, '/etc/app/tls'));
    site.write('vm.args', site.read('vm.args').replaceAll(site.broken, '/etc/app/tls'));
    expect(await codesOf(['check', `--root=${root}`, site.broken])).toEqual([]);
  });

  test('are read as the user of the node would', async () => {
    chmodSync(directory, 0o755);
    expect(await codesOf(['check', '--user=65534', site.broken])).toEqual(['file-not-readable']);
    chmodSync(site.broken, 0o700);
    expect(await codesOf(['check', '--user=65534', site.broken])).toEqual(Array(3).fill('file-not-readable'));
    expect(await codesOf(['check', '--user=root', site.broken])).toEqual([]);
  });

  test('are reported as unnoticed if a link in their path is newer', async () => {
    const [old, link] = [join(directory, 'release-1'), join(directory, 'current')];
    renameSync(site.broken, old);
    symlinkSync(old, link);
    symlinkSync(link, site.broken);
    expect(await codesOf(['check', site.broken])).toEqual([]);
    for (const name of ['node.pem', 'ca.pem']) utimesSync(join(old, name), 0, 0);
    expect(await codesOf(['check', site.broken])).toEqual(['file-behind-newer-symlink', 'file-behind-newer-symlink']);
    lutimesSync(link, 0, 0);
    lutimesSync(site.broken, 0, 0);
    expect(await codesOf(['check', site.broken])).toEqual([]);
  });

  test('are found behind links, as a secret volume of Kubernetes has them, and each once', async () => {
    const data = site.path('..2026');
    mkdirSync(data);
    symlinkSync('..2026', site.path('..data'));
    for (const name of ['ca.pem', 'node.pem', 'ssl_dist.conf', 'vm.args']) {
      renameSync(site.path(name), join(data, name));
      symlinkSync(`..data/${name}`, site.path(name));
    }
    symlinkSync(site.broken, join(site.directory, 'current'));
    const { out } = await runCli(['check', site.directory]);
    expect(out).toBe('2 nodes: nothing found.\n');
  });

  test('are found if the node is a link into a hidden directory, or elsewhere', async () => {
    const hidden = join(site.directory, '.releases');
    mkdirSync(hidden);
    renameSync(site.broken, join(hidden, '1'));
    symlinkSync(join(hidden, '1'), site.broken);
    symlinkSync('/', join(site.directory, 'root'));
    symlinkSync('nowhere', join(site.directory, 'dangling'));
    expect((await runCli(['check', site.directory])).out).toBe('2 nodes: nothing found.\n');
  });

  test.each([
    ['node.pem', ['file-behind-newer-symlink']],
    ['ca.pem', []],
  ])(
    'are reported as unnoticed behind a newer link to the file, unless it is the trust bundle: %s',
    async (name, codes) => {
      renameSync(site.path(name), join(directory, 'old.pem'));
      utimesSync(join(directory, 'old.pem'), 0, 0);
      symlinkSync(join(directory, 'old.pem'), site.path(name));
      expect(await codesOf(['check', site.broken])).toEqual(codes);
    },
  );

  test('are found once, whichever paths lead to them, and with their flags in another directory', async () => {
    const tls = join(site.broken, 'tls');
    mkdirSync(tls);
    for (const name of ['ca.pem', 'node.pem', 'ssl_dist.conf']) renameSync(site.path(name), join(tls, name));
    const moved = (name: string): void => site.write(name, site.read(name).replaceAll(site.broken, tls));
    for (const name of ['tls/ssl_dist.conf', 'vm.args']) moved(name);
    symlinkSync(site.directory, join(directory, 'link'));
    const paths = [site.directory, site.broken, join(site.broken, '../.'), join(directory, 'link'), tls];
    expect((await runCli(['check', ...paths])).out).toBe('2 nodes: nothing found.\n');
  });

  test('with flags are read once if another file names them, and templates only if they were not rendered', async () => {
    site.write('vm.args', `${site.read('vm.args')}-args_file ${site.path('more.args')}\n`);
    site.write('more.args', '-kernel net_ticktime 60\n');
    site.write('vm.args.src', site.read('vm.args'));
    site.write('vm.args.eex', site.read('vm.args'));
    expect(await codesOf(['check', site.broken])).toEqual([]);
    site.remove('vm.args');
    expect(await codesOf(['check', site.broken])).toContain('flag-given-twice');
  });

  test('with flags for remote shells are judged separately from those of the node', async () => {
    site.write('remote.vm.args', site.read('vm.args'));
    expect((await runCli(['check', site.broken])).out).toBe('1 node and 1 tool: nothing found.\n');
    site.write('remote.vm.args', '-proto_dist inet_tls -ssl_dist_optfile /none\n');
    expect(await codesOf(['check', site.broken])).toEqual(['option-file-missing']);
  });

  test('belong to a tool if the node that it dials names it', async () => {
    site.write('ssl_dist.conf', site.read('ssl_dist.conf').replace(/\{server[^]*(?=\{client)/, ''));
    renameSync(site.broken, join(site.directory, 'tools'));
    const path = join(site.directory, 'tools');
    const flags = readFileSync(join(path, 'vm.args'), 'utf8').replaceAll(site.broken, path);
    const options = readFileSync(join(path, 'ssl_dist.conf'), 'utf8').replaceAll(site.broken, path);
    writeFileSync(join(path, 'ssl_dist.conf'), options);
    for (const name of ['undefined', 'undefined@localhost']) {
      writeFileSync(join(path, 'vm.args'), `${flags}-name ${name}\n`);
      expect((await runCli(['check', path])).out).toBe('0 nodes and 1 tool: nothing found.\n');
    }
  });

  test('from a template alone are judged without the values that are inserted later', async () => {
    const flags = [
      '-name ${NODE}',
      '-proto_dist inet_tls',
      '-ssl_dist_optfile ${ROOT}/ssl_dist.conf',
      '-args_file $MORE',
    ];
    site.remove('vm.args');
    for (const name of ['vm.args.src', 'vm.args.eex']) {
      site.write(name, flags.join('\n').replace('${NODE}', name.endsWith('eex') ? '<%= @name %>' : '${NODE}'));
      expect(await codesOf(['check', site.broken])).toEqual(['flags-not-examined']);
      site.options({ client: { verify: 'verify_none' } });
      expect(await codesOf(['check', site.broken])).toEqual(['flags-not-examined', 'peer-not-verified']);
      site.options({ client: { verify: 'verify_peer' } });
      site.remove(name);
    }
  });

  test('are missing if another node has its flags, or if a directory is named after a node', async () => {
    site.remove('vm.args');
    expect(await codesOf(['check', site.directory])).toEqual(['node-flags-missing']);
    expect(await codesOf(['check', site.broken])).toEqual([]);
    // An unknown host of another node says nothing about the flags of this one; an unknown option file may be the one of this node.
    const other = join(site.directoryOf(HOSTS[1]), 'vm.args');
    const flags = readFileSync(other, 'utf8');
    writeFileSync(other, flags.replace(/^-name .*$/m, '-name a@${IP}'));
    expect(await codesOf(['check', site.directory])).toContain('node-flags-missing');
    writeFileSync(other, flags.replace(/^-ssl_dist_optfile .*$/m, '-ssl_dist_optfile ${FILE}'));
    expect(await codesOf(['check', site.directory])).not.toContain('node-flags-missing');
    writeFileSync(other, flags);
    rmSync(site.broken, { recursive: true });
    mkdirSync(site.broken);
    expect(await codesOf(['check', site.directory])).toEqual(['node-directory-empty']);
    expect(await codesOf(['check', site.broken])).toEqual(['node-directory-empty']);
  });

  test('of RabbitMQ contain the name under which others dial it', async () => {
    const flags = site.read('vm.args').trim().replace('\n', ' ');
    site.remove('vm.args');
    const place = join(directory, 'etc');
    renameSync(site.broken, place);
    writeFileSync(
      join(place, 'ssl_dist.conf'),
      readFileSync(join(place, 'ssl_dist.conf'), 'utf8').replaceAll(site.broken, place),
    );
    const words = flags.replaceAll(site.broken, place);
    const environment = (name: string, tools: string): void =>
      writeFileSync(
        join(place, 'rabbitmq-env.conf'),
        `NODENAME=rabbit@${name}\nUSE_LONGNAME=true\nSERVER_ADDITIONAL_ERL_ARGS="${words}"\nCTL_ERL_ARGS="${tools}"\n`,
      );
    environment(HOSTS[0], words);
    expect(await codesOf(['check', place])).toEqual([]);
    environment('db9.x.test', words);
    expect(await codesOf(['check', place])).toEqual(['host-not-in-certificate']);
    // The tools, which dial the server.
    environment(HOSTS[0], '-kernel net_setuptime 7');
    expect(await codesOf(['check', place])).toEqual(['tools-without-tls', 'tls-options-missing']);
    environment(HOSTS[0], words.replace('ssl_dist.conf', 'rabbitmqctl.config'));
    expect(await codesOf(['check', join(place, 'rabbitmq-env.conf')])).toEqual(['option-file-missing']);
    environment(HOSTS[0], '');
    expect(await codesOf(['check', place])).toEqual(['tools-without-tls']);
    // On the way to the node its tools have a directory of their own.
    const staged = (text: string): string => text.replaceAll(place, '/etc/rabbitmq/tls');
    environment(HOSTS[0], `-proto_dist inet_tls -ssl_dist_optfile ${place}/tools/rabbitmqctl.config`);
    expect(await codesOf(['check', place])).toEqual(['option-file-missing']);
    for (const name of ['ssl_dist.conf', 'rabbitmq-env.conf']) {
      writeFileSync(join(place, name), staged(readFileSync(join(place, name), 'utf8')));
    }
    expect(await codesOf(['check', place])).toEqual([]);
  });

  test('of EMQX contain the name under which others dial it', async () => {
    const place = join(directory, 'etc');
    renameSync(site.broken, place);
    for (const name of ['ssl_dist.conf', 'vm.args']) {
      const text = readFileSync(join(place, name), 'utf8').replaceAll(site.broken, place);
      writeFileSync(join(place, name), text.replace('-proto_dist inet_tls\n', ''));
    }
    for (const [host, codes] of [
      [HOSTS[0], []],
      ['db9.x.test', ['host-not-in-certificate']],
    ] as const) {
      writeFileSync(join(place, 'emqx.conf'), `node.name = "emqx@${host}"\ncluster.proto_dist = inet_tls\n`);
      expect(await codesOf(['check', place])).toEqual(codes);
    }
    rmSync(join(place, 'ssl_dist.conf'));
    rmSync(join(place, 'vm.args'));
    writeFileSync(join(place, 'emqx.conf'), 'cluster.proto_dist = inet_tls\n');
    expect(await codesOf(['check', place])).toEqual(['flags-not-examined']);
  });

  test('of a release may have flags in env.sh', async () => {
    const flags = site.read('vm.args').trim().replace('\n', ' ');
    site.write('vm.args', '-name node@db1.x.test\n');
    expect(await codesOf(['check', site.broken])).toEqual(['distribution-without-tls', 'tls-options-missing']);
    site.write('env.sh', `#!/bin/sh\nexport ELIXIR_ERL_OPTIONS="${flags}"\n`);
    expect(await codesOf(['check', site.broken])).toEqual([]);
    site.write('vm.args', `-name node@db1.x.test\n${flags}\n`);
    expect(await codesOf(['check', site.broken])).toEqual(['flag-given-twice', 'flag-given-twice']);
  });

  test('in several versions of a release belong to one node', async () => {
    const args = `-name node@${HOSTS[0]}\n${site.read('vm.args')}`;
    site.remove('vm.args');
    for (const version of ['1.0.0', '1.1.0']) {
      mkdirSync(join(site.broken, 'releases', version), { recursive: true });
      site.write(`releases/${version}/vm.args`, args);
    }
    expect(await codesOf(['check', site.broken])).toEqual([]);
  });

  test('are missing if flags are behind a dangling link', async () => {
    site.remove('vm.args');
    symlinkSync('/none/vm.args', site.path('vm.args'));
    expect(await codesOf(['check', site.broken])).toEqual(['file-missing']);
  });

  test('that a function call names are neither read nor reported as missing', async () => {
    const call = `filename:join("${site.broken}","node.pem")`;
    site.options({ server: { certfile: call }, client: { certfile: call } });
    expect(await codesOf(['check', site.broken])).toEqual(['option-file-calls-function']);
  });

  test('of RabbitMQ with line ends of Windows name a file that does not exist', async () => {
    const flags = site.read('vm.args').trim().replace('\n', ' ');
    site.remove('vm.args');
    site.write('rabbitmq-env.conf', `CTL_ERL_ARGS=x\nSERVER_ADDITIONAL_ERL_ARGS="${flags}"\r\n`);
    expect(await codesOf(['check', site.broken])).toContain('option-file-missing');
  });

  test('with only a common name are accepted by OTP 25', async () => {
    site.reissue({ alternativeNames: '' });
    expect(await codesOf(['check', '--otp=25', site.broken])).toEqual([]);
    expect(await codesOf(['check', '--otp=27', site.broken])).toEqual(['host-not-in-certificate']);
    expect(await codesOf(['check', site.broken])).toContain('host-not-in-certificate');
    site.reissue({ alternativeNames: '', commonName: 'db9.x.test' });
    expect(await codesOf(['check', '--otp=25', site.broken])).toEqual(['host-not-in-certificate']);
  });

  test('with a misspelled option get a finding that suggests the right one', async () => {
    site.options({ server: { cacert_file: '"/x"' }, client: { verifyy: 'verify_peer', xyzzy: '1' } });
    const { out } = await runCli(['check', site.broken]);
    expect(out).toMatch(/ssl-option-without-effect: .*"cacert_file".*\(perhaps cacertfile was meant\)/);
    expect(out).toMatch(/ssl-option-unknown: .*"verifyy".*\(perhaps verify was meant\)/);
    expect(out).not.toMatch(/"xyzzy".*perhaps/);
  });

  test('in directories with the same name get different labels', async () => {
    for (const host of HOSTS) {
      const tls = join(directory, host, 'tls');
      mkdirSync(tls, { recursive: true });
      for (const name of ['ca.pem', 'node.pem', 'ssl_dist.conf']) {
        const text = readFileSync(join(site.directoryOf(host), name), 'utf8');
        writeFileSync(
          join(tls, name),
          text.replaceAll('verify_peer', 'verify_none').replaceAll(site.directoryOf(host), tls),
        );
        chmodSync(join(tls, name), 0o600);
      }
    }
    const { out } = await runCli(['check', ...HOSTS.map((host) => join(directory, host))]);
    expect(out.match(/^error: peer-not-verified: /gm)).toHaveLength(4);
    expect(out).toMatch(/^2 nodes: /);
  });

  test('with only keys or certificates are not files of a node', async () => {
    expect(await codesOf(['check', site.path('node.pem')])).toEqual(['nothing-to-check']);
  });

  test.each([
    ['a state', '{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "resources": []\n}'],
    ['a plan as JSON', '{"format_version":"1.2","terraform_version":"1.11.4","variables":{}}'],
  ])('are not %s: the error names the commands for it', async (_title, json) => {
    site.write('plan.json', json);
    const { exitCode, out, err } = await runCli(['check', site.path('plan.json')]);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(
      'plan.json is JSON of Terraform, not a file of a node: give the output of terraform show -json',
    );
    expect(err).toContain('check-plan for a plan, to report --state for a state');
  });

  test('with the same CA in one file per side give one finding', async () => {
    const ends = { commonName: 'Short CA', to: 30 };
    const ca = site.workshop.root('Short CA', ends);
    site.reissue({ to: 29 }, ca);
    site.write('ca.pem', ca.certificate);
    expect(await codesOf(['check', site.broken])).toEqual(['ca-expires-soon', 'certificate-expires-soon']);
    site.write('other.pem', `the same\n${ca.certificate}`);
    site.options({ client: { cacertfile: `"${site.path('other.pem')}"` } });
    expect(new Set(await codesOf(['check', site.broken]))).toEqual(
      new Set(['ca-expires-soon', 'certificate-expires-soon']),
    );
  });

  test('with settings of applications are not option files', async () => {
    site.write('advanced.config', '[{kernel, [{net_ticktime, 60}]}].\n');
    site.write('sys.config', '[{kernel, [{net_ticktime, 60}]}, "more.config"].\n');
    site.remove('vm.args');
    expect(await codesOf(['check', site.broken])).toEqual([]);
  });

  test('below another root are found through links with an absolute target, which start at that root', async () => {
    const root = join(directory, 'root');
    mkdirSync(join(root, 'opt/v1'), { recursive: true });
    mkdirSync(join(root, 'etc'));
    symlinkSync('/opt/current', join(root, 'etc/app'));
    symlinkSync('v1', join(root, 'opt/current'));
    for (const name of ['ca.pem', 'node.pem', 'ssl_dist.conf', 'vm.args']) {
      writeFileSync(join(root, 'opt/v1', name), site.read(name).replaceAll(site.broken, '/etc/app'), { mode: 0o600 });
    }
    symlinkSync('/etc/app/ca.pem', join(root, 'etc/ca.pem'));
    const conf = join(root, 'opt/v1/ssl_dist.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replaceAll('/etc/app/ca.pem', '/etc/ca.pem'));
    expect(await codesOf(['check', `--root=${root}`, join(root, 'opt/v1')])).toEqual([]);
    expect(await codesOf(['check', join(root, 'opt/v1')])).toEqual(['file-missing']);
    chmodSync(root, 0o777);
    expect(await codesOf(['check', `--root=${root}`, join(root, 'opt/v1')])).toEqual(['directory-writable-by-others']);
    rmSync(join(root, 'opt/current'));
    symlinkSync('/opt/current', join(root, 'opt/current'));
    expect(await codesOf(['check', `--root=${root}`, join(root, 'opt/v1')])).toContain('file-not-examined');
  });

  test('that are staged for a node are in directories that are not judged', async () => {
    for (const name of ['ssl_dist.conf', 'vm.args']) {
      site.write(name, site.read(name).replaceAll(site.broken, '/etc/app/tls'));
    }
    chmodSync(site.broken, 0o777);
    expect(await codesOf(['check', site.broken])).toEqual([]);
  });

  test('that cannot be read and may belong to a node are reported', async () => {
    site.write('other.conf', '');
    truncateSync(site.path('other.conf'), 2 ** 40);
    expect(await codesOf(['check', site.broken])).toEqual(['file-not-examined']);
    const alone = join(directory, 'alone');
    mkdirSync(alone);
    renameSync(site.path('other.conf'), join(alone, 'ssl_dist.conf'));
    expect(await codesOf(['check', alone, alone])).toEqual(['file-not-examined']);
  });

  test('with flags are reported if they name themselves, directly or through others', async () => {
    const again = `-args_file ${site.path('more.args')}\n`.repeat(10);
    site.write('vm.args', site.read('vm.args') + again);
    site.write('more.args', `-args_file ${site.path('./../')}/${basename(site.broken)}/vm.args\n`.repeat(10));
    const codes = await codesOf(['check', site.path('vm.args')]);
    expect(new Set(codes)).toEqual(new Set(['args-file-loop']));
  });

  test.each(['vm.args', 'ssl_dist.conf'])(
    'of which a key in Base64 stands in the place of a path are told of without it: %s',
    async (name) => {
      const base64 = `MHcCAQEEI${'A'.repeat(100)}=`;
      site.write(
        name,
        site.read(name).replace(name === 'vm.args' ? site.path('ssl_dist.conf') : site.path('node.pem'), base64),
      );
      for (const format of ['text', 'json', 'github', 'junit']) {
        const { exitCode, out } = await runCli(['check', `--format=${format}`, site.broken]);
        expect([exitCode, out]).toEqual([1, expect.not.stringContaining('AAAA')]);
      }
    },
  );

  test('with flags are reported without values of another flag or of an option', async () => {
    const flat = `-ssl_dist_opt server_certfile ${site.path('node.pem')} server_secure_renegotiate server_password secret server_verify`;
    site.write('vm.args', `-proto_dist inet_tls setcookie secret\n${flat}\n`);
    const { out } = await runCli(['check', site.broken]);
    expect(out).toContain('"word 5" is not an option that -ssl_dist_opt knows');
    expect(out).toContain('"inet_tls and 2 more"');
    expect(out).not.toContain('secret ');
    expect(out).not.toContain('"secret"');
  });

  test('in an image are judged by the users of the image, or by numbers', async () => {
    const image = join(directory, 'image');
    mkdirSync(join(image, 'etc'), { recursive: true });
    writeFileSync(join(image, 'etc/passwd'), 'svc:x:65533:65533::/:/bin/sh\n');
    writeFileSync(join(image, 'etc/group'), 'keys:x:65532:svc\n');
    expect(await codesOf(['check', `--root=${image}`, '--user=svc', site.broken])).toContain('file-not-readable');
    expect((await runCli(['check', '--user=svc', site.broken])).exitCode).toBe(2);
    expect(await codesOf(['check', '--user=1000:2000,0', site.broken])).toContain('file-not-readable');
  });

  test('with a key in place of its path are reported without the key', async () => {
    const key = site.read('node.pem').replaceAll('\n', '\\n');
    site.options({ server: { keyfile: `"${key}"` } });
    for (const format of ['text', 'json', 'github', 'junit']) {
      const { exitCode, out } = await runCli(['check', `--format=${format}`, site.broken]);
      expect([exitCode, out]).toEqual([1, expect.stringContaining('PEM text and no path')]);
      expect(out).not.toMatch(/BEGIN|MIG/);
    }
  });

  test('are not read if they never end', async () => {
    site.options({ server: { cacertfile: '"/dev/zero"' } });
    expect(await codesOf(['check', site.broken])).toEqual(['file-not-examined']);
  });

  test.each([
    ['/proc/self/mem', 'cannot be read: i/o error'],
    ['/dev/zero', 'cannot be read: it is not a regular file'],
    ['a\0b', 'does not exist'],
  ])('that cannot be read give exit code 2: %j', async (path, message) => {
    const { exitCode, err } = await runCli(['check', path]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).toMatch(/\nRun erlang-tls help check for its options\.\n$/);
  });

  test('are judged, and one that is too large is reported', async () => {
    truncateSync(site.path('ca.pem'), 2 ** 40);
    site.chmod('node.pem', 0o644);
    const { out } = await runCli(['check', '--json', site.broken]);
    const { findings } = JSON.parse(out) as { findings: { code: string; message: string }[] };
    expect(findings.map(({ code }) => code)).toEqual(['file-not-examined', 'key-readable-by-others']);
    expect(findings[0]?.message).toMatch(/it has 1099511627776 bytes; the limit is 67108864/);
  });

  test.each([
    ['"*"', ['node-listens-in-plain-text']],
    [`"*@${HOSTS[0]}"`, ['node-listens-in-plain-text']],
    [`"*@${HOSTS[1]}"`, []],
  ])('of a CouchDB that excepts %s from TLS are reported if that matches the node itself', async (pattern, codes) => {
    const flags = site.read('vm.args').replace('inet_tls', 'couch');
    site.write('vm.args', `-name node@${HOSTS[0]}\n${flags}-couch_dist no_tls '${pattern}'\n`);
    expect(await codesOf(['check', site.broken])).toEqual(codes);
  });

  test('of other programs are ignored', async () => {
    site.write('mke2fs.conf', '[defaults]\n\tbase_features = sparse_super\n');
    expect(await codesOf(['check', site.broken])).toEqual([]);
  });

  test('are reported as expiring within the days of --days', async () => {
    expect(await codesOf(['check', '--days=365', site.broken])).toEqual([
      'ca-expires-soon',
      'certificate-expires-soon',
    ]);
    expect(await codesOf(['check', '--days=0', site.broken])).toEqual([]);
  });

  test('with a warning or an error set the exit code', async () => {
    site.reissue({ to: 24 });
    expect((await runCli(['check', site.broken])).exitCode).toBe(0);
    expect((await runCli(['check', '--fail-on=warning', site.broken])).exitCode).toBe(1);
    site.remove('ca.pem');
    const { exitCode, out } = await runCli(['check', site.broken]);
    expect([exitCode, out.split('\n')[0]]).toEqual([1, '1 node: 1 error, 1 warning.']);
  });

  test('are reported as missing in a directory without any', async () => {
    expect(await codesOf(['check', join(site.directory, 'workshop')])).toEqual(['nothing-to-check']);
  });

  describe('that were not read', () => {
    let place: string;
    const codes = (...args: string[]): Promise<string[]> => codesOf(['check', ...args, place]);
    const write = (name: string, text: string): void =>
      writeFileSync(
        join(place, name),
        text.replaceAll('TLS', `-proto_dist inet_tls -ssl_dist_optfile ${site.path('ssl_dist.conf')}`),
      );

    beforeEach(() => {
      place = join(directory, 'etc');
      mkdirSync(place);
    });

    test.each<[string, string, string[]]>([
      [
        'rabbitmq-env.conf',
        'SERVER_ADDITIONAL_ERL_ARGS="TLS"\nCTL_ERL_ARGS="-pa $ERL_SSL_PATH -proto_dist inet_tcp"',
        ['flags-not-examined', 'proto-dist-plain-text', 'tls-options-missing'],
      ],
      [
        'rabbitmq-env.conf',
        'SERVER_ADDITIONAL_ERL_ARGS="-pa $ERL_SSL_PATH TLS"\nCTL_ERL_ARGS="$SERVER_ADDITIONAL_ERL_ARGS"',
        ['flags-not-examined', 'flags-not-examined'],
      ],
      [
        'rabbitmq-env.conf',
        'SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls -ssl_dist_optfile $CONF/x.config"\nCTL_ERL_ARGS=$X',
        ['flags-not-examined', 'flags-not-examined'],
      ],
      ['rabbitmq-env.conf', 'A="TLS"\nSERVER_ADDITIONAL_ERL_ARGS="$A"\nCTL_ERL_ARGS="$A"', []],
      ['rabbitmq-env.conf', 'if true; then SERVER_ADDITIONAL_ERL_ARGS="TLS"; fi', ['flags-not-examined']],
      ['rabbitmq-env.conf', 'eval "$(cat /etc/flags)"', ['flags-not-examined']],
      ['rabbitmq-env.conf', '. /none/more.conf\nSERVER_ADDITIONAL_ERL_ARGS="TLS"', ['flags-not-examined']],
      [
        'env.sh',
        'CERT=/none/c.pem\nexport ERL_FLAGS="-proto_dist inet_tls -ssl_dist_opt server_certfile $CERT client_certfile $CERT"',
        ['file-missing'],
      ],
      [
        'env.sh',
        'export ERL_FLAGS="-proto_dist inet_tls -ssl_dist_opt server_certfile $CERT client_certfile $CERT"',
        ['flags-not-examined'],
      ],
      [
        'env.sh',
        'export ERL_FLAGS="-proto_dist inet_tls -ssl_dist_opt server_certfile $CERT client_certfile $CERT $MORE"',
        ['flags-not-examined'],
      ],
      ['env.sh', 'export ERL_FLAGS="TLS $MORE"', ['flags-not-examined']],
      ['env.sh', 'export ERL_FLAGS="-proto_dist inet_tcp $MORE"', ['flags-not-examined', 'proto-dist-plain-text']],
      [
        'env.sh',
        'export ERL_FLAGS="-proto_dist inet_tls -ssl_dist_opt client_verify verify_none $MORE"',
        ['flags-not-examined', 'peer-not-verified'],
      ],
      ['ejabberdctl.cfg', 'ERL_OPTIONS="-proto_dist inet_tcp"\n', ['proto-dist-plain-text', 'tls-options-missing']],
      ['ejabberdctl.cfg', 'ERLANG_NODE=node@other.x.test\nERL_OPTIONS="TLS"\n', ['host-not-in-certificate']],
      ['emqx.conf', 'include "cluster.conf"\n', ['flags-not-examined']],
      ['emqx.conf', 'cluster.proto_dist = inet_tcp # inet_tls\n', ['proto-dist-plain-text']],
    ])('are told, and nothing false is said: %s with %j', async (name, text, found) => {
      write(name, text);
      const relevant = new Set([
        ...found,
        'distribution-without-tls',
        'path-not-absolute',
        'node-flags-missing',
        'tools-without-tls',
        'file-missing',
        'path-split-by-shell',
        ...(text.includes('$MORE') ? ['peer-not-verified', 'certificate-option-missing', 'trust-anchors-missing'] : []),
      ]);
      expect([...new Set((await codes()).filter((code) => relevant.has(code)))]).toEqual([...new Set(found)]);
      const { exitCode } = await runCli(['check', '--fail-on=warning', place]);
      expect(exitCode).toBe(found.length === 0 ? 0 : 1);
    });

    test('are read if the flags include them, and then belong to one node', async () => {
      write('rabbitmq-env.conf', `. ${place}/tls/rabbitmq-env.conf\n`);
      mkdirSync(join(place, 'tls'));
      write('tls/rabbitmq-env.conf', 'SERVER_ADDITIONAL_ERL_ARGS="TLS"\nCTL_ERL_ARGS="TLS"\n');
      expect((await runCli(['check', place])).out).toBe('1 node and 1 tool: nothing found.\n');
    });

    test('are found by the root of a release', async () => {
      mkdirSync(join(site.broken, 'releases/1'), { recursive: true });
      site.remove('vm.args');
      site.write(
        'releases/1/env.sh',
        'export ERL_FLAGS="-proto_dist inet_tls -ssl_dist_optfile $RELEASE_ROOT/ssl_dist.conf"\n',
      );
      expect((await runCli(['check', site.broken])).out).toBe('1 node: nothing found.\n');
      site.write(
        'releases/1/env.sh',
        'export ERL_FLAGS="-proto_dist inet_tls -ssl_dist_optfile $ELSEWHERE/ssl_dist.conf"\n',
      );
      expect(await codesOf(['check', site.broken])).toEqual(['flags-not-examined']);
    });

    test('are listed with the carrier that has them', async () => {
      write('rabbitmq-env.conf', 'SERVER_ADDITIONAL_ERL_ARGS="-pa $A TLS"\n');
      const { out } = await runCli(['check', '--json', place]);
      const { nodes } = JSON.parse(out) as { nodes: { flags: unknown }[] };
      expect(nodes[0]?.flags).toEqual([{ path: join(place, 'rabbitmq-env.conf'), notExamined: ['${A}'] }]);
    });

    test('are no text', async () => {
      writeFileSync(
        join(place, 'vm.args'),
        Uint8Array.from({ length: 512 }, (_, index) => (index * 7919) % 256),
      );
      const { exitCode, out } = await runCli(['check', place]);
      expect([exitCode, out]).toEqual([
        1,
        expect.stringMatching(/file-not-examined: .*vm\.args was not examined \(it is not text\)/),
      ]);
      write('vm.args', `TLS -args_file ${place}/more`);
      writeFileSync(join(place, 'more'), Uint8Array.of(0, 1, 2));
      expect(await codes()).toEqual(['flags-not-examined']);
    });
  });

  test('below a root may be named by their path on the node, or by that on this machine', async () => {
    const root = join(directory, 'root');
    for (const path of ['etc/x', 'etc/flags']) mkdirSync(join(root, path), { recursive: true });
    const copy = (name: string, to: string): void =>
      writeFileSync(join(root, to, name), site.read(name).replaceAll(site.broken, '/etc/x'), { mode: 0o600 });
    for (const name of ['ca.pem', 'node.pem', 'ssl_dist.conf']) copy(name, 'etc/x');
    for (const path of ['/etc/x', join(root, 'etc/x'), '/etc/x/ssl_dist.conf', join(root, 'etc/x/ssl_dist.conf')]) {
      expect((await runCli(['check', `--root=${root}`, path])).out).toBe('1 node: nothing found.\n');
    }
    copy('vm.args', 'etc/flags');
    for (const path of ['/etc/flags', join(root, 'etc/flags'), join(root, 'etc')]) {
      expect((await runCli(['check', `--root=${root}`, path])).out).toBe('1 node: nothing found.\n');
    }
  });

  test('that options name are read if they exist, whatever lies beside the option file', async () => {
    const place = join(directory, 'etc');
    mkdirSync(place);
    writeFileSync(join(place, 'opt.conf'), site.read('ssl_dist.conf'));
    writeFileSync(join(place, 'ca.pem'), 'another one');
    const { exitCode, out } = await runCli(['check', place]);
    expect([exitCode, out]).toEqual([
      0,
      `1 node: nothing found.\n  read the files in ${site.broken}, and not those in ${place} with the same names\n`,
    ]);
    writeFileSync(join(place, 'opt.conf'), site.read('ssl_dist.conf').replaceAll(site.broken, '/none'));
    writeFileSync(join(place, 'ca.pem'), site.read('ca.pem'));
    writeFileSync(join(place, 'node.pem'), site.read('node.pem'), { mode: 0o600 });
    expect((await runCli(['check', place])).out).toBe(
      `1 node: nothing found.\n  read the files in ${place} for those in /none\n`,
    );
  });

  test('of no node are one finding, and exit code 2', async () => {
    const place = join(directory, 'ssl');
    mkdirSync(join(place, 'private'), { recursive: true });
    writeFileSync(join(place, 'ca.pem'), site.read('ca.pem'));
    expect((await runCli(['check', place])).exitCode).toBe(2);
    expect(await codesOf(['check', place])).toEqual(['nothing-to-check']);
  });

  test('of a node and its tools in one directory are one node and one tool', async () => {
    const client = site.read('ssl_dist.conf').replace(/\{server[^]*(?=\{client)/, '');
    site.write('remsh.conf', client);
    expect((await runCli(['check', site.broken])).out).toBe('1 node and 1 tool: nothing found.\n');
    site.write(
      'remsh.args',
      `-proto_dist inet_tls -ssl_dist_optfile ${site.path('remsh.conf')} -hidden -name undefined@localhost\n`,
    );
    expect((await runCli(['check', site.broken])).out).toBe('1 node and 1 tool: nothing found.\n');
  });

  test('in an install script take the place of an empty directory with the name of the node', async () => {
    const files = ['ssl_dist.conf', 'vm.args', 'ca.pem', 'node.pem'].map((name) => {
      const content = site.read(name);
      return { name, mode: '0600', content, checksum: '', readAtBoot: false, isCommon: false };
    });
    const subject = `node@${HOSTS[0]}`;
    rmSync(site.broken, { recursive: true });
    mkdirSync(site.broken);
    expect(await codesOf(['check', site.directory])).toEqual(['node-directory-empty']);
    const script = scriptText({ subject, installDirectory: site.broken, owner: '', reload: '', files });
    writeFileSync(join(site.directory, `${subject}.sh`), script);
    expect((await runCli(['check', site.directory])).out).toBe('2 nodes: nothing found.\n');
  });

  describe('as documentation shows them', () => {
    const wild = (file: string, text: string): Promise<string[]> => {
      const place = join(directory, 'wild');
      mkdirSync(place, { mode: 0o755 });
      writeFileSync(join(place, file), text.replaceAll('DIR', site.directoryOf(HOSTS[1])));
      return codesOf(['check', '--otp=27', place]);
    };
    const paths = '{cacertfile,"DIR/ca.pem"},{certfile,"DIR/node.pem"},{keyfile,"DIR/node.pem"}';

    test('as RabbitMQ shows it', async () => {
      const side = `${paths},{secure_renegotiate,true},{verify,verify_peer}`;
      const codes = await wild(
        'inter_node_tls.config',
        `[{server,[${side},{fail_if_no_peer_cert,true}]},{client,[${side}]}].\n`,
      );
      expect(codes).toEqual(['versions-not-set', 'versions-not-set']);
    });

    test('as CouchDB shows it have an option of servers on the client side', async () => {
      const side = `${paths},{verify,verify_peer},{secure_renegotiate,true}`;
      const codes = await wild(
        'couch_dist.conf',
        `[{server,[${side},{fail_if_no_peer_cert,true}]},{client,[${side},{fail_if_no_peer_cert,true}]}].\n`,
      );
      // Its client side has fail_if_no_peer_cert, which OTP 26 and later refuse.
      expect([...new Set(codes)].sort()).toEqual(['ssl-option-wrong-side', 'versions-not-set']);
    });

    test('as EMQX shows it verify nobody', async () => {
      const side = '{certfile,"DIR/node.pem"},{keyfile,"DIR/node.pem"}';
      const codes = await wild(
        'ssl_dist.conf',
        `[{server,[${side},{secure_renegotiate,true},{depth,0}]},{client,[{secure_renegotiate,true}]}].\n`,
      );
      expect([...new Set(codes)].sort()).toEqual(
        ['certificate-option-missing', 'peer-not-verified', 'trust-anchors-missing', 'versions-not-set'].sort(),
      );
    });

    test('as MongooseIM shows it, in flags', async () => {
      const flags = ['server_certfile DIR/node.pem', 'server_cacertfile DIR/ca.pem', 'client_certfile DIR/node.pem'];
      const more = [
        'client_cacertfile DIR/ca.pem',
        'server_verify verify_peer',
        'server_fail_if_no_peer_cert true',
        'client_verify verify_peer',
      ];
      const codes = await wild(
        'vm.dist.args',
        `-proto_dist inet_tls\n${[...flags, ...more].map((one) => `-ssl_dist_opt ${one}`).join('\n')}\n`,
      );
      expect(codes).toEqual([]);
    });
  });
});
