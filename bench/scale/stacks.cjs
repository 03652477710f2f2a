// One cluster of CouchDB nodes: by hand, resource by resource, and with TlsCluster in each of its deliveries. All bring the same files to the
// nodes, which `same-files.ts` checks. In plain JavaScript, so that Node runs it without tsx, too, with the compiled package.
const { File } = require('@cdktf/provider-local/lib/file');
const { LocalProvider } = require('@cdktf/provider-local/lib/provider');
const { SensitiveFile } = require('@cdktf/provider-local/lib/sensitive-file');
const { CertRequest } = require('@cdktf/provider-tls/lib/cert-request');
const { LocallySignedCert } = require('@cdktf/provider-tls/lib/locally-signed-cert');
const { PrivateKey } = require('@cdktf/provider-tls/lib/private-key');
const { TlsProvider } = require('@cdktf/provider-tls/lib/provider');
const { SelfSignedCert } = require('@cdktf/provider-tls/lib/self-signed-cert');
const { App, TerraformStack } = require('cdktf');
const { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster } = require('cdktf-erlang-tls');

/**
 * @typedef {object} Declaration
 * @property {string} way a delivery of `DELIVERIES`, or `by hand`
 * @property {number} nodes
 * @property {number} validityHours of the certificates of nodes and tools
 * @property {readonly string[]} generations of the CA; the first one signs, the others are trusted
 * @property {string} output directory for the files
 * @property {string} outdir directory for the configuration
 */

/**
 * One line for each delivery that is measured.
 *
 * @type {Record<string, (outputDirectory: string) => import('cdktf-erlang-tls').IDelivery>}
 */
const DELIVERIES = {
  'local files': (outputDirectory) => Delivery.localFiles({ outputDirectory }),
  'install script': (outputDirectory) => Delivery.installScript({ outputDirectory }),
};

/** Where the files lie on the node. */
const INSTALL_DIRECTORY = '/etc/couchdb/tls';

/**
 * An app with one stack, ready to be synthesized.
 *
 * @param {Declaration} declaration
 */
function declare(declaration) {
  const app = new App({ outdir: declaration.outdir });
  const stack = new TerraformStack(app, 'bench');
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  const delivery = DELIVERIES[declaration.way]?.(declaration.output);
  if (delivery === undefined) declareByHand(stack, declaration);
  else declareCluster(stack, delivery, declaration);
  return app;
}

/** @param {{ nodes: number }} declaration */
function hostsOf({ nodes }) {
  return Array.from({ length: nodes }, (_, index) => `db${index + 1}.example.com`);
}

/**
 * @param {TerraformStack} stack
 * @param {import('cdktf-erlang-tls').IDelivery} delivery
 * @param {Declaration} declaration
 */
function declareCluster(stack, delivery, declaration) {
  const [signing = '', ...trusted] = declaration.generations;
  new TlsCluster(stack, 'couch', {
    platform: Platform.couchDb(),
    otp: OtpRelease.OTP_27,
    nodes: hostsOf(declaration).map((host) => ({ name: `couchdb@${host}` })),
    installDirectory: INSTALL_DIRECTORY,
    delivery,
    certificateAuthority: {
      generations: [CaGeneration.signing(signing), ...trusted.map((id) => CaGeneration.trusted(id))],
    },
    certificates: { validityHours: declaration.validityHours },
  });
}

const KEY = { algorithm: 'ECDSA', ecdsaCurve: 'P256' };

/**
 * @typedef {object} Authority
 * @property {PrivateKey} key
 * @property {SelfSignedCert} ca
 * @property {string} bundle
 * @property {Declaration} declaration
 *
 * @param {TerraformStack} stack
 * @param {Declaration} declaration
 */
function declareByHand(stack, declaration) {
  const generations = declaration.generations.map((id) => declareCa(stack, id));
  const [signing] = generations;
  if (signing === undefined) throw new Error('no CA, no certificates');
  const authority = { ...signing, bundle: generations.map(({ ca }) => ca.certPem).join(''), declaration };
  for (const host of hostsOf(declaration)) declareNode(stack, authority, host);
  declareTools(stack, authority);
}

/**
 * @param {TerraformStack} stack
 * @param {string} id
 */
