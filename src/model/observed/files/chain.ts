import type { CertificateFacts } from '../../x509/certificate-reader';
import { leafOf, type Material, type Signatures } from './material';

/** A certificate, its issuer, the issuer of that, and so on. The last one is a root if it issued itself; otherwise its issuer is missing. */
export type Chain = readonly [leaf: CertificateFacts, ...issuers: CertificateFacts[]];

/** The instant and the cryptography by which issuers are chosen. */
export interface ChainContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signatures: Signatures;
}

/**
 * The chain of the certificate that a side shows, as the verifying side builds it: issuers are looked for among the CAs that the verifying side
 * trusts first, so that a root is found there even if another certificate of its name and key is sent along. Then come the CAs that the
 * showing side trusts, from which OTP completes what it sends, and the certificates in its own file. Absent if it shows no certificate.
 */
export function chainShownBy(
  shown: Material,
  trustedByVerifier: readonly CertificateFacts[],
  context: ChainContext,
): Chain | undefined {
  const leaf = leafOf(shown);
  if (leaf === undefined) return undefined;
  const own = [...(shown.trust?.certificates ?? []), ...(shown.identity?.certificates ?? [])];
  return chainOf(leaf, [...trustedByVerifier, ...own], context);
}

/** Several certificates may have one name and one key, such as a CA and its renewal: the first valid one is taken, or else the first. */
function chainOf(leaf: CertificateFacts, candidates: readonly CertificateFacts[], context: ChainContext): Chain {
  const { now, signatures } = context;
  const isValid = (one: CertificateFacts): boolean => one.notBefore <= now && now <= one.notAfter;
  const chain: [CertificateFacts, ...CertificateFacts[]] = [leaf];
  // CAs that issued each other have no end.
  for (let last = leaf; !isSelfIssued(last) && chain.length <= candidates.length;) {
    const current = last;
    const issuers = candidates.filter(
      (one) => one.subject.identity === current.issuer.identity && signatures.isSignedBy(current, one),
    );
    const issuer = issuers.find(isValid) ?? issuers[0];
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

/** Whether subject and issuer are the same name (RFC 5280 section 6.1), as in a root. */
export function isSelfIssued({ issuer, subject }: CertificateFacts): boolean {
  return issuer.identity === subject.identity;
}
