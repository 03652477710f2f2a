/**
 * One cluster declared twice: with `TlsCluster`, and resource by resource. Both give Terraform the same resources with the same attributes,
 * apart from their names.
 */
import { File } from '@cdktf/provider-local/lib/file';
import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { SensitiveFile } from '@cdktf/provider-local/lib/sensitive-file';
import { CertRequest } from '@cdktf/provider-tls/lib/cert-request';
import { LocallySignedCert } from '@cdktf/provider-tls/lib/locally-signed-cert';
import { PrivateKey } from '@cdktf/provider-tls/lib/private-key';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { SelfSignedCert } from '@cdktf/provider-tls/lib/self-signed-cert';
import { App, TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

export type Way = 'TlsCluster' | 'by hand';

/** An app with one stack of `count` nodes, ready to be synthesized into `outdir`. */
export function declare(way: Way, count: number, outdir: string): App {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  const hosts = Array.from({ length: count }, (_, index) => `db${index + 1}.example.com`);
  DECLARE[way](stack, hosts);
  return app;
}

/** Where the node's files lie: once on the node, once on the machine that runs Terraform. */
const INSTALL_DIRECTORY = '/etc/couchdb/tls';
const OUTPUT_DIRECTORY = '/srv/staging';

const DECLARE: Record<Way, (stack: TerraformStack, hosts: readonly string[]) => void> = {
  TlsCluster: (stack, hosts) => {
    new TlsCluster(stack, 'couch', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes: hosts.map((host) => ({ name: `couchdb@${host}` })),
      installDirectory: INSTALL_DIRECTORY,
      delivery: Delivery.localFiles({ outputDirectory: OUTPUT_DIRECTORY }),
    });
  },
  'by hand': (stack, hosts) => {
    const key = new PrivateKey(stack, 'ca-key', KEY);
    const ca = new SelfSignedCert(stack, 'ca', {
      privateKeyPem: key.privateKeyPem,
      subject: [{ commonName: 'CouchDB Root CA', organizationalUnit: 'generation 1' }],
      allowedUses: ['cert_signing', 'crl_signing'],
      validityPeriodHours: 87600,
      isCaCertificate: true,
      setSubjectKeyId: true,
      setAuthorityKeyId: true,
    });
    for (const host of hosts) declareNode(stack, { key, ca }, host);
    declareTools(stack, { key, ca });
  },
};

interface Ca {
  readonly key: PrivateKey;
  readonly ca: SelfSignedCert;
}

const KEY = { algorithm: 'ECDSA', ecdsaCurve: 'P256' };

function declareNode(stack: TerraformStack, issuer: Ca, host: string): void {
  const uses = ['digital_signature', 'server_auth', 'client_auth'];
  const bundle = declareCertificate(stack, issuer, host, { commonName: host, dnsNames: [host], uses });
  const directory = `${OUTPUT_DIRECTORY}/couchdb@${host}`;
  new File(stack, `${host}-ca`, publicFile(`${directory}/ca.pem`, issuer.ca.certPem));
  new SensitiveFile(stack, `${host}-pem`, secretFile(`${directory}/node.pem`, bundle));
  new File(stack, `${host}-options`, publicFile(`${directory}/couch_dist.conf`, NODE_OPTIONS));
  new File(stack, `${host}-args`, publicFile(`${directory}/vm.args`, VM_ARGS));
}

function declareTools(stack: TerraformStack, issuer: Ca): void {
  const names = { commonName: 'Erlang distribution tools', uses: ['digital_signature', 'client_auth'] };
  const bundle = declareCertificate(stack, issuer, 'tools', names);
  const directory = `${OUTPUT_DIRECTORY}/tools`;
  new File(stack, 'tools-ca', publicFile(`${directory}/ca.pem`, issuer.ca.certPem));
  new SensitiveFile(stack, 'tools-pem', secretFile(`${directory}/tool.pem`, bundle));
  new File(stack, 'tools-options', publicFile(`${directory}/remsh.conf`, TOOL_OPTIONS));
}

interface Names {
  readonly commonName: string;
  readonly dnsNames?: string[];
  readonly uses: string[];
}

function declareCertificate(stack: TerraformStack, { key: caKey, ca }: Ca, id: string, names: Names): string {
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
    validityPeriodHours: 8760,
    earlyRenewalHours: 2920,
    setSubjectKeyId: true,
  });
  return `${key.privateKeyPemPkcs8}${certificate.certPem}`;
}

interface FileConfig {
  readonly filename: string;
  readonly content: string;
  readonly filePermission: string;
  readonly directoryPermission: string;
}

function publicFile(filename: string, content: string): FileConfig {
  return { filename, content, filePermission: '0644', directoryPermission: '0700' };
}

function secretFile(filename: string, content: string): FileConfig {
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
-kernel inet_dist_listen_options [{buffer,65536}]
-kernel inet_dist_connect_options [{buffer,65536}]
`;
