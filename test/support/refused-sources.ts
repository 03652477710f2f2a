/** What is refused of the sources of CA generations. */
import { TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  CertificateAuthority,
  type ImportedCaProps,
  KeyAlgorithm,
  NodeCertificate,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { authority, leaf } from './x509/issued';

const ROOT = authority('Company Root');
const MIDDLE = authority('Company CA', ROOT);
const LOW = authority('Low CA', MIDDLE);
const LEAF = leaf('db1.example.com', ROOT);

type Provoke = (scope: Construct) => unknown;

const ca =
  (...generations: CaGeneration[]): Provoke =>
  (scope) =>
    new CertificateAuthority(scope, 'ca', { commonName: 'CA', generations });

const trusted = (pem: string): Provoke => ca(CaGeneration.trusted('old', { source: CaSource.certificate(pem) }));

/** A CA whose key is fine. */
function imported(scope: Construct, props: Partial<ImportedCaProps> = {}): CertificateAuthority {
  const key = new TerraformVariable(scope, 'key', { sensitive: true });
  const source = CaSource.imported({
    certificatePem: ROOT.certificatePem,
    privateKeyPem: key.stringValue,
    ...props,
  });
  return new CertificateAuthority(scope, 'ca', {
    commonName: 'CA',
    generations: [CaGeneration.signing('own', { source })],
  });
}

const importing =
  (props: Partial<ImportedCaProps>): Provoke =>
  (scope) =>
    imported(scope, props);

const signing =
  (props: Partial<ImportedCaProps>, nodeName = 'couchdb@db1.example.com'): Provoke =>
  (scope) =>
    new NodeCertificate(scope, 'n', { nodeName, issuer: imported(scope, props) });

/** A CA below one that is imported. */
const below =
  (props: Partial<ImportedCaProps>, commonName = 'Below'): Provoke =>
  (scope) => {
    const source = CaSource.intermediate({ issuer: imported(scope, props) });
    const generations = [CaGeneration.signing('low', { source })];
    return new CertificateAuthority(scope, 'below', { commonName, generations });
  };

const LIMITED = authority('Limited CA', ROOT, { pathLength: 0, domain: 'example.com' });

export const SOURCE_REFUSALS = [
  {
    code: 'generation-cannot-sign',
    title: 'as the one that signs',
    provoke: ca(CaGeneration.signing('old', { source: CaSource.certificate(ROOT.certificatePem) })),
    says: 'CA generation "old" cannot sign',
  },
  {
    code: 'generation-cannot-sign',
    title: 'for one node',
    provoke: (scope: Construct) =>
      new CertificateAuthority(scope, 'ca', {
        commonName: 'CA',
        generations: [
          CaGeneration.trusted('old', { source: CaSource.certificate(ROOT.certificatePem) }),
          CaGeneration.signing('new'),
        ],
      }).issuer('old'),
    says: 'CA generation "old" cannot sign',
  },
  {
    code: 'no-generation-signs',
    provoke: (scope: Construct) =>
      new NodeCertificate(scope, 'n', {
        nodeName: 'a@h.test',
        issuer: new CertificateAuthority(scope, 'ca', {
          commonName: 'CA',
          generations: [CaGeneration.trusted('old', { source: CaSource.certificate(ROOT.certificatePem) })],
        }),
      }),
    says: 'CA generations ["old"] have none that signs',
  },
  {
    code: 'generation-option-without-effect',
    provoke: () =>
      CaGeneration.trusted('old', {
        source: CaSource.certificate(ROOT.certificatePem),
        keyAlgorithm: KeyAlgorithm.ED25519,
      }),
    says: 'keyAlgorithm of CA generation "old" has no effect (its source is CaSource.certificate(…))',
  },
  {
    code: 'private-key-typed',
    provoke: importing({ privateKeyPem: ROOT.keyPem }),
    says: 'private key of the CA is typed into the program',
  },
  {
    code: 'private-key-typed',
    title: 'beside a token',
    provoke: (scope: Construct) =>
      imported(scope, { privateKeyPem: `${new TerraformVariable(scope, 'k', {}).stringValue}${ROOT.keyPem}` }),
    says: 'private key of the CA is typed into the program',
  },
  {
    code: 'private-key-typed',
    title: 'as a write-only key',
    provoke: importing({ privateKeyPem: undefined, privateKeyWriteOnly: { value: ROOT.keyPem, version: 1 } }),
    says: 'private key of the CA is typed into the program',
  },
  {
    code: 'private-key-typed',
    title: 'that is empty',
    provoke: importing({ privateKeyPem: '' }),
    says: 'private key of the CA is typed into the program',
  },
  {
    code: 'ca-key-count',
    title: 'no key',
    provoke: () => CaSource.imported({ certificatePem: ROOT.certificatePem }),
    says: 'CaSource.imported does not have exactly one private key',
  },
  {
    code: 'ca-key-count',
    title: 'two keys',
    provoke: importing({ privateKeyWriteOnly: { value: '${ephemeral.x.y.key}', version: 1 } }),
    says: 'CaSource.imported does not have exactly one private key',
  },
  {
    code: 'authority-pem-illegal',
    title: 'a key instead of a certificate',
    provoke: trusted(ROOT.keyPem),
    says: 'certificate of CA generation "old" is no PEM text of certificates (it holds PRIVATE KEY)',
  },
  {
    code: 'authority-pem-illegal',
    title: 'a path instead of a text',
    provoke: trusted('ca.pem'),
    says: 'is no PEM text of certificates (there is no PEM in it)',
  },
  {
    code: 'authority-pem-illegal',
    title: 'bytes that are no certificate',
    provoke: trusted('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
    says: 'is no PEM text of certificates (a certificate in it cannot be decoded)',
  },
  {
    code: 'authority-pem-illegal',
    title: 'a chain where the CA alone belongs',
    provoke: importing({ certificatePem: MIDDLE.certificatePem + ROOT.certificatePem }),
    says: 'it holds several certificates; those above the CA belong to chainPem',
  },
  {
    code: 'issuer-not-a-ca',
    title: 'a CA that may not sign',
    provoke: importing({ certificatePem: LEAF.certificatePem, chainPem: ROOT.certificatePem }),
    says: 'CN=db1.example.com in chainPem of CA generation "own" signed a certificate and is not a CA',
  },
  {
    code: 'chain-incomplete',
    title: 'a trusted CA without its root',
    provoke: trusted(MIDDLE.certificatePem),
    says: 'does not lead to a root CA (issued by CN=Company Root)',
  },
  {
    code: 'authority-chain-illegal',
    title: 'in the wrong order',
    provoke: importing({
      certificatePem: LOW.certificatePem,
      chainPem: ROOT.certificatePem + MIDDLE.certificatePem,
    }),
    says: 'CN=Company Root did not issue CN=Low CA',
  },
  {
    code: 'authority-chain-illegal',
    title: 'incomplete',
    provoke: importing({ certificatePem: LOW.certificatePem, chainPem: MIDDLE.certificatePem }),
    says: 'CN=Company Root, which issued CN=Company CA, is missing',
  },
  {
    code: 'authority-chain-illegal',
    title: 'with a stranger',
    provoke: importing({ chainPem: authority('Stranger').certificatePem }),
    says: 'CN=Stranger follows the root CN=Company Root',
  },
  {
    code: 'authority-chain-illegal',
    title: 'with a CA of the same name and another key',
    provoke: importing({
      certificatePem: MIDDLE.certificatePem,
      chainPem: authority('Company Root').certificatePem,
    }),
    says: 'CN=Company Root did not issue CN=Company CA',
  },
  {
    code: 'host-violates-name-constraints',
    title: 'of an imported CA',
    provoke: signing(
      { certificatePem: LIMITED.certificatePem, chainPem: ROOT.certificatePem },
      'couchdb@db1.example.org',
    ),
    says: 'certificate of node "couchdb@db1.example.org" "db1.example.org" has a name that its CA may not sign for',
  },
  {
    code: 'path-length-exceeded',
    title: 'by a CA below an imported one',
    provoke: below({ certificatePem: LIMITED.certificatePem, chainPem: ROOT.certificatePem }),
    says: 'has more CAs below it than its path length allows (1 of 0)',
  },
  {
    code: 'common-name-equals-issuer',
    title: 'of a CA below another one',
    provoke: below({}, 'Company Root'),
    says: 'is also the common name of its CA',
  },
] as const;
