import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

import { Lazy, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  KeyAlgorithm,
  NodeKey,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { readNodeScript } from '../../src/model/deliveries/node-script/reader';
import { synthesizable } from '../support/stacks/synthesized';
import { Template } from '../support/stacks/template';
import { nodeRequest, request } from '../support/x509/request';

const [DB1, DB2] = ['couchdb@db1.x.test', 'couchdb@db2.x.test'] as const;
const HOST = 'db1.x.test';
const TOOLS = 'Erlang distribution tools';

function cluster(stack: TerraformStack, props: Partial<TlsClusterProps>): TlsCluster {
  return new TlsCluster(stack, 'c', {
    platform: Platform.couchDb(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: DB1 }, { name: DB2 }],
    installDirectory: '/etc/couchdb/tls',
    delivery: Delivery.installScript({ outputDirectory: '/srv/out' }),
    ...props,
  });
}

const synthesized = (props: Partial<TlsClusterProps>): Template => Template.of((stack) => cluster(stack, props));

const DIRECTORY = mkdtempSync(join(tmpdir(), 'keys-on-nodes-'));
afterAll(() => rmSync(DIRECTORY, { recursive: true }));

/** A directory with these requests, relative to the project. */
function requestsIn(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(DIRECTORY, 'requests-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return relative('', directory);
}

const everyRequest = (): Record<string, string> => ({
  [`${DB1}.csr`]: nodeRequest('db1.x.test'),
  [`${DB2}.csr`]: nodeRequest('db2.x.test'),
  'tools.csr': request({ commonName: TOOLS, uses: 'tools' }),
});

const warnings = (stack: TerraformStack): string[] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === '@cdktf/warn')
    .map(({ data }) => String(data));

describe('a cluster whose keys stay on the nodes', () => {
  const requests = everyRequest();
  const template = synthesized({
    certificates: { key: NodeKey.onNode({ requestDirectory: requestsIn(requests) }) },
  });

  test('has no key beside that of its CA, and signs the requests of the nodes and the tools', () => {
    expect(template.counts()).toMatchObject({
      ...{ tls_private_key: 1, tls_locally_signed_cert: 3, local_sensitive_file: 3 },
    });
    expect(template.counts()).not.toHaveProperty('tls_cert_request');
    const signed = Object.values(template.resources('tls_locally_signed_cert')).map((one) => one.cert_request_pem);
    expect(new Set(signed)).toEqual(new Set(Object.values(requests)));
  });

  test('carries certificate and chain in its scripts, and no key', () => {
    const files = template.files('/srv/out');
    for (const name of [DB1, DB2, 'tools']) {
      const script = files[`${name}.sh`] ?? '';
      expect(script).not.toContain('private_key_pem');
      expect(script).toContain("certificate_in='2'");
      expect(readNodeScript(script)?.files.map(({ lacksKey = false }) => lacksKey)).toContain(true);
    }
  });
});

test('a request makes the same stack whatever its line ends and the text around it', () => {
  const pem = nodeRequest(HOST);
  const declare = (requestPem: string): string =>
    synthesized({ nodes: [{ name: DB1, key: NodeKey.onNode({ requestPem }) }] }).text;
  expect(declare(`Certificate Request:\r\n${pem.replaceAll('\n', '\r\n')}`)).toBe(declare(pem));
});

