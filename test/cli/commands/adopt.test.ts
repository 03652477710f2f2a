import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { compile, PROGRAM, synthesize } from '../../contract/snippets';
import { type HandMade, handMade, type Source } from '../../support/adoption/hand-made';
import type { Pair, Wish } from '../../support/broken/workshop';
import { runCli } from '../../support/cli/run-cli';
import { requires } from '../../support/programs/requires';

const NOW = Date.now();
const FIRST = 'app@db1.x.test';

requires('openssl')('erlang-tls adopt', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-adopt-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test.each<[string, (made: HandMade) => string[], string]>([
    ['no directory', () => ['--otp=27'], 'give a directory'],
    ['no release', (made) => [made.directory], 'give the release of the nodes, such as --otp=27'],
    ['a release that is unknown', (made) => ['--otp=23', made.directory], 'otp-release-unknown'],
    ['a file', (made) => ['--otp=27', join(made.directory, FIRST, 'etc/app/vm.args')], 'is not a directory'],
    ['a directory without a node', () => ['--otp=27', mkdtempSync(join(directory, 'empty-'))], 'there is no node'],
    ['a node without a name', (made) => ['--otp=27', unnamed(made)], 'name the directory after it'],
    ['nodes without TLS', (made) => ['--otp=27', withoutTls(made)], 'no TLS options are found of app@db1.x.test'],
    ['two nodes in one directory', (made) => ['--otp=27', together(made)], 'has the files of several nodes'],
  ])('refuses %s, with exit code 2 and no stack', async (_title, args, message) => {
    const { exitCode, out, err } = await runCli(['adopt', ...args(handMade(directory, 'openssl'))]);
    expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(message)]);
  });

  const PROPERTIES: readonly [Source, RegExp[], exitCode: number][] = [
    [
      'openssl',
      [/Platform\.erl\(\)/, /installDirectory: '\/etc\/app\/tls'/, /serverOptions: \{ depth: 2 \}/, /TLS_1_3_AND_1_2/],
      0,
    ],
    [
      'tls-gen',
      [
        /Platform\.rabbitMq\(\{ sslPath: '\/usr\/lib\/erlang\/lib\/ssl\/ebin' \}\)/,
        /flags: \[\{ name: 'kernel', values: \['net_ticktime', '30'\] \}\]/,
      ],
      0,
    ],
    [
      'elixir-certs',
      [
        /Platform\.couchDb\(\{ plainTextNodes: \['clouseau@127\.0\.0\.1'\] \}\)/,
        /installDirectory: '\/opt\/couchdb\/erlang-tls'/,
        /distribution: \{ firstPort: 9100, lastPort: 9100 \}/,
      ],
      0,
    ],
    ['cert-manager', [/Platform\.rabbitMq\(\)/], 1],
    ['vault', [/Platform\.emqx\(\)/, /additionalDnsNames: \['mqtt\.example\.com'\]/, /^(?![^]*TlsVersions)/], 0],
  ];

  test.each(PROPERTIES)('declares nodes with certificates by %s', async (source, properties, expected) => {
    const made = handMade(directory, source);
    const { exitCode, out } = await adopt(made);
    expect(exitCode).toBe(expected);
    for (const property of properties) expect(out).toMatch(property);
    for (const name of made.nodes) expect(out).toContain(`{ name: '${name}'`);
    expect(out).toContain(made.ca.certificate);
    expect(out).toContain("CaGeneration.trusted('hand-made', { source: CaSource.certificate(CA_HAND_MADE) }),");
    expect(out).toContain("CaGeneration.trusted('2027'),");
  });

  test.each(PROPERTIES.map(([source]) => source))('shows no key and no cookie of nodes by %s', async (source) => {
    const made = handMade(directory, source);
    const { out, err } = await adopt(made);
    const secrets = filesBelow(made.directory).flatMap((path) => [
      ...(/-----BEGIN [A-Z ]*PRIVATE KEY-----\n([^]*?)-----END/
        .exec(readFileSync(path, 'utf8'))?.[1]
        ?.trim()
        .split('\n') ?? []),
    ]);
    expect(secrets.length).toBeGreaterThan(2);
    for (const secret of [...secrets, 'top-secret-cookie']) expect(out + err).not.toContain(secret);
  });

  test('prints programs that compile and synthesize, with files for each node', async () => {
    const sources = PROPERTIES.map(([source]) => source);
    const programs = await Promise.all(
      sources.map(async (page) => {
        const { out: text } = await adopt(handMade(join(directory, page), page));
        return { page, line: 1, info: PROGRAM, text };
      }),
    );
    expect(compile(programs)).toEqual([]);
    for (const program of programs) {
      const text = synthesize(program);
      expect(text).toContain('BEGIN CERTIFICATE');
      expect(text).not.toContain('tls_locally_signed_cert');
    }
  }, 60_000);

  test('says what to do on the nodes: a link takes the place of each bundle, once', async () => {
    const { err } = await adopt(handMade(directory, 'tls-gen'));
    expect(err).toContain(
      [
        'Deploy 1, on rabbit@rmq1, rabbit@rmq2, rabbit@rmq3:',
        '  sh NODE.sh',
        '  cp -p /etc/rabbitmq/certs/ca_certificate.pem /etc/rabbitmq/certs/ca_certificate.pem.before-adoption',
        '  ln -s /etc/rabbitmq/tls/ca.pem /etc/rabbitmq/certs/ca_certificate.pem.next',
        '  mv -f /etc/rabbitmq/certs/ca_certificate.pem.next /etc/rabbitmq/certs/ca_certificate.pem',
        '',
      ].join('\n'),
    );
    expect(err).toMatch(
      /Deploy 2, before the restart of .*:\n {2}sh NODE\.sh, and sh tools\.sh .*\n {2}take out of \/etc\/rabbitmq\/rabbitmq-env\.conf: -pa, -proto_dist, -ssl_dist_optfile, -kernel net_ticktime/,
    );
  });

  test('names files by their paths on the node, also where directories are relative to the one of now', async () => {
    const made = handMade(directory, 'tls-gen');
    const below = relative(process.cwd(), made.directory);
    const { out, err } = await adopt({ ...made, directory: below });
    expect(out).toContain('// from /etc/rabbitmq/certs/ca_certificate.pem of rabbit@rmq1');
    expect(err).toContain(', in /etc/rabbitmq/certs/ca_certificate.pem of rabbit@rmq1, as generation hand-made');
    for (const one of [below, `./${below}/rabbit@rmq1/`]) {
      expect((await adopt({ ...made, directory: one })).err).toContain('take out of /etc/rabbitmq/rabbitmq-env.conf: ');
    }
  });

  test('says that the key of the old CA is there', async () => {
    const { err } = await adopt(handMade(directory, 'tls-gen'));
    expect(err).toMatch(/certs\/ca_key\.pem is the key of hand-made: .*CaSource\.imported/);
    expect((await adopt(handMade(join(directory, 'other'), 'openssl'))).err).not.toContain('is the key of');
  });

  test('sends the reader of a mounted volume to the page', async () => {
    const { err } = await adopt(handMade(directory, 'cert-manager'));
    expect(err).toMatch(/# \/etc\/rabbitmq\/certs\/ca\.crt is in a mounted volume: .*docs\/adopt\.md/);
    expect(err).not.toContain('ln -s');
  });

  test('keeps the certificate in a bundle that has one', async () => {
    const made = handMade(directory, 'openssl');
    change(made, FIRST, 'etc/app/dist.conf', (text) => text.replaceAll('ssl/ca.crt', 'ssl/node.crt'));
    const { err } = await adopt(made);
    expect(err).toMatch(/cat \/etc\/app\/tls\/ca\.pem >> \/etc\/app\/ssl\/node\.crt\.next/);
  });

  test('takes over what all nodes have, and says where they differ', async () => {
    const made = handMade(directory, 'openssl');
    change(made, FIRST, 'etc/app/dist.conf', (text) => text.replace('{depth,2}', '{depth,3}'));
    const { out, err } = await adopt(made);
    expect(out).not.toContain('serverOptions');
    expect(out).toContain('clientOptions: { depth: 2 }');
    expect(err).toContain('depth on the server side: the nodes differ in it');
  });

  test('leaves expired CAs and what is no CA behind, and takes every other one', async () => {
    const made = handMade(directory, 'openssl');
    const [expired, other] = [made.workshop.root('Expired CA', { from: -48, to: -24 }), made.workshop.root('Other CA')];
    const leaf = made.workshop.issue(made.ca, { commonName: 'leaf' });
    change(made, FIRST, 'etc/app/ssl/ca.crt', (text) =>
      [text, ...[expired, other, leaf].map((one) => one.certificate)].join(''),
    );
    const { out, err } = await adopt(made);
    expect(out.match(/CaGeneration\.trusted\('.*?'/g)).toEqual([
      "CaGeneration.trusted('hand-made-1'",
      "CaGeneration.trusted('hand-made-2'",
      "CaGeneration.trusted('2027'",
    ]);
    expect(err).toMatch(/CN=Expired CA in .*: it expired/);
    expect(err).toMatch(/CN=leaf in .*: it is no CA/);
  });

  test('does not take over the bundle of an operating system', async () => {
    const made = handMade(directory, 'openssl');
    const others = Array.from({ length: 11 }, (_, index) => made.workshop.root(`Public ${index}`).certificate);
    change(made, FIRST, 'etc/app/ssl/ca.crt', (text) => text + others.join(''));
    const { out, err } = await adopt(made);
    expect(out.match(/-----BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(err).toContain('11 more CAs that the nodes trust: no certificate here leads to one of them');
  });

  test('writes names that look like code as comments and strings', async () => {
    const made = handMade(directory, 'openssl');
    const root = made.workshop.root("x';process.exit(7);`${1}\\'");
    for (const name of made.nodes) change(made, name, 'etc/app/ssl/ca.crt', (text) => text + root.certificate);
    const { out } = await adopt(made);
    const code = out.replace(/^\/\/.*$/gm, '').replace(/`-----BEGIN[^`]*`/g, '``');
    expect(code).not.toContain('process.exit');
  });

  describe('says before anything changes what nodes with old and new files would refuse:', () => {
    test.each<[string, Wish, string]>([
      ['no alternative name', { alternativeNames: '' }, 'host-not-in-certificate: a new node meets an old one'],
      [
        'a name of another host',
        { alternativeNames: 'DNS:x.test' },
        'host-not-in-certificate: a new node meets an old one',
      ],
      [
        'no use as a client',
        { extendedKeyUsage: 'serverAuth' },
        'extended-key-usage-missing: a new node meets an old one',
      ],
      ['no signatures', { keyUsage: 'keyEncipherment' }, 'key-usage-without-signature: a new node meets an old one'],
    ])('a certificate with %s', async (_title, wish, message) => {
      const made = handMade(directory, 'openssl');
      putCertificate(made, made.workshop.issue(made.ca, { commonName: 'db1.x.test', ...wish }));
      const { exitCode, out, err } = await adopt(made);
      expect([exitCode, err]).toEqual([1, expect.stringContaining(`error: ${message}`)]);
      expect(out).toContain('new TlsCluster');
    });

    test('a certificate that no CA signed', async () => {
      const made = handMade(directory, 'openssl');
      putCertificate(made, made.workshop.root('db1.x.test'));
      expect(await codesOf(made)).toContain('certificate-self-issued');
    });

    test.each<[string, string, string]>([
      [
        'revocation lists, of which the new CA has none',
        '{crl_check,true}',
        'crl-missing: an old node meets a new one',
      ],
      [
        'suites for keys of another kind',
        '{ciphers,["ECDHE-RSA-AES256-GCM-SHA384"]}',
        'key-without-algorithm: an old node meets a new one',
      ],
      ['no version of today', "{versions,['tlsv1.1']}", 'no-common-tls-version'],
    ])('options with %s', async (_title, option, message) => {
      const made = handMade(directory, 'openssl');
      for (const name of made.nodes) {
        change(made, name, 'etc/app/dist.conf', (text) => text.replaceAll('{depth,2}', option));
      }
      const { exitCode, err } = await adopt(made);
      expect([exitCode, err]).toEqual([1, expect.stringContaining(`error: ${message}`)]);
    });

    test('nothing of nodes that ask for one name in place of each host: the new certificates have it', async () => {
      const made = handMade(directory, 'openssl');
      for (const name of made.nodes) {
        const host = name.replace('app@', '');
        putCertificate(
          made,
          made.workshop.issue(made.ca, { commonName: host, alternativeNames: `DNS:${host},DNS:app.x.test` }),
          name,
        );
        change(made, name, 'etc/app/dist.conf', (text) =>
          text.replace('{verify,verify_peer}]}]', '{verify,verify_peer},{server_name_indication,"app.x.test"}]}]'),
        );
      }
      const { exitCode, out } = await adopt(made);
      expect(exitCode).toBe(0);
      expect(out.match(/additionalDnsNames: \['app\.x\.test'\]/g)).toHaveLength(3);
    });
  });

  test('says what it cannot read', async () => {
    const made = handMade(directory, 'openssl');
    rmSync(join(made.directory, FIRST, 'etc/app/ssl/ca.crt'));
    change(made, 'app@db2.x.test', 'etc/app/vm.args', (text) => `${text}-kernel inet_dist_listen_min $PORT\n`);
    change(made, 'app@db3.x.test', 'etc/app/ssl/node.crt', (text) => text.slice(0, 200));
    const { exitCode, err } = await adopt(made);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/error: file-missing: .*app@db1.*ca\.crt/);
    expect(err).toMatch(/warning: flags-not-examined: .*app@db2.*\$PORT/);
    expect(err).toMatch(/error: pem-damaged: .*app@db3.*node\.crt/);
  });

  test('needs no private key, and reads a node where it runs', async () => {
    const made = handMade(directory, 'openssl');
    for (const name of made.nodes) rmSync(join(made.directory, name, 'etc/app/ssl/node.key'));
    expect((await adopt(made)).exitCode).toBe(0);
    const root = join(made.directory, FIRST);
    const { exitCode, out } = await runCli(['adopt', '--otp=27', `--root=${root}`, join(root, 'etc/app')]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`nodes: [{ name: '${FIRST}' }]`)]);
  });

  test('finds files that were copied into one directory without the directories of the node', async () => {
    const made = handMade(directory, 'vault');
    const [name = ''] = made.nodes;
    const flat = join(directory, name);
    mkdirSync(flat);
    for (const path of ['emqx.conf', 'ssl_dist.conf', 'certs/node.pem', 'certs/root.pem']) {
      renameSync(join(made.directory, name, 'etc/emqx', path), join(flat, path.replace('certs/', '')));
    }
    change({ ...made, directory }, name, 'ssl_dist.conf', (text) => text.replaceAll('/etc/emqx/certs', '/etc/emqx'));
    const { exitCode, out } = await runCli(['adopt', '--otp=27', flat]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining('SHA-256')]);
  });
});

function adopt({ directory }: HandMade): ReturnType<typeof runCli> {
  return runCli(['adopt', '--otp=27', '--signing=2027', directory], { now: NOW });
}

async function codesOf(made: HandMade): Promise<string[]> {
  return [...(await adopt(made)).err.matchAll(/^error: ([a-z-]+): /gm)].map(([, code = '']) => code);
}

function change({ directory }: HandMade, name: string, path: string, edit: (text: string) => string): void {
  const place = join(directory, name, path);
  writeFileSync(place, edit(readFileSync(place, 'utf8')));
}

function putCertificate(made: HandMade, { certificate, key }: Pair, name = FIRST): void {
  change(made, name, 'etc/app/ssl/node.crt', () => certificate);
  change(made, name, 'etc/app/ssl/node.key', () => key);
}

/** The first node, in a directory and with flags that do not name it. */
function unnamed(made: HandMade): string {
  change(made, FIRST, 'etc/app/vm.args', (text) => text.replace(/^-name .*\n/, ''));
  renameSync(join(made.directory, FIRST), join(made.directory, 'db1'));
  return join(made.directory, 'db1');
}

function withoutTls(made: HandMade): string {
  change(made, FIRST, 'etc/app/vm.args', () => `-name ${FIRST}\n-proto_dist inet_tcp\n`);
  rmSync(join(made.directory, FIRST, 'etc/app/dist.conf'));
  return join(made.directory, FIRST);
}

function together(made: HandMade): string {
  for (const name of made.nodes) renameSync(join(made.directory, name), join(made.directory, name.replace('@', '-')));
  return made.directory;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());
}
