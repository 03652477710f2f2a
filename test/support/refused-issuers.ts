/** How a user provokes the refusals of issuers that this library does not run. */
import { createPublicKey } from 'node:crypto';

import {
  AwsPrivateCaIssuer,
  GoogleCasIssuer,
  type ICertificateIssuer,
  KubernetesIssuer,
  NodeCertificate,
  type NodeCertificateProps,
  SignedOutside,
  type SignedOutsideProps,
  ToolCertificate,
  VaultIssuer,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import { NODE_USES, TOOL_USES } from '../../src/model/pki/certificate-uses';
import type { Refusal } from './refusals';
import { authority, type Issued, leaf } from './x509/issued';

const ROOT = authority('Company Root');
const MIDDLE = authority('Company Issuing CA', ROOT);
const LOWER = authority('Company Erlang CA', MIDDLE);
const STRANGER = authority('Stranger');
/** Another CA with the same name. */
const IMPOSTOR = authority('Company Root');

const HOST = 'h1.x.test';
const LEAF = leaf(HOST, LOWER);
const TOOL = leaf('tools', ROOT, { isTool: true });
/** A leaf that signs. */
const NO_CA = leaf('ca.x.test', ROOT);
const TRUST = { trustPem: ROOT.certificatePem };

const pemOf = (...certificates: readonly Issued[]): string =>
  certificates.map(({ certificatePem }) => certificatePem).join('');

const ordered =
  (issuer: () => ICertificateIssuer, props: Partial<NodeCertificateProps> = {}) =>
  (scope: Construct): NodeCertificate =>
    new NodeCertificate(scope, 'n', { issuer: issuer(), nodeName: `a@${HOST}`, ...props });

const toolOf =
  (issuer: () => ICertificateIssuer) =>
  (scope: Construct): ToolCertificate =>
    new ToolCertificate(scope, 't', { issuer: issuer() });

const caOf =
  (issuer: () => ICertificateIssuer, validityHours = 1000) =>
  (scope: Construct): unknown =>
    issuer().issue(new Construct(scope, 'c'), {
      subject: 'certificate of CA generation "1"',
      requestPem: 'x',
      commonName: 'Erlang CA',
      isCertificateAuthority: true,
      uses: ['cert_signing', 'crl_signing'],
      validityHours,
      earlyRenewalHours: 0,
    });

const outside = (pem: string, props: Partial<SignedOutsideProps> = {}): ((scope: Construct) => unknown) =>
  ordered(() => new SignedOutside({ ...TRUST, certificatePems: { n: pem }, ...props }));

/** An order for a key that is known at synth. */
const withKey =
  (pem: string, { key }: Issued, uses = NODE_USES, dnsNames = [HOST]) =>
  (scope: Construct): unknown =>
    new SignedOutside({ ...TRUST, certificatePems: { c: pem } }).issue(new Construct(scope, 'c'), {
      subject: 'certificate of node "a@h1.x.test"',
      requestPem: 'x',
      publicKeyPem: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
      commonName: HOST,
      dnsNames,
      uses: [...uses],
      validityHours: 10,
      earlyRenewalHours: 1,
    });

const vault = (): VaultIssuer => new VaultIssuer({ ...TRUST, backend: 'pki' });
const aws = (): AwsPrivateCaIssuer =>
  new AwsPrivateCaIssuer({ ...TRUST, certificateAuthorityArn: 'arn:aws:x', signingAlgorithm: 'SHA256WITHECDSA' });
const google = (): GoogleCasIssuer => new GoogleCasIssuer({ ...TRUST, pool: 'p', location: 'l' });
const kubernetes = (): KubernetesIssuer => new KubernetesIssuer({ ...TRUST, signerName: 'x.test/s' });

export const ISSUER_REFUSALS: readonly Refusal[] = [
  {
    code: 'order-beyond-issuer',
    title: 'a node without a role of Vault',
    provoke: ordered(vault),
    says: 'certificate of node "a@h1.x.test" cannot be ordered from this issuer (role is not set)',
    expected: 'VaultIssuer with role, the name of a role of the secrets engine',
  },
  {
    code: 'order-beyond-issuer',
    title: 'tools without a role of Vault',
    provoke: toolOf(() => new VaultIssuer({ ...TRUST, backend: 'pki', role: 'nodes' })),
    says: 'certificate of the tools cannot be ordered from this issuer (toolRole is not set)',
    expected: 'VaultIssuer with toolRole, the name of a role of the secrets engine',
  },
  {
    code: 'order-beyond-issuer',
    title: 'a signature that OTP cannot verify',
    provoke: () => new AwsPrivateCaIssuer({ ...TRUST, certificateAuthorityArn: 'a', signingAlgorithm: 'ML_DSA_44' }),
    says: 'signingAlgorithm "ML_DSA_44" cannot be ordered',
    expected: 'SHA256WITHECDSA, SHA256WITHRSA, SHA384WITHECDSA, SHA384WITHRSA, SHA512WITHECDSA, SHA512WITHRSA',
  },
  {
    code: 'order-beyond-issuer',
    title: 'a late renewal with AWS',
    provoke: ordered(aws, { validityHours: 1000, earlyRenewalHours: 249 }),
    says: 'earlyRenewalHours of the certificate of node "a@h1.x.test" 249 cannot be ordered from this issuer (validityHours is 1000)',
    expected: 'at least a quarter of validityHours: a certificate may be issued just before it is due',
  },
  {
    code: 'order-beyond-issuer',
    title: 'a CA for less than a day with AWS',
    provoke: caOf(aws, 23),
    says: 'validityHours of the certificate of CA generation "1" 23 cannot',
    expected: 'whole days, at least 24 hours',
  },
  {
    code: 'order-beyond-issuer',
    title: 'tools without a template of Google',
    provoke: toolOf(google),
    says: 'certificate of the tools cannot be ordered from this issuer (toolCertificateTemplate is not set)',
    expected: 'GoogleCasIssuer with toolCertificateTemplate, because the request does not say the uses',
  },
  {
    code: 'order-beyond-issuer',
    title: 'a CA without a template of Google',
    provoke: caOf(google),
    says: 'certificate of CA generation "1" cannot be ordered from this issuer (caCertificateTemplate is not set)',
    expected: 'GoogleCasIssuer with caCertificateTemplate, because the request does not say the uses',
  },
  {
    code: 'order-beyond-issuer',
    title: 'a signer of Kubernetes itself',
    provoke: () => new KubernetesIssuer({ ...TRUST, signerName: 'kubernetes.io/kubelet-serving' }),
    says: 'signerName "kubernetes.io/kubelet-serving" cannot be ordered',
    expected: 'a signer of your own or of cert-manager: those of Kubernetes sign for its own parts only',
  },
  {
    code: 'order-beyond-issuer',
    title: 'a CA from Kubernetes',
    provoke: caOf(kubernetes),
    says: 'certificate of CA generation "1" cannot be ordered',
    expected: 'certificates of nodes and tools: a request of Kubernetes cannot ask for a CA',
  },
  {
    code: 'order-beyond-issuer',
    title: 'more seconds than Kubernetes counts',
    provoke: ordered(kubernetes, { validityHours: 600_000 }),
    says: 'validityHours of the certificate of node "a@h1.x.test" 600000 cannot',
    expected: 'at most 596523 hours: Kubernetes counts seconds in 32 bits',
  },
  ...[
    ['nothing', 'x', 'there is no PEM in it'],
    ['a key', LEAF.keyPem, 'it holds PRIVATE KEY'],
    ['a leaf', LEAF.certificatePem, 'CN=h1.x.test is not a CA'],
    [
      'damage',
      '-----BEGIN CERTIFICATE-----\nQUFB\n-----END CERTIFICATE-----\n',
      'a certificate in it cannot be decoded',
    ],
  ].map(([title = '', trustPem = '', detail = '']) => ({
    code: 'trust-pem-illegal' as const,
    title,
    provoke: () => new VaultIssuer({ backend: 'pki', trustPem }),
    says: `trustPem of VaultIssuer cannot be trusted (${detail})`,
  })),

  {
    code: 'certificate-not-handed-in',
    provoke: outside('', { certificatePems: {} }),
    says: 'certificate of node "a@h1.x.test" has not been handed in (certificatePems has no "n")',
  },
  {
    code: 'handed-in-pem-illegal',
    title: 'a key',
    provoke: outside(LEAF.keyPem),
    says: 'certificate of node "a@h1.x.test" is not what can be handed in (it holds PRIVATE KEY)',
  },
  {
    code: 'issued-without-name',
    provoke: outside(pemOf(leaf('h2.x.test', ROOT))),
    says: 'certificate of node "a@h1.x.test" "h1.x.test" is missing',
  },
  {
    code: 'issued-for-other-uses',
    title: 'of the tools',
    provoke: withKey(pemOf(LEAF, LOWER, MIDDLE), LEAF, TOOL_USES),
    says: 'has other uses than were ordered (it was ordered for digital_signature, client_auth)',
  },
  {
    code: 'issued-for-other-uses',
    title: 'of a node',
    provoke: withKey(pemOf(TOOL), TOOL, NODE_USES, []),
    says: 'certificate of node "a@h1.x.test"',
  },
  {
    code: 'issued-for-another-key',
    provoke: withKey(pemOf(LEAF, LOWER, MIDDLE), STRANGER),
    says: 'certificate of node "a@h1.x.test" is for another key than the request',
  },
  {
    code: 'issued-chain-unordered',
    provoke: outside(pemOf(LEAF, MIDDLE, LOWER)),
    says: 'certificate of node "a@h1.x.test" is followed by its CAs in the wrong order (CN=Company Issuing CA)',
  },
  {
    code: 'chain-incomplete',
    title: 'as it is handed in',
    provoke: outside(pemOf(LEAF, LOWER)),
    says: 'certificate of node "a@h1.x.test" does not lead to a root CA (issued by CN=Company Issuing CA)',
  },
  {
    code: 'unrelated-certificate-in-chain',
    title: 'as it is handed in',
    provoke: outside(pemOf(LEAF, LOWER, STRANGER)),
    says: 'is followed by a certificate that is not part of its chain (CN=Stranger)',
  },
  {
    code: 'issuer-not-trusted',
    title: 'as it is handed in',
    provoke: outside(pemOf(leaf(HOST, IMPOSTOR))),
    says: 'is signed by a CA that the same node does not trust (issued by CN=Company Root)',
  },
  {
    code: 'issuer-not-a-ca',
    title: 'as it is handed in',
    provoke: outside(pemOf(leaf(HOST, NO_CA), NO_CA)),
    says: 'signed a certificate and is not a CA',
  },
  {
    code: 'common-name-equals-issuer',
    title: 'as it is handed in',
    provoke: outside(pemOf(leaf(HOST, authority(HOST, ROOT)))),
    says: 'common name of the certificate of node "a@h1.x.test" "h1.x.test" is also',
  },
];
