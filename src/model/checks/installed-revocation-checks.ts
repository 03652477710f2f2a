import { type Finding, finding } from '../errors';
import type { InstalledNode, InstalledSide } from '../installed/installed-node';
import { candidatesOf, chainOf, leafOf } from '../installed/material';
import { asksForRevocation, isAtom, valueOf } from '../installed/tls-settings';
import { dayText } from '../pki/calendar';
import type { CertificateFacts } from '../pki/certificate-reader';
import type { CrlFacts } from '../pki/crl-reader';
import type { Judgement } from './installed-judgement';

/**
 * Whether the revocation lists that a side asks for are there, and up to date. OTP reads them with each connection. What the other nodes show is
 * taken to be of the CAs of this node's own certificates.
 */
export function revocationFindings(
  node: InstalledNode,
  { side, options, revocation }: InstalledSide,
  judgement: Judgement,
): readonly Finding[] {
  if (!asksForRevocation(options)) return [];
  const subject = `${side} side of ${node.label}`;
  const check = valueOf('crl_check', options);
  // With best_effort, nobody is refused for want of a list.
  const isNeeded = !isAtom(check, 'best_effort');
  if (revocation === undefined) {
    // What other caches fetch is not known here.
    const isNowhere = isNeeded && valueOf('crl_cache', options) === undefined;
    return isNowhere ? [finding('crl-missing', { subject, detail: 'it has no crl_cache' })] : [];
  }
  const [leaf, ...authorities] = chainShownTo(node, side, judgement);
  if (leaf === undefined) return [];
  const issuers = isAtom(check, 'peer') ? authorities.slice(0, 1) : authorities;
  return issuers.flatMap((issuer, index) => {
    const lists = revocation.filter((list) => list.issuer === issuer.subject.identity);
    const list = freshest(lists.filter((one) => judgement.signatures.isListSignedBy(one, issuer) !== false));
    if (list === undefined) {
      const detail = lists.length === 0 ? undefined : 'the one of that name is signed with another key';
      return isNeeded ? [finding('crl-missing', { subject, got: issuer.subject.text, detail })] : [];
    }
    return [
      ...listFindings(subject, list, issuer, judgement.now),
      ...revokedFindings([leaf, ...authorities][index], list, side),
    ];
  });
}

/** Who accepts looks at what is shown by who dials. */
function chainShownTo(
  { sides }: InstalledNode,
  verifier: InstalledSide['side'],
  judgement: Judgement,
): readonly CertificateFacts[] {
  const shown = sides.find(({ side }) => side !== verifier) ?? sides[0];
  const leaf = shown && leafOf(shown.material);
  return shown === undefined || leaf === undefined ? [] : chainOf(leaf, candidatesOf(shown.material), judgement);
}

function freshest(lists: readonly CrlFacts[]): CrlFacts | undefined {
  return [...lists].sort((one, other) => other.thisUpdate - one.thisUpdate)[0];
}

function listFindings(
  subject: string,
  { nextUpdate }: CrlFacts,
  { subject: { text: got }, keyUsage }: CertificateFacts,
  now: number,
): readonly Finding[] {
  if (keyUsage?.includes('cRLSign') === false) return [finding('crl-issuer-may-not-sign', { subject, got })];
  if (nextUpdate === undefined || nextUpdate >= now) return [];
  return [finding('crl-stale', { subject, got, detail: `next update was due ${dayText(nextUpdate)}` })];
}

function revokedFindings(
  certificate: CertificateFacts | undefined,
  { revoked }: CrlFacts,
  side: InstalledSide['side'],
): readonly Finding[] {
  if (certificate === undefined || !revoked.has(certificate.serialNumber)) return [];
  const subject = `certificate of ${certificate.subject.text}`;
  return [finding('certificate-revoked', { subject, detail: `by the lists of the ${side} side` })];
}
