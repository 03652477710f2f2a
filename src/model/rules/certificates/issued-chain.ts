import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { hasIssued, isSelfIssued } from '../../observed/files/chain';
import type { Signatures } from '../../observed/files/material';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { CERTIFICATE_SELF_ISSUED, CHAIN_INCOMPLETE, ISSUER_NOT_A_CA, ISSUER_NOT_TRUSTED } from './chain';
import { canSignCertificates } from './trust-bundle';
import { UNRELATED_CERTIFICATE_IN_CHAIN } from './unrelated-certificates';

/**
 * Whether certificates that were handed in lead, one by one, from the first to a CA that nodes trust. Nodes accept more; what is handed in is
 * written to them as it is, and has to be what every program reads.
 */
export function issuedChainFindings(
  subject: string,
  [leaf, ...rest]: readonly CertificateFacts[],
  trusted: readonly CertificateFacts[],
  signatures: Signatures,
): readonly Finding[] {
  if (leaf === undefined) return [];
  if (isSelfIssued(leaf)) return [finding(CERTIFICATE_SELF_ISSUED, { subject, got: leaf.subject.text })];
  const isIssuer = (issuer: CertificateFacts, one: CertificateFacts): boolean => hasIssued(issuer, one, signatures);
  let last = leaf;
  for (const [index, next] of rest.entries()) {
    if (!isIssuer(next, last)) {
      const isLater = rest.slice(index + 1).some((one) => isIssuer(one, last));
      const broken = isLater ? ISSUED_CHAIN_UNORDERED : UNRELATED_CERTIFICATE_IN_CHAIN;
      return [finding(broken, { subject, detail: next.subject.text })];
    }
    if (!canSignCertificates(next)) return [finding(ISSUER_NOT_A_CA, { subject: next.subject.text })];
    last = next;
  }
  const { fingerprint } = signatures;
  const isTrusted = trusted.some((one) => isIssuer(one, last) || fingerprint(one) === fingerprint(last));
  if (isTrusted) return [];
  // An impostor has the name of the CA and not its key; a missing intermediate CA has a name that no trusted CA has.
  const isNamed = trusted.some((one) => one.subject.identity === last.issuer.identity);
  return [
    finding(isNamed || isSelfIssued(last) ? ISSUER_NOT_TRUSTED : CHAIN_INCOMPLETE, {
      subject,
      detail: `issued by ${last.issuer.text}`,
    }),
  ];
}

export const ISSUED_CHAIN_UNORDERED = rule({
  code: 'issued-chain-unordered',
  severity: 'error',
  problem: 'is followed by its CAs in the wrong order',
  expected: 'the certificate first, then the CA that signed it, then the CA that signed that one',
  remedy: 'put the certificates into that order',
  source: 'RFC 5246 section 7.4.2; docs/issuers.md',
});
