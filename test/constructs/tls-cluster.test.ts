import { TerraformOutput, TerraformVariable } from 'cdktf';
import { Delivery, KeyAlgorithm, OtpRelease, Platform, TlsCluster, type TlsClusterProps } from 'cdktf-erlang-tls';

import { CouchDbStack } from '../../examples/couchdb/stack';
import { MongooseImStack } from '../../examples/mongooseim/stack';
import { present } from '../support/stacks/present';
import { emptyStack, Template } from '../support/stacks/template';

const OUT = '/srv/out';

function props(over: Partial<TlsClusterProps> = {}): TlsClusterProps {
  return {
    platform: Platform.couchDb(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'couchdb@db1.example.com' }, { name: 'couchdb@db2.example.com' }],
    installDirectory: '/etc/couchdb/tls',
    delivery: Delivery.localFiles({ outputDirectory: OUT }),
    ...over,
  };
}

/** `remsh` of CouchDB speaks IPv4 alone. */
const WITHOUT_TOOLS = Platform.couchDb({ protoDist: 'inet6_tls' });

const synth = (over: Partial<TlsClusterProps> = {}): Template =>
  Template.of((stack) => new TlsCluster(stack, 'c', props(over)));

describe('resources', () => {
  test('CouchDB has seven for each node, and those of the tools and of the CA with its rollover', () => {
    expect(synth().counts()).toEqual({
      tls_private_key: 1 + 2 + 1,
      tls_self_signed_cert: 1,
      tls_cert_request: 2 + 1,
      tls_locally_signed_cert: 2 + 1,
      local_sensitive_file: 2 + 1,
      local_file: 2 * 3 + 2,
      terraform_data: 8,
    });
  });

  test('MongooseIM has six for each node, and those of the tools and of the CA with its rollover', () => {
    expect(synth({ platform: Platform.mongooseIm() }).counts()).toEqual({
      tls_private_key: 1 + 2 + 1,
      tls_self_signed_cert: 1,
      tls_cert_request: 2 + 1,
      tls_locally_signed_cert: 2 + 1,
      local_sensitive_file: 2 + 1,
      local_file: 2 * 2 + 3,
      terraform_data: 8,
    });
  });

  test('a platform that cannot give tools a separate identity has none for tools', () => {
    expect(synth({ platform: WITHOUT_TOOLS }).counts()).toMatchObject({ tls_private_key: 1 + 2, local_file: 2 * 3 });
  });

  test('a separate key file is one more file', () => {
    const files = Object.keys(synth({ separateKeyFile: true }).files(OUT));
    expect(files.filter((file) => file.startsWith('couchdb@db1'))).toEqual([
      'couchdb@db1.example.com/ca.pem',
      'couchdb@db1.example.com/cert.pem',
      'couchdb@db1.example.com/couch_dist.conf',
      'couchdb@db1.example.com/vm.args',
      'couchdb@db1.example.com/key.pem',
    ]);
  });

  test('every file with a key is sensitive, and only its owner can read it', () => {
    const template = synth({ separateKeyFile: true });
    const holdsKey = ({ content }: Readonly<Record<string, unknown>>): boolean =>
      String(content).includes('private_key');
    const files = Object.values(template.resources('local_sensitive_file'));
    expect(files.map(({ file_permission: mode }) => mode)).toEqual(files.map(() => '0600'));
    expect(files.every(holdsKey)).toBe(true);
    const others = Object.values(template.resources('local_file'));
    expect(others.some(holdsKey)).toBe(false);
    expect(new Set(others.map(({ file_permission: mode }) => mode))).toEqual(new Set(['0644']));
    expect(new Set([...files, ...others].map((file) => file.directory_permission))).toEqual(new Set(['0700']));
  });

  test('the synthesized stack holds no key', () => {
    expect(synth().text).not.toMatch(/BEGIN|PRIVATE KEY/);
  });
});

