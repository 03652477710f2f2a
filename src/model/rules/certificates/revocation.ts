import { asksForRevocation, isAtom, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../errors';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import { candidatesOf, chainOf, leafOf, type Signatures } from '../../observed/files/material';
import type { FoundList } from '../../observed/files/revocation-lists';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { CrlFacts } from '../../x509/crl-reader';
import type { Judgement } from '../judgement';

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
    const { list, detail } = listOf(issuer, revocation, judgement.signatures);
    if (list === undefined) {
      return isNeeded ? [finding('crl-missing', { subject, got: issuer.subject.text, detail })] : [];
    }
    return [
      ...listFindings(subject, list, issuer, judgement.now),
      ...revokedFindings([leaf, ...authorities][index], list, side),
    ];
  });
}

/** The list of a CA, or why there is none. */
function listOf(
  issuer: CertificateFacts,
  lists: readonly FoundList[],
  signatures: Signatures,
): { readonly list?: CrlFacts; readonly detail?: string } {
  const named = lists.filter(({ facts }) => facts.issuer === issuer.subject.identity);
  const found = named.filter((one) => isWhereItIsLookedFor(one, lists, signatures)).map(({ facts }) => facts);
  const list = freshest(found.filter((one) => signatures.isListSignedBy(one, issuer) !== false));
  if (list !== undefined || named[0] === undefined) return { list };
  const place = `${signatures.nameHash(named[0].facts.canonicalIssuer)}.r0`;
  return { detail: found.length === 0 ? `it has to be ${place}` : 'the one of that name is signed with another key' };
}

/** OTP looks for `<hash of the name>.r0`, `.r1` and so on, until one of them is not there (`erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl`). */
function isWhereItIsLookedFor(
  { name, facts }: FoundList,
  lists: readonly FoundList[],
  signatures: Signatures,
): boolean {
  const [, hash, number = ''] = /^([0-9a-f]{8})\.r(\d{1,6})$/.exec(name) ?? [];
  if (hash === undefined || hash !== signatures.nameHash(facts.canonicalIssuer)) return false;
  const names = new Set(lists.map((one) => one.name));
  return Array.from({ length: Number(number) }, (_, before) => before).every((before) =>
    names.has(`${hash}.r${before}`),
  );
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