describe('a node whose request is missing', () => {
  const stack = synthesizable();
  const declared = cluster(stack, {
    nodes: [{ name: DB1, key: NodeKey.onNode() }, { name: DB2 }],
    certificateAuthority: { generations: [CaGeneration.signing('1'), CaGeneration.trusted('2')] },
  });
  const template = Template.fromStack(stack);
  const script = template.files('/srv/out')[`${DB1}.sh`] ?? '';

  test('waits: it gets the trust bundle alone, in a script that makes its request', () => {
    const { certificate, optionFile, files } = declared.clusterNode(DB1);
    expect([certificate, optionFile]).toEqual([undefined, undefined]);
    expect(files.map(({ path }) => path)).toEqual(['/etc/couchdb/tls/ca.pem']);
    expect(readNodeScript(script)).toMatchObject({ isWaiting: true, subject: DB1 });
    expect(script).toContain(`CN = "${HOST}"`);
    expect(script).toContain(`subjectAltName = DNS:${HOST}\n`);
  });

  test('holds up nobody', () => {
    expect(declared.clusterNode(DB2).files.map(({ path }) => path)).toContain('/etc/couchdb/tls/node.pem');
    expect(declared.tools).toBeDefined();
  });

  test('is named by a warning', () => {
    expect(warnings(stack)).toEqual([expect.stringMatching(`^request-missing: ${DB1} waits for its certificate`)]);
  });

  test('may show a certificate of any generation, so none of them is idle', () => {
    const idle = template.addresses().filter((address) => address.includes('Idle'));
    const withoutWaiting = synthesized({
      certificateAuthority: { generations: [CaGeneration.signing('1'), CaGeneration.trusted('2')] },
    });
    expect(idle).toEqual([]);
    expect(withoutWaiting.addresses().filter((address) => address.includes('Idle'))).not.toEqual([]);
  });
});

test('tools whose request is missing wait, and the rollover waits for their trust bundle', () => {
  const requestDirectory = requestsIn({ ...everyRequest(), 'tools.csr': '' });
  expect(() => synthesized({ certificates: { key: NodeKey.onNode({ requestDirectory }) } })).toThrow('request-illegal');
  const ofNodes = Object.fromEntries(Object.entries(everyRequest()).filter(([name]) => name !== 'tools.csr'));
  const stack = synthesizable();
  const declared = cluster(stack, { certificates: { key: NodeKey.onNode({ requestDirectory: requestsIn(ofNodes) }) } });
  const template = Template.fromStack(stack);
  expect(declared.tools).toBeUndefined();
  expect(readNodeScript(template.files('/srv/out')['tools.sh'] ?? '')).toMatchObject({
    isWaiting: true,
  });
  const delivered = Object.values(template.resources('terraform_data')).flatMap((one) => one.depends_on ?? []);
  expect(delivered).toContainEqual(expect.stringContaining('tools_InstallScript'));
});

test.each([
  ['a directory', (path: string) => mkdirSync(path), 'it is no regular file'],
  ['a pipe, which a reader would wait for', (path: string) => execFileSync('mkfifo', [path]), 'it is no regular file'],
  ['a link that leads nowhere', (path: string) => symlinkSync('gone', path), 'ENOENT'],
  ['a link to itself', (path: string) => symlinkSync(path, path), 'ELOOP'],
  ['a disk image', (path: string) => (writeFileSync(path, ''), truncateSync(path, 2 ** 30)), 'it has 1073741824 bytes'],
])('%s in place of a request is refused, and no missing request', (_title, put, detail) => {
  const requestDirectory = requestsIn({});
  put(join(DIRECTORY, basename(requestDirectory), `${DB1}.csr`));
  expect(() => synthesized({ certificates: { key: NodeKey.onNode({ requestDirectory }) } })).toThrow(
    `request-illegal: file "${join(requestDirectory, DB1)}.csr" is no certificate request (${detail})`,
  );
});

test('a file in place of the directory of requests is refused', () => {
  const requestDirectory = join(requestsIn({ file: '' }), 'file');
  expect(() => synthesized({ certificates: { key: NodeKey.onNode({ requestDirectory }) } })).toThrow('(ENOTDIR)');
});

test('a node with a key of Terraform may stand beside one with a key of its own', () => {
  const template = synthesized({
    platform: Platform.erl(),
    certificates: { keyGeneration: '2026' },
    nodes: [{ name: DB1, key: NodeKey.onNode({ requestPem: nodeRequest(HOST) }) }, { name: DB2 }],
  });
  // Of the CA, the other node and the tools.
  expect(Object.keys(template.resources('tls_private_key'))).toHaveLength(3);
});

