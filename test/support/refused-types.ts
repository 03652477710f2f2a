/** What a user without a compiler writes, and what is said of it. `test/contract/typed-api.test.ts` has every property. */
import { TerraformVariable, Token } from 'cdktf';
import {
  CaGeneration,
  CertificateAuthority,
  Delivery,
  KeyAlgorithm,
  NodeCertificate,
  OtpRelease,
  Platform,
  SslDist,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import type { Refusal } from './refusals';
import { cluster as clusterWith } from './refused-cluster';

/** A cluster with these properties, whatever their types. */
const cluster = (props: object): Refusal['provoke'] => clusterWith(props);

const certificateFrom = (issued: object) => (scope: Construct) =>
  new NodeCertificate(scope, 'node', {
    nodeName: 'a@h.test',
    issuer: { commonName: 'CA', trust: { bundlePem: 'x' }, issue: () => issued as never },
  });

const KEY_PEM = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';

const OTP_WAYS =
  'an OtpRelease: OtpRelease.OTP_24, OtpRelease.OTP_25, OtpRelease.OTP_26, OtpRelease.OTP_27, OtpRelease.OTP_28, OtpRelease.OTP_29 or OtpRelease.of(…)';

const wrong = (title: string, provoke: Refusal['provoke'], says: string, expected: string): Refusal => ({
  ...{ code: 'value-type-mismatch', title, provoke, says, expected },
});

const unknown = (title: string, provoke: Refusal['provoke'], says: string, expected: string): Refusal => ({
  ...{ code: 'property-unknown', title, provoke, says, expected },
});

export const TYPE_REFUSALS: readonly Refusal[] = [
  wrong(
    'a text for a boolean',
    cluster({ tls: { unsafeVerifyNone: 'false' } }),
    'TlsCluster: tls.unsafeVerifyNone "false" is of another type',
    'a boolean',
  ),
  wrong('a text for a release', cluster({ otp: '27' }), 'TlsCluster: otp "27" is of another type', OTP_WAYS),
  wrong('a number for a release', cluster({ otp: 27 }), 'TlsCluster: otp 27 is of another type', OTP_WAYS),
  {
    code: 'property-missing',
    title: 'a release of a later version',
    provoke: cluster({ otp: (OtpRelease as unknown as Record<string, OtpRelease>).OTP_30 }),
    says: 'TlsCluster: otp is missing (or set to a constant that OtpRelease does not have)',
    expected: OTP_WAYS,
  },
  wrong(
    'a text for a key algorithm',
    (scope) => new CertificateAuthority(scope, 'ca', { commonName: 'CA', keyAlgorithm: 'RSA' as never }),
    'CertificateAuthority: keyAlgorithm "RSA" is of another type',
    'a KeyAlgorithm: KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P384, KeyAlgorithm.ED25519, KeyAlgorithm.RSA_3072, KeyAlgorithm.RSA_4096, KeyAlgorithm.ecdsa(…) or KeyAlgorithm.rsa(…)',
  ),
  wrong(
    'a text for a platform',
    cluster({ platform: 'couchdb' }),
    'TlsCluster: platform "couchdb" is of another type',
    'a Platform: Platform.couchDb(…), Platform.ejabberd(…), Platform.elixirRelease(…), Platform.emqx(…), Platform.erl(…), Platform.mongooseIm(…), Platform.of(…), Platform.rabbitMq(…), Platform.relxRelease(…) or Platform.verneMq(…)',
  ),
  {
    code: 'property-missing',
    title: 'no delivery',
    provoke: cluster({ delivery: undefined }),
    says: 'TlsCluster: delivery is missing',
    expected: 'an IDelivery: Delivery.installScript(…), Delivery.localFiles(…) or Delivery.ssh(…)',
  },
  wrong(
    'texts for nodes',
    cluster({ nodes: ['a@b.example'] }),
    'TlsCluster: nodes[0] "a@b.example" is of another type',
    'an object with name',
  ),
  wrong(
    'a text for TLS versions',
    cluster({ tls: { versions: '1.3' } }),
    'TlsCluster: tls.versions "1.3" is of another type',
    'a TlsVersions: TlsVersions.TLS_1_3, TlsVersions.TLS_1_3_AND_1_2 or TlsVersions.UNSAFE_TLS_1_2_ONLY',
  ),
  wrong(
    'a text for a generation',
    cluster({ certificateAuthority: { generations: ['2026'] } }),
    'TlsCluster: certificateAuthority.generations[0] "2026" is of another type',
    'a CaGeneration: CaGeneration.retired(…), CaGeneration.signing(…) or CaGeneration.trusted(…)',
  ),
  wrong('a text for a number', () => KeyAlgorithm.rsa('3072' as never), 'KeyAlgorithm.rsa: bits "3072"', 'a number'),
  wrong('a number for a text', () => SslDist.optFile(1 as never), 'SslDist.optFile: path 1 is', 'a string'),
  wrong(
    'a list for properties',
    () => CaGeneration.signing('1', [] as never),
    'argument of CaGeneration.signing is of another type (it is a list)',
    'an object with some of commonName, keyAlgorithm, maxPathLength, source, validityHours',
  ),
  wrong(
    'a construct where none belongs',
    (scope) => cluster({ otp: new Construct(scope, 'c') })(scope),
    'TlsCluster: otp is of another type (it is an instance of Construct)',
    OTP_WAYS,
  ),
  wrong(
    'a secret of another type, which the message does not repeat',
    cluster({ tls: { serverOptions: { password: 4711 } } }),
    'TlsCluster: tls.serverOptions.password is of another type (it is a number)',
    'a string',
  ),
  ...['-setcookie s3cret', ['-setcookie s3cret']].map((flags) =>
    wrong(
      `${Array.isArray(flags) ? 'a text in a list' : 'one text'} of flags, which the message does not repeat`,
      cluster({ flags }),
      `TlsCluster: flags${Array.isArray(flags) ? '[0]' : ''} is of another type (it is a string)`,
      Array.isArray(flags) ? 'an object with name' : 'a list, each element of it an object with name',
    ),
  ),
  wrong(
    'a text of options, which the message does not repeat',
    cluster({ tls: '[{server,[{password,"s3cret"}]}]' }),
    'TlsCluster: tls is of another type (it is a string)',
    'an object with some of clientOptions, crlCheck, crlDirectory, serverOptions, unsafeVerifyNone, versions',
  ),
  wrong(
    'properties of a delivery for a delivery',
    cluster({ delivery: { outputDirectory: 'out' } }),
    'TlsCluster: delivery is of another type (it is an object)',
    'an IDelivery: Delivery.installScript(…), Delivery.localFiles(…) or Delivery.ssh(…)',
  ),
  wrong(
    'nothing from a delivery of the user',
    cluster({ delivery: { bind: () => null } }),
    'IDelivery.bind: result null',
    'an object with outputs, resources',
  ),
  unknown(
    'a misspelt name',
    () => Delivery.localFiles({ outDir: 'x' } as never),
    'Delivery.localFiles: property "outDir" does not exist',
    'one of outputDirectory',
  ),
  unknown(
    'a misspelt name beside the right ones',
    cluster({ instalDirectory: '/t' }),
    'TlsCluster: property "instalDirectory" does not exist (perhaps installDirectory was meant)',
    'one of certificateAuthority, certificates, delivery, distribution, expiryAlarms, flags, identity, installDirectory, nodes, otp, platform, revocation, separateKeyFile, tls',
  ),
  unknown(
    'a name with two letters swapped',
    cluster({ nodes: [{ nmae: 'couchdb@db1.example.com' }] }),
    'TlsCluster: property "nodes[0].nmae" does not exist (perhaps name was meant)',
    'one of additionalDnsNames, additionalIpAddresses, commonName, earlyRenewalHours, id, installDirectory, key, keyAlgorithm, keyGeneration, name, signedBy, validityHours',
  ),
  unknown(
    'a misspelt name at depth',
    cluster({ tls: { version: 1 } }),
    'TlsCluster: property "tls.version" does not exist (perhaps versions was meant)',
    'one of clientOptions, crlCheck, crlDirectory, serverOptions, unsafeVerifyNone, versions',
  ),
  unknown(
    'a name that a platform does not have',
    () => Platform.couchDb({ plaintextNodes: [] } as never),
    'Platform.couchDb: property "plaintextNodes" does not exist (perhaps plainTextNodes was meant)',
    'one of plainTextNodes, protoDist, unsafePlainText, unsafePlainTextMembers',
  ),
  unknown(
    'a setting that no cluster has',
    () => Platform.of({ name: 'X', protoDist: 'inet_tls', settingsElsewhere: { port: 'x' }, bootFiles: () => [] }),
    'Platform.of: property "settingsElsewhere.port" does not exist',
    'one of buffers, epmdAddress, firstPort, interfaceAddress, lastPort, portWithoutEpmd',
  ),
  {
    code: 'platform-name-empty',
    provoke: () => Platform.of({ name: ' ', protoDist: 'inet_tls', bootFiles: () => [] }),
    says: 'name of the platform " " is empty',
  },
  {
    code: 'token-not-allowed',
    title: 'a list that only Terraform knows, for nodes',
    provoke: (scope) => cluster({ nodes: Token.asList(new TerraformVariable(scope, 'v', {}).value) })(scope),
    says: 'TlsCluster: nodes is known to Terraform only',
    expected: 'a list, each element of it an object with name',
  },
  {
    code: 'token-not-allowed',
    title: 'the elements of a list that only Terraform knows, for the names of nodes',
    provoke: (scope: Construct): unknown => {
      const names = new TerraformVariable(scope, 'v', {}).listValue;
      return cluster({ nodes: names.map((name) => ({ name })) })(scope);
    },
    says: 'node name is known to Terraform only (it is a list whose length is not known at synth)',
    expected: 'text that is known at synth',
  },
  {
    code: 'token-not-allowed',
    title: 'a list of DNS names that only Terraform knows',
    provoke: (scope: Construct): unknown => {
      const additionalDnsNames = new TerraformVariable(scope, 'v', {}).listValue;
      return cluster({ nodes: [{ name: 'couchdb@db1.example.com', additionalDnsNames }] })(scope);
    },
    says: 'additionalDnsNames is known to Terraform only',
    expected: 'text that is known at synth',
  },
  {
    code: 'token-not-allowed',
    title: 'a list of cipher suites that only Terraform knows',
    provoke: (scope: Construct): unknown => {
      const ciphers = new TerraformVariable(scope, 'v', {}).listValue;
      return cluster({ tls: { serverOptions: { ciphers } } })(scope);
    },
    says: 'serverOptions.ciphers is known to Terraform only',
    expected: 'text that is known at synth',
  },
  {
    code: 'port-out-of-range',
    title: 'no number for a port',
    provoke: cluster({ distribution: { firstPort: NaN } }),
    says: 'distribution.firstPort NaN is not a port',
    expected: 'an integer from 1 to 65535',
  },
  {
    code: 'node-id-illegal',
    title: 'the name of a method of every object for a node',
    provoke: cluster({ nodes: [{ name: 'couchdb@db1.example.com', id: 'constructor' }] }),
    says: 'node id "constructor" cannot name a construct',
  },
  {
    code: 'token-not-allowed',
    title: 'a boolean that only Terraform knows',
    provoke: (scope) => cluster({ separateKeyFile: new TerraformVariable(scope, 'v', {}).booleanValue })(scope),
    says: 'TlsCluster: separateKeyFile is known to Terraform only',
    expected: 'a boolean',
  },
  {
    code: 'issued-pem-illegal',
    title: 'a private key, which the message does not repeat',
    provoke: certificateFrom({ certificatePem: KEY_PEM, resources: [] }),
    says: 'certificatePem of the certificate of node "a@h.test" is not what an issuer has to return (it holds PRIVATE KEY)',
  },
  {
    code: 'issued-pem-illegal',
    title: 'no PEM',
    provoke: certificateFrom({ certificatePem: 'garbage', resources: [] }),
    says: 'certificatePem of the certificate of node "a@h.test" is not what an issuer has to return (there is no PEM in it)',
  },
];
