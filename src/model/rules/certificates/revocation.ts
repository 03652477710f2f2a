import { asksForRevocation, isAtom, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { chainShownBy } from '../../observed/files/chain';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import type { Signatures } from '../../observed/files/material';
import type { FoundList } from '../../observed/files/revocation-lists';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { CrlFacts } from '../../x509/crl-reader';
import type { Judgement } from '../judgement';

/**
 * Findings about the revocation lists that a side needs: missing and expired ones, and certificates that are on one. OTP reads the lists at each
 * connection. The certificates of other nodes are assumed to come from the same CAs as those of this node.
 */
export function revocationFindings(
  node: InstalledNode,
  verifier: InstalledSide,
  judgement: Judgement,
): readonly Finding[] {
  const { side, options, revocation } = verifier;
  if (!asksForRevocation(options)) return [];
  const subject = `${side} side of ${node.label}`;
  const check = valueOf('crl_check', options);
  // With best_effort, nobody is refused because a list is missing.
  const isNeeded = !isAtom(check, 'best_effort');
  if (revocation === undefined) {
    // The lists that other caches fetch are not known here.
    const isNowhere = isNeeded && valueOf('crl_cache', options) === undefined;
    return isNowhere ? [finding(CRL_MISSING, { subject, detail: 'it has no crl_cache' })] : [];
  }
  const [leaf, ...authorities] = chainShownTo(verifier, node, judgement);
  if (leaf === undefined) return [];
  const issuers = isAtom(check, 'peer') ? authorities.slice(0, 1) : authorities;
  return issuers.flatMap((issuer, index) => {
    const { list, detail } = listOf(issuer, revocation, judgement.signatures);
    if (list === undefined) {
      return isNeeded ? [finding(CRL_MISSING, { subject, got: issuer.subject.text, detail })] : [];
    }
    return [
      ...listFindings(subject, list, issuer, judgement.now),
      ...revokedFindings([leaf, ...authorities][index], list, side),
    ];
  });
}

export const CRL_MISSING = rule({
  code: 'crl-missing',
  severity: 'error',
  problem: 'has no revocation list of the CA',
  expected: 'one list for each CA, as openssl x509 -subject_hash names it, with .r0',
  remedy: 'install the list, or set crl_check to false',
  inErlang: '{bad_crls,no_relevant_crls}: every node is refused',
  source:
    'crl_check and crl_cache in the ssl manual; find_crls in erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl; docs/in-erlang.md',
});

/** The list of a CA, or why there is none. */
function listOf(
  issuer: CertificateFacts,
  lists: readonly FoundList[],
  signatures: Signatures,
): { readonly list?: CrlFacts; readonly detail?: string } {
  const named = lists.filter(({ facts }) => facts.issuer === issuer.subject.identity);
  const found = named.filter((one) => isWhereOtpLooks(one, lists, signatures)).map(({ facts }) => facts);
  const list = freshest(found.filter((one) => signatures.isListSignedBy(one, issuer) !== false));
  if (list !== undefined || named[0] === undefined) return { list };
  const place = `${signatures.nameHash(named[0].facts.canonicalIssuer)}.r0`;
  return { detail: found.length === 0 ? `it has to be ${place}` : 'the one of that name is signed with another key' };
}

/** OTP looks for `<hash of the name>.r0`, `.r1` and so on, until one of them is not there (`erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl`). */
function isWhereOtpLooks({ name, facts }: FoundList, lists: readonly FoundList[], signatures: Signatures): boolean {
  const [, hash, number = ''] = /^([0-9a-f]{8})\.r(\d{1,6})$/.exec(name) ?? [];
  if (hash === undefined || hash !== signatures.nameHash(facts.canonicalIssuer)) return false;
  const names = new Set(lists.map((one) => one.name));
  return Array.from({ length: Number(number) }, (_, before) => before).every((before) =>
    names.has(`${hash}.r${before}`),
  );
}

/** The certificate that the other side of a connection shows, with its CAs. Other nodes are assumed to show the same as this one. */
function chainShownTo(
  { side, material }: InstalledSide,
  { sides }: InstalledNode,
  judgement: Judgement,
): readonly CertificateFacts[] {
  const shown = sides.find((one) => one.side !== side) ?? sides[0];
  return (shown && chainShownBy(shown.material, material.trust?.certificates ?? [], judgement)) ?? [];
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
  if (keyUsage?.includes('cRLSign') === false) return [finding(CRL_ISSUER_CANNOT_SIGN, { subject, got })];
  if (nextUpdate === undefined || nextUpdate >= now) return [];
  return [finding(CRL_EXPIRED, { subject, got, detail: `next update was due ${dayText(nextUpdate)}` })];
}

export const CRL_ISSUER_CANNOT_SIGN = rule({
  code: 'crl-issuer-cannot-sign',
  severity: 'error',
  problem: 'asks for revocation lists of a CA that may not sign any',
  expected: 'a CA whose key usage, if any, has cRLSign',
  remedy: 'issue the CA with cRLSign, or set crl_check to false',
  inErlang: '{bad_crl,invalid_signature}: every node is refused',
  source: 'RFC 5280 section 4.2.1.3; docs/in-erlang.md',
});

export const CRL_EXPIRED = rule({
  code: 'crl-expired',
  severity: 'error',
  problem: 'has a revocation list that is out of date',
  expected: 'a list whose next update is in the future',
  remedy: 'issue a new list and install it; OTP reads it at the next connection',
  inErlang: 'every node is refused; with crl_check best_effort, revoked nodes connect',
  source: 'RFC 5280 section 5.1.2.5; docs/in-erlang.md',
});

function revokedFindings(
  certificate: CertificateFacts | undefined,
  { revoked }: CrlFacts,
  side: InstalledSide['side'],
): readonly Finding[] {
  if (certificate === undefined || !revoked.has(certificate.serialNumber)) return [];
  const subject = `certificate of ${certificate.subject.text}`;
  return [finding(CERTIFICATE_REVOKED, { subject, detail: `by the lists of the ${side} side` })];
}

export const CERTIFICATE_REVOKED = rule({
  code: 'certificate-revoked',
  severity: 'error',
  problem: 'is on the revocation list of its CA',
  expected: 'a certificate that its CA has not revoked',
  remedy: 'issue another certificate, and install it',
  inErlang: 'the other node logs "Certificate Revoked"',
  source: 'RFC 5280 section 5; docs/in-erlang.md',
});
