import { asksForRevocation, isAtom, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { chainShownBy } from '../../observed/files/chain';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import { listsOf } from '../../observed/files/lists-of-ca';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { CrlFacts } from '../../x509/crl-reader';
import type { Judgement } from '../judgement';
import { listFindings } from './revocation-lists';

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
    const found = listsOf(issuer, revocation, judgement.now, judgement.signatures);
    const { list, expired, malformed, detail } = found;
    if ((list ?? expired ?? malformed) === undefined) {
      return isNeeded ? [finding(CRL_MISSING, { subject, got: issuer.subject.text, detail })] : [];
    }
    return [
      ...listFindings(subject, issuer, found, judgement),
      ...(list === undefined ? [] : revokedFindings([leaf, ...authorities][index], list, side)),
    ];
  });
}

export const CRL_MISSING = rule({
  code: 'crl-missing',
  severity: 'error',
  problem: 'has no revocation list of the CA',
  expected: 'one list for each CA, as openssl x509 -subject_hash names it, with .r0',
  remedy:
    'install the list, or set crl_check to false; in a plan, deploy the list before the first certificate of the CA',
  inErlang: '{bad_crls,no_relevant_crls}: every node is refused',
  source:
    'crl_check and crl_cache in the ssl manual; find_crls in erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl; docs/in-erlang.md',
});

/** The certificate that the other side of a connection shows, with its CAs. Other nodes are assumed to show the same as this one. */
function chainShownTo(
  { side, material }: InstalledSide,
  { sides }: InstalledNode,
  judgement: Judgement,
): readonly CertificateFacts[] {
  const shown = sides.find((one) => one.side !== side) ?? sides[0];
  return (shown && chainShownBy(shown.material, material.trust?.certificates ?? [], judgement)) ?? [];
}

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