test('with separate files, a script fills the key file, and plain files leave it to the user', () => {
  const props = {
    platform: Platform.erl(),
    separateKeyFile: true,
    nodes: [{ name: DB1, key: NodeKey.onNode({ requestPem: nodeRequest(HOST) }) }],
  };
  const script = readNodeScript(synthesized(props).files('/srv/out')[`${DB1}.sh`] ?? '');
  expect(script?.files.slice(0, 3)).toMatchObject([
    { name: 'ca.pem' },
    { name: 'cert.pem', mode: '0644' },
    { name: 'key.pem', mode: '0600', content: '', lacksKey: true },
  ]);
  const plain = synthesized({ ...props, delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }) });
  const names = Object.keys(plain.files(`/srv/out/${DB1}`));
  expect(names).toEqual(expect.arrayContaining(['ca.pem', 'cert.pem']));
  expect(names).not.toContain('key.pem');
});

test.each([
  [KeyAlgorithm.ECDSA_P256, '-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve'],
  [KeyAlgorithm.ECDSA_P384, '-algorithm EC -pkeyopt ec_paramgen_curve:P-384 -pkeyopt ec_param_enc:named_curve'],
  [KeyAlgorithm.RSA_3072, '-algorithm RSA -pkeyopt rsa_keygen_bits:3072'],
  [KeyAlgorithm.ED25519, '-algorithm ED25519'],
])('a script makes the kind of key that is declared: %j', (keyAlgorithm, options) => {
  const template = synthesized({ nodes: [{ name: DB1, keyAlgorithm, key: NodeKey.onNode() }] });
  expect(template.files('/srv/out')[`${DB1}.sh`]).toContain(`key_options='${options}'`);
});

test('a request has every name that is declared, and an address in both forms', () => {
  const template = synthesized({
    nodes: [
      {
        name: 'couchdb@192.0.2.1',
        commonName: 'a "quoted" $name\\',
        additionalDnsNames: ['db.x.test'],
        additionalIpAddresses: ['192.0.2.9'],
        key: NodeKey.onNode(),
      },
    ],
  });
  const script = template.files('/srv/out')['couchdb@192.0.2.1.sh'];
  expect(script).toContain('subjectAltName = DNS:192.0.2.1,DNS:db.x.test,IP:192.0.2.1,IP:192.0.2.9\n');
  expect(script).toContain(String.raw`CN = "a \"quoted\" $name\\"`);
});

describe('with a host that only Terraform knows', () => {
  const declared = (key: NodeKey): Template =>
    Template.of((stack) => {
      const host = new TerraformVariable(stack, 'host', {}).stringValue;
      cluster(stack, { platform: Platform.erl(), nodes: [{ name: `app@${host}`, id: 'one', key }] });
    });

  test('a script asks for that host, without characters that openssl would interpret', () => {
    const [, script = ''] =
      declared(NodeKey.onNode()).files('/srv/out')['one.sh']?.split('request_configuration') ?? [];
    expect(script.split('\n').filter((line) => line.includes('var.host'))).toEqual([
      expect.stringMatching(/^CN = "\$\{replace\(var\.host, /),
      expect.stringMatching(
        /^subjectAltName = DNS:\$\{replace\(var\.host, .*\? join\("", \[",IP:", replace\(var\.host/,
      ),
    ]);
  });

  test('Terraform refuses the request of another host', () => {
    const template = declared(NodeKey.onNode({ requestPem: nodeRequest(HOST) }));
    const [conditions] = Object.entries(template.resources('terraform_data'))
      .filter(([name]) => name.includes('one_Certificate_Request'))
      .map(([, { lifecycle }]) => JSON.stringify(lifecycle));
    expect(conditions).toContain(`var.host == \\"${HOST}\\"`);
    expect(conditions).toContain('request-names-unexpected');
    expect(conditions).toContain('node-name-illegal-host');
  });
});

test('a request that only Terraform knows has to be one', () => {
  const requestPem = Lazy.stringValue({ produce: () => '${data.x.request}' });
  const template = synthesized({ nodes: [{ name: DB1, key: NodeKey.onNode({ requestPem }) }] });
  const [name, { lifecycle } = {}] =
    Object.entries(template.resources('terraform_data')).find(([one]) => one.includes('Certificate_Request')) ?? [];
  expect(JSON.stringify(lifecycle)).toContain('request-illegal');
  const requests = Object.values(template.resources('tls_locally_signed_cert')).map((one) => one.cert_request_pem);
  expect(requests).toContain(`\${terraform_data.${name ?? ''}.input.request_pem}`);
});
