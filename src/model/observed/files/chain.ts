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
 * The chain of the certificate that a side presents, as the verifying side builds it. Issuers are sought first among the CAs that the verifying side
 * trusts, so that a root is found there even if another certificate with its name and key is sent along. Then come the CAs that the presenting side
 * trusts, with which OTP completes the chain that it sends, and the certificates in its own file. Absent if the side presents no certificate.
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

/** Several issuers may have the same name and key, such as a CA and its renewal: the first valid one counts, or else the first one. */
function chainOf(leaf: CertificateFacts, candidates: readonly CertificateFacts[], context: ChainContext): Chain {
  const { now, signatures } = context;
  const isValid = (one: CertificateFacts): boolean => one.notBefore <= now && now <= one.notAfter;
  const chain: [CertificateFacts, ...CertificateFacts[]] = [leaf];
  // CAs that issued each other never lead to a root.
  for (let last = leaf; !isSelfIssued(last) && chain.length <= candidates.length;) {
    const current = last;
    const issuers = candidates.filter((one) => hasIssued(one, current, signatures));
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

/** Whether a CA has issued a certificate: by its name and by its key. */
export function hasIssued(
  issuer: CertificateFacts,
  one: CertificateFacts,
  { isSignedBy }: Pick<Signatures, 'isSignedBy'>,
): boolean {
  return issuer.subject.identity === one.issuer.identity && isSignedBy(one, issuer);
}
