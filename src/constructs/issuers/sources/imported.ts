import type { Construct } from 'constructs';

import { SIGNATURES } from '../../../crypto/signatures';
import { refuse } from '../../../model/findings/finding';
import { isSelfIssued } from '../../../model/observed/files/chain';
import { Releases } from '../../../model/otp/releases';
import { CA_KEY_COUNT, notTyped } from '../../../model/pki/ca-key';
import { keyVersion } from '../../../model/pki/kept-key';
import {
  AUTHORITY_PEM_ILLEGAL,
  orderedNameFindings,
  signingAuthorityFindings,
} from '../../../model/rules/certificates/declared-authority';
import type { CertificateFacts } from '../../../model/x509/certificate-reader';
import { identityOfAttributes } from '../../../model/x509/name-reader';
import { report, within } from '../../terraform/report';
import { concrete, isToken, splitAtTokens } from '../../terraform/tokens';
import { guardKey } from '../handed-in-key';
import type { CertificateOrder } from '../issuer';
import { type SigningKey, signRequest } from '../tls-provider-signing';
import { pemOf, readCertificates, trusted, validityIn } from './known-certificates';
import type { Source } from './source';

/**
 * A private key that no state and no plan file contains. It takes version 4.4 of the provider `tls` (`TlsProviderVersion.require`), and Terraform
 * 1.11.
 */
export interface WriteOnlyKey {
  /**
   * The key, as PEM: an ephemeral value of Terraform, such as a `TerraformVariable` with `addOverride('ephemeral', true)`, or an expression over an
   * ephemeral resource, `"${ephemeral.vault_kv_secret_v2.ca.data.key}"`. Every plan and every apply needs it.
   */
  readonly value: string;
  /**
   * A number that you raise to have every certificate signed anew, such as after another form of the key. Terraform does not keep the key, so it
   * does not see that it has changed.
   */
  readonly version: number;
}

/** A CA that exists already, and whose key is at hand. */
export interface ImportedCaProps {
  /** Certificate of the CA, as PEM: a text or a token. A text is judged at synth. */
  readonly certificatePem: string;
  /**
   * Private key of the CA, as PEM: a token, such as a sensitive `TerraformVariable` or an attribute of a data source. The Terraform state contains
   * it once for each certificate.
   *
   * @default - `privateKeyWriteOnly` is given
   */
  readonly privateKeyPem?: string;
  /**
   * Private key of the CA as a write-only argument, which is in no state.
   *
   * @default - `privateKeyPem` is given
   */
  readonly privateKeyWriteOnly?: WriteOnlyKey;
  /**
   * Certificates above the CA, its issuer first and the root last, as PEM. Nodes trust the root and send the others.
   *
   * @default - none: the CA is a root
   */
  readonly chainPem?: string;
}

/** A CA that exists already signs with Terraform's TLS provider. */
export function importedSource(props: ImportedCaProps): Source {
  const key = signingKey(props);
  return {
    kind: 'imported',
    canSign: true,
    isNew: false,
    takes: [],
    define: (scope, { id }) => {
      const subject = `CA generation "${id}"`;
      const { certificatePem, chainPem, rootPem, authority, known } = chainOf(scope, subject, props);
      const validity = validityIn(scope, { pem: certificatePem, known: known.length > 0 ? known : authority });
      const signer = { certificatePem, key, chainPem };
      let isGuarded = false;
      return {
        ...trusted(scope, `root of ${subject}`, rootPem, validity.expiresAt),
        ...validity,
        commonName: authority[0]?.subject.commonName,
        subject: authority[0]?.subject.identity,
        certificatePem,
        known: known.filter((one) => !isSelfIssued(one)),
        sign: (below, order) => {
          report(below, orderedNameFindings(namesOf(order), known, Releases.EVERY));
          // One of them is enough to refuse the plan.
          const precondition = isGuarded
            ? undefined
            : guardKey(scope, `private key of ${subject}`, key, authority[0]?.der);
          isGuarded = true;
          return signRequest(below, order, { ...signer, precondition });
        },
      };
    },
  };
}

/** The CA, what it has nodes send with their certificates, and what nodes trust. */
interface ImportedChain {
  readonly certificatePem: string;
  /** Absent if the CA is a root. */
  readonly chainPem?: string;
  readonly rootPem: string;
  /** The certificate of the CA. Empty if only Terraform knows it. */
  readonly authority: readonly CertificateFacts[];
  /** The CA and all CAs above it. Empty if only Terraform knows one of them. */
  readonly known: readonly CertificateFacts[];
}

/** A chain that is known is divided into what nodes send and what they trust; of another one, nodes send and trust all of it. */
function chainOf(scope: Construct, subject: string, { certificatePem, chainPem }: ImportedCaProps): ImportedChain {
  const authority = readCertificates(scope, `certificatePem of ${subject}`, certificatePem);
  if (chainPem === undefined) {
    judge(scope, subject, authority.known, authority.known);
    return {
      certificatePem: authority.pem,
      rootPem: authority.pem,
      authority: authority.known,
      known: authority.known,
    };
  }
  const above = readCertificates(scope, `chainPem of ${subject}`, chainPem);
  const known = authority.known.length > 0 && above.known.length > 0 ? [...authority.known, ...above.known] : [];
  judge(scope, subject, authority.known, known);
  const isKnown = known.length > 0;
  const sent = isKnown ? known.filter((one) => !isSelfIssued(one)).map(pemOf) : [authority.pem, above.pem];
  return {
    certificatePem: authority.pem,
    chainPem: sent.join(''),
    rootPem: isKnown ? known.filter(isSelfIssued).map(pemOf).join('') : above.pem,
    authority: authority.known,
    known,
  };
}

function signingKey({ privateKeyPem, privateKeyWriteOnly }: ImportedCaProps): SigningKey {
  if ((privateKeyPem === undefined) === (privateKeyWriteOnly === undefined)) {
    refuse(CA_KEY_COUNT, { subject: 'CaSource.imported' });
  }
  notTyped('private key of the CA', splitAtTokens(privateKeyPem ?? privateKeyWriteOnly?.value ?? ''), isToken);
  if (privateKeyWriteOnly === undefined) return { pem: privateKeyPem ?? '' };
  const { value, version } = privateKeyWriteOnly;
  return { writeOnly: { value, version: keyVersion('version of privateKeyWriteOnly', concrete('version', version)) } };
}

function judge(
  scope: Construct,
  subject: string,
  authority: readonly CertificateFacts[],
  known: readonly CertificateFacts[],
): void {
  if (authority.length > 1) {
    const detail = 'it holds several certificates; those above the CA belong to chainPem';
    within(scope, () => refuse(AUTHORITY_PEM_ILLEGAL, { subject: `certificatePem of ${subject}`, detail }));
  }
  const isWhole = known.length > 0;
  const cas = isWhole ? known : authority;
  report(scope, signingAuthorityFindings(`chainPem of ${subject}`, cas, isWhole, SIGNATURES));
}

function namesOf({
  subject,
  commonName,
  dnsNames = [],
  ipAddresses = [],
  isCertificateAuthority = false,
}: CertificateOrder) {
  const known = (names: readonly string[]): readonly string[] => names.filter((one) => !isToken(one));
  const name = { text: `CN=${commonName}`, commonName, identity: identityOfAttributes([['CN', commonName]]) };
  return {
    subject,
    isCertificateAuthority,
    name: { dnsNames: known(dnsNames), ipAddresses: known(ipAddresses), subject: name },
  };
}