describe('certificates', () => {
  test('a node certificate has the host in the SAN, both purposes, and a year of validity with a third of it for renewal', () => {
    const template = synth({ platform: WITHOUT_TOOLS, nodes: [{ name: 'a@h.example.com' }] });
    expect(template.only('tls_cert_request')).toMatchObject({
      subject: [{ common_name: 'h.example.com' }],
      dns_names: ['h.example.com'],
    });
    expect(template.only('tls_cert_request')).not.toHaveProperty('ip_addresses');
    expect(template.only('tls_locally_signed_cert')).toMatchObject({
      allowed_uses: ['digital_signature', 'server_auth', 'client_auth'],
      validity_period_hours: 8760,
      early_renewal_hours: 2920,
    });
  });

  test('the certificate of a node with an address has it as dNSName and as iPAddress', () => {
    const template = synth({ platform: WITHOUT_TOOLS, nodes: [{ name: 'a@2001:db8::1' }] });
    expect(template.only('tls_cert_request')).toMatchObject({
      dns_names: ['2001:db8::1'],
      ip_addresses: ['2001:db8::1'],
    });
  });

  test('the certificate of the tools is for clients only', () => {
    const uses = Object.entries(synth().resources('tls_locally_signed_cert')).map(([name, config]) => [
      name.includes('tools'),
      config.allowed_uses,
    ]);
    expect(uses).toContainEqual([true, ['digital_signature', 'client_auth']]);
  });

  test('the CA certificate is named after the platform and never renewed early', () => {
    const ca = synth().only('tls_self_signed_cert');
    expect(ca).toMatchObject({
      subject: [{ common_name: 'CouchDB Root CA', organizational_unit: 'generation 1' }],
      allowed_uses: ['cert_signing', 'crl_signing'],
      validity_period_hours: 87600,
      is_ca_certificate: true,
    });
    expect(ca).not.toHaveProperty('early_renewal_hours');
  });

  test('another key generation replaces the key and changes nothing else', () => {
    const keys = (keyGeneration?: string): string[] =>
      Object.keys(synth({ certificates: { keyGeneration } }).resources('tls_private_key'));
    const [before, after] = [keys(), keys('2027')];
    // The CA's key stays; the keys of two nodes and of the tools are others.
    expect(after.filter((name) => before.includes(name))).toHaveLength(1);
    expect(after.filter((name) => name.includes('PrivateKey-2027'))).toHaveLength(3);
    const others = (keyGeneration?: string): string[] =>
      synth({ certificates: { keyGeneration } })
        .addresses()
        .filter((address) => !address.startsWith('tls_private_key.'));
    expect(others('2027')).toEqual(others());
  });

  test('settings of a node override settings of the cluster', () => {
    const template = synth({
      platform: WITHOUT_TOOLS,
      certificates: { keyAlgorithm: KeyAlgorithm.RSA_3072, validityHours: 100 },
      nodes: [
        { name: 'a@h.example.com' },
        { name: 'b@h.example.com', keyAlgorithm: KeyAlgorithm.ED25519, validityHours: 50 },
      ],
    });
    const keys = Object.entries(template.resources('tls_private_key'));
    expect(keys.find(([name]) => name.includes('c_ah'))?.[1]).toMatchObject({ algorithm: 'RSA', rsa_bits: 3072 });
    expect(keys.find(([name]) => name.includes('c_bh'))?.[1]).toMatchObject({ algorithm: 'ED25519' });
    const validities = Object.values(template.resources('tls_locally_signed_cert')).map(
      (cert) => cert.validity_period_hours,
    );
    expect(validities.sort()).toEqual([100, 50]);
  });
});

