import { type Finding, finding, refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { hasIssued, isSelfIssued } from '../../observed/files/chain';
import type { Signatures } from '../../observed/files/material';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { certificatesOf, certificatesProblem } from '../../x509/pem-certificates';
import { CHAIN_INCOMPLETE, ISSUER_NOT_A_CA } from './chain';
import { extensionFindings } from './extensions';
import { weakKeyFindings } from './key-types';
import { constraintFindings } from './name-constraints';
import { pathLengthFindings } from './path-length';
import { signatureFindings } from './signatures';
import { canSignCertificates, TRUSTED_CERTIFICATE_NOT_A_CA } from './trust-bundle';

type Cryptography = Pick<Signatures, 'isSignedBy'>;

/** The certificates in a PEM text that a user hands in. */
export function readDeclared(subject: string, pem: string): readonly CertificateFacts[] {
  const detail = certificatesProblem(pem);
  if (detail !== undefined) refuse(AUTHORITY_PEM_ILLEGAL, { subject, detail });
  return certificatesOf(pem);
}

export const AUTHORITY_PEM_ILLEGAL = rule({
  code: 'authority-pem-illegal',
  severity: 'error',
  problem: 'is no PEM text of certificates',
  expected: 'blocks CERTIFICATE, and nothing else',
  remedy: 'read the file of the certificate; if a private key was handed in here and has been committed, replace it',
  source: 'RFC 7468; docs/custody.md',
});

/** CAs that nodes are to trust: each of them a CA, and each with a root. */
export function trustedFindings(
  subject: string,
  anchors: readonly CertificateFacts[],
  cryptography: Cryptography,
): readonly Finding[] {
  return anchors.flatMap((one) => {
    const name = `${one.subject.text} in ${subject}`;
    const hasIssuer = isSelfIssued(one) || anchors.some((other) => hasIssued(other, one, cryptography));
    return [
      ...(canSignCertificates(one) ? [] : [finding(TRUSTED_CERTIFICATE_NOT_A_CA, { subject: name })]),
      ...(hasIssuer ? [] : [finding(CHAIN_INCOMPLETE, { subject: name, detail: `issued by ${one.issuer.text}` })]),
      ...weakKeyFindings(name, one.publicKey),
    ];
  });
}

/** A CA that signs, and the CAs above it, its issuer first and the root last, if `isWhole`. A root has none above it. */
export function signingAuthorityFindings(
  subject: string,
  cas: readonly CertificateFacts[],
  isWhole: boolean,
  cryptography: Cryptography,
): readonly Finding[] {
  const intermediates = cas.filter((one) => !isSelfIssued(one));
  return [
    ...cas.flatMap((one) => {
      const name = `${one.subject.text} in ${subject}`;
      if (!canSignCertificates(one)) return [finding(ISSUER_NOT_A_CA, { subject: name })];
      // The root is judged with what nodes trust.
      return isSelfIssued(one) ? [] : weakKeyFindings(name, one.publicKey);
    }),
    ...(isWhole ? sequenceFindings(subject, cas, cryptography) : []),
    ...pathLengthFindings(subject, intermediates),
  ];
}

function sequenceFindings(
  subject: string,
  cas: readonly CertificateFacts[],
  cryptography: Cryptography,
): readonly Finding[] {
  const broken = (detail: string): readonly Finding[] => [finding(AUTHORITY_CHAIN_ILLEGAL, { subject, detail })];
  for (const [index, one] of cas.entries()) {
    const next = cas[index + 1];
    if (isSelfIssued(one)) {
      return next === undefined ? [] : broken(`${next.subject.text} follows the root ${one.subject.text}`);
    }
    if (next === undefined) return broken(`${one.issuer.text}, which issued ${one.subject.text}, is missing`);
    if (!hasIssued(next, one, cryptography)) return broken(`${next.subject.text} did not issue ${one.subject.text}`);
  }
  return [];
}

export const AUTHORITY_CHAIN_ILLEGAL = rule({
  code: 'authority-chain-illegal',
  severity: 'error',
  problem: 'is not the chain of that CA',
  expected: 'the certificates above it, its issuer first and the root last; none if it is a root itself',
  remedy: 'put the certificates in this order, add what is missing, and leave out what does not belong to it',
  source: 'RFC 8446 section 4.4.2; RFC 5280 section 6.1; docs/custody.md',
});

/** What a certificate is ordered for: its names, and whether it is for a CA below. */
export interface OrderedNames {
  readonly subject: string;
  readonly name: Pick<CertificateFacts, 'dnsNames' | 'ipAddresses' | 'subject'>;
  readonly isCertificateAuthority: boolean;
}

/** Whether the CAs may sign for these names. A root is asked as well: it would break its own rule, even if OTP does not look. */
export function orderedNameFindings(
  { subject, name, isCertificateAuthority }: OrderedNames,
  cas: readonly CertificateFacts[],
  releases: Releases,
): readonly Finding[] {
  const intermediates = cas.filter((one) => !isSelfIssued(one));
  return [
    ...constraintFindings(subject, name, cas, releases),
    ...(isCertificateAuthority ? pathLengthFindings(subject, intermediates, 1) : []),
  ];
}

/** What depends on the releases: signatures and extensions of the CAs that nodes send. A root is trusted by its presence. */
export function authorityReleaseFindings(
  subject: string,
  cas: readonly CertificateFacts[],
  releases: Releases,
): readonly Finding[] {
  return cas
    .filter((one) => !isSelfIssued(one))
    .flatMap((one) => {
      const name = `${one.subject.text} in ${subject}`;
      return [...signatureFindings(name, one, releases), ...extensionFindings(name, one, releases)];
    });
}