function declareCa(stack, id) {
  const key = new PrivateKey(stack, `ca-${id}-key`, KEY);
  const ca = new SelfSignedCert(stack, `ca-${id}`, {
    privateKeyPem: key.privateKeyPem,
    subject: [{ commonName: 'CouchDB Root CA', organizationalUnit: `generation ${id}` }],
    allowedUses: ['cert_signing', 'crl_signing'],
    validityPeriodHours: 87600,
    isCaCertificate: true,
    setSubjectKeyId: true,
    setAuthorityKeyId: true,
  });
  return { key, ca };
}

/**
 * @param {TerraformStack} stack
 * @param {Authority} authority
 * @param {string} host
 */
function declareNode(stack, authority, host) {
  const uses = ['digital_signature', 'server_auth', 'client_auth'];
  const pem = declareCertificate(stack, authority, host, { commonName: host, dnsNames: [host], uses });
  const directory = `${authority.declaration.output}/couchdb@${host}`;
  new File(stack, `${host}-ca`, publicFile(`${directory}/ca.pem`, authority.bundle));
  new SensitiveFile(stack, `${host}-pem`, secretFile(`${directory}/node.pem`, pem));
  new File(stack, `${host}-options`, publicFile(`${directory}/couch_dist.conf`, NODE_OPTIONS));
  new File(stack, `${host}-args`, publicFile(`${directory}/vm.args`, VM_ARGS));
}

/**
 * @param {TerraformStack} stack
 * @param {Authority} authority
 */
function declareTools(stack, authority) {
  const names = { commonName: 'Erlang distribution tools', uses: ['digital_signature', 'client_auth'] };
  const pem = declareCertificate(stack, authority, 'tools', names);
  const directory = `${authority.declaration.output}/tools`;
  new File(stack, 'tools-ca', publicFile(`${directory}/ca.pem`, authority.bundle));
  new SensitiveFile(stack, 'tools-pem', secretFile(`${directory}/tool.pem`, pem));
  new File(stack, 'tools-options', publicFile(`${directory}/remsh.conf`, TOOL_OPTIONS));
}

/**
 * @param {TerraformStack} stack
 * @param {Authority} authority
 * @param {string} id
 * @param {{ commonName: string, dnsNames?: string[], uses: string[] }} names
 */
function declareCertificate(stack, { key: caKey, ca, declaration }, id, names) {
  const key = new PrivateKey(stack, `${id}-key`, KEY);
  const request = new CertRequest(stack, `${id}-request`, {
    privateKeyPem: key.privateKeyPem,
    subject: [{ commonName: names.commonName }],
    dnsNames: names.dnsNames,
  });
  const certificate = new LocallySignedCert(stack, `${id}-certificate`, {
    certRequestPem: request.certRequestPem,
    caCertPem: ca.certPem,
    caPrivateKeyPem: caKey.privateKeyPem,
    allowedUses: names.uses,
    validityPeriodHours: declaration.validityHours,
    earlyRenewalHours: Math.floor(declaration.validityHours / 3),
    setSubjectKeyId: true,
  });
  return `${key.privateKeyPemPkcs8}${certificate.certPem}`;
}

/**
 * @param {string} filename
 * @param {string} content
 */
function publicFile(filename, content) {
  return { filename, content, filePermission: '0644', directoryPermission: '0700' };
}

/**
 * @param {string} filename
 * @param {string} content
 */
function secretFile(filename, content) {
  return { filename, content, filePermission: '0600', directoryPermission: '0700' };
}

const NODE_OPTIONS = `%% coding: utf-8
[{server,[{certfile,"/etc/couchdb/tls/node.pem"},
          {cacertfile,"/etc/couchdb/tls/ca.pem"},
          {verify,verify_peer},
          {fail_if_no_peer_cert,true},
          {versions,['tlsv1.3']}]},
 {client,[{certfile,"/etc/couchdb/tls/node.pem"},
          {cacertfile,"/etc/couchdb/tls/ca.pem"},
          {verify,verify_peer},
          {versions,['tlsv1.3']}]}].
`;

const TOOL_OPTIONS = `%% coding: utf-8
[{client,[{certfile,"/etc/couchdb/tls/tools/tool.pem"},
          {cacertfile,"/etc/couchdb/tls/tools/ca.pem"},
          {verify,verify_peer},
          {versions,['tlsv1.3']}]}].
`;

const VM_ARGS = `-proto_dist couch
-couch_dist no_tls false
-ssl_dist_optfile /etc/couchdb/tls/couch_dist.conf
-kernel inet_dist_listen_options [{buffer,262144}]
-kernel inet_dist_connect_options [{buffer,262144}]
`;

module.exports = { declare, DELIVERIES: Object.keys(DELIVERIES) };