describe('a host that only Terraform knows', () => {
  const template = Template.of((stack) => {
    const host = new TerraformVariable(stack, 'host', { type: 'string' });
    new TlsCluster(
      stack,
      'c',
      props({
        platform: Platform.couchDb({ plainTextNodes: ['clouseau@127.0.0.1'] }),
        nodes: [{ name: `couchdb@${host.stringValue}`, id: 'db1' }],
      }),
    );
  });
  const request = Object.entries(template.resources('tls_cert_request')).find(([name]) => name.includes('db1'))?.[1];

  test('is in the SAN, and among the addresses if it is an address', () => {
    expect(request).toMatchObject({
      subject: [{ common_name: '${var.host}' }],
      dns_names: ['${var.host}'],
      ip_addresses: expect.stringMatching(/^\$\{.*cidrhost\(.*\? .*var\.host.* : \[\]\)?\}$/) as unknown,
    });
  });

  test('is checked by Terraform before the certificate is requested', () => {
    const { precondition } = request?.lifecycle as { precondition: { error_message: string }[] };
    expect(precondition.map(({ error_message: message }) => message.split(':')[0])).toEqual([
      'node-name-illegal-host',
      'node-name-not-an-address',
      'address-ipv4-mapped',
      'common-name-too-long',
      'common-name-equals-issuer',
      'node-address-family-mismatch',
      'node-listens-in-plain-text',
    ]);
  });

  test('does not appear in the files, and its directory is named after the id', () => {
    expect(Object.keys(template.files(OUT)).filter((file) => file.startsWith('db1/'))).toHaveLength(4);
  });
});

describe('public attributes', () => {
  test('give the expiry, the PEM and the paths of a node', () => {
    const template = Template.of((stack) => {
      const cluster = new TlsCluster(stack, 'c', props());
      const node = cluster.clusterNode('couchdb@db1.example.com');
      new TerraformOutput(stack, 'expires', { value: node.certificate?.expiresAt });
      new TerraformOutput(stack, 'bundle', { value: node.certificate?.bundlePem, sensitive: true });
      new TerraformOutput(stack, 'trust', { value: cluster.certificateAuthority.trust.bundlePem });
      expect(node.files.map(({ path }) => path)).toEqual([
        '/etc/couchdb/tls/ca.pem',
        '/etc/couchdb/tls/node.pem',
        '/etc/couchdb/tls/couch_dist.conf',
        '/etc/couchdb/tls/vm.args',
      ]);
      expect(node.delivered.outputs[1]).toBe('/srv/out/couchdb@db1.example.com/node.pem');
      expect(node.optionFile?.path).toBe('/etc/couchdb/tls/couch_dist.conf');
      expect(cluster.tools?.command).toBe('remsh -t /etc/couchdb/tls/tools/remsh.conf');
    });
    const { output } = JSON.parse(template.text) as { output: Record<string, { value: string }> };
    expect(output.expires?.value).toMatch(/^\$\{tls_locally_signed_cert\.c_couchdbdb1\w+\.validity_end_time\}$/);
    expect(output.bundle?.value).toMatch(
      /^\$\{tls_private_key\.\w+\.private_key_pem_pkcs8\}\$\{tls_locally_signed_cert\.\w+\.cert_pem\}$/,
    );
    expect(output.trust?.value).toMatch(/^\$\{tls_self_signed_cert\.\w+\.cert_pem\}$/);
  });

  test('give access to the resources, for overrides', () => {
    const cluster = new TlsCluster(emptyStack(), 'c', props());
    const certificate = present(cluster.clusterNode('couchdb@db1.example.com').certificate);
    const signingGeneration = present(cluster.certificateAuthority.signingGeneration);
    expect(
      [
        certificate.privateKeyResource,
        certificate.requestResource,
        ...certificate.issuedResources,
        signingGeneration.privateKeyResource,
        signingGeneration.certificateResource,
      ].map((one) => present(one).node.path),
    ).toEqual([
      'stack/c/couchdb@db1.example.com/Certificate/PrivateKey',
      'stack/c/couchdb@db1.example.com/Certificate/Request',
      'stack/c/couchdb@db1.example.com/Certificate/Resource',
      'stack/c/CertificateAuthority/1/PrivateKey',
      'stack/c/CertificateAuthority/1/Certificate',
    ]);
  });
});

describe('the complete stack of an example', () => {
  test.each([
    ['couchdb', CouchDbStack],
    ['mongooseim', MongooseImStack],
  ] as const)('%s', (id, Stack) => {
    expect(Template.fromStack(new Stack(emptyStack(), id)).text).toMatchSnapshot();
  });
});
