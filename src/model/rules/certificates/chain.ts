import type { Option } from '../../erlang/options/option-file-reader';
import { isAtom, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledSide } from '../../observed/files/installed-node';
import { isSelfIssued, type Material, type PemContent } from '../../observed/files/material';
import type { Releases } from '../../otp/releases';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { isWhole, type Judgement } from '../judgement';
import { extensionFindings, signatureFindings, useFindings } from './leaf';
import { constraintFindings } from './name-constraints';
import { canSignCertificates, validityFindings } from './validity';

/** Whether a certificate leads to a CA that is trusted by whom it is shown to. `chain`: from the certificate to where it ends. */
export function chainFindings(
  path: string,
  chain: readonly [CertificateFacts, ...CertificateFacts[]],
  { side, material }: Pick<InstalledSide, 'side' | 'material'>,
  verifier: Pick<InstalledSide, 'options' | 'material'> | undefined,
  judgement: Judgement,
): readonly Finding[] {
  const [leaf] = chain;
  const last = chain.at(-1) ?? leaf;
  const bundle = verifier?.material.trust;
  const subject = `certificate in ${path}`;
  if (isSelfIssued(leaf)) return [finding(CERTIFICATE_SELF_ISSUED, { subject, got: leaf.subject.text })];
  if (!isWhole(bundle)) return [];
  const isRoot = isSelfIssued(last);
  const has = (trust: PemContent | undefined, one: CertificateFacts): boolean =>
    trust?.certificates.some((other) => fingerprint(other) === fingerprint(one)) ?? false;
  const { fingerprint } = judgement.signatures;
  if (!isRoot || !has(bundle, last)) {
    const code = isRoot || chain.length === 1 ? ISSUER_NOT_TRUSTED : CHAIN_INCOMPLETE;
    return [finding(code, { subject, detail: `issued by ${last.issuer.text}` })];
  }
  const between = chain.slice(1, -1);
  return [
    ...between.flatMap((ca) => {
      const name = `${ca.subject.text} in ${path}`;
      return [
        // How long one lasts that is in the trust bundle as well is judged there.
        ...(has(material.trust, ca) ? [] : validityFindings(name, ca, judgement)),
        ...(canSignCertificates(ca) ? [] : [finding(ISSUER_NOT_A_CA, { subject: name })]),
        ...(takesAnyPurpose(verifier?.options, judgement.releases) ? [] : useFindings(name, ca, side)),
        ...signatureFindings(name, ca, judgement.releases),
        ...extensionFindings(name, ca, judgement.releases),
      ];
    }),
    ...pathLengthFindings(path, between),
    ...strangerFindings(subject, chain, material, judgement),
    ...outlivingFindings(subject, leaf, chain[1], judgement.now),
    ...constraintFindings(subject, leaf, between, judgement.releases),
  ];
}

export const CHAIN_INCOMPLETE = rule({
  code: 'chain-incomplete',
  severity: 'error',
  problem: 'does not lead to a CA that signed itself',
  expected: 'certfile with the certificate first, then each CA between, and cacertfile with the root',
  remedy: 'append the missing certificates to certfile',
  inErlang: '"Unknown CA"',
});

export const ISSUER_NOT_TRUSTED = rule({
  code: 'issuer-not-trusted',
  severity: 'error',
  problem: 'is of a CA that the same node does not trust',
  expected: 'a trust bundle that has the CA of the own certificate: the other nodes have the same',
  remedy: 'install ca.pem and node.pem of one deploy; take the steps of docs/rotation.md',
  inErlang: 'the other node logs "Unknown CA"',
});

export const ISSUER_NOT_A_CA = rule({
  code: 'issuer-not-a-ca',
  severity: 'error',
  problem: 'signed a certificate and is no CA',
  expected:
    'CAs behind the first certificate in certfile: basic constraints CA:TRUE, and key usage, if any, with keyCertSign',
  remedy: 'let a CA sign the certificate',
  inErlang: 'the other node logs "missing_basic_constraint"',
});

export const CERTIFICATE_SELF_ISSUED = rule({
  code: 'certificate-self-issued',
  severity: 'error',
  problem: 'has the name of its own issuer',
  expected: 'a certificate of a CA with another name',
  remedy: 'let a CA sign it: OTP takes no certificate of a node that signed itself, be it trusted or not',
  inErlang: 'the other node logs "Bad Certificate", from OTP 27 on with "selfsigned_peer"',
});

/** From OTP 27 on, who verifies may let a CA between be for whatever use. */
function takesAnyPurpose(options: readonly Option[] | undefined, releases: Releases): boolean {
  return releases.every('takesAnyCaPurpose') && isAtom(valueOf('allow_any_ca_purpose', options), 'true');
}

/** How many CAs may be between one and the certificate of a node; those that issued themselves do not count. OTP passes over the root's. */
function pathLengthFindings(path: string, between: readonly CertificateFacts[]): readonly Finding[] {
  return between.flatMap(({ pathLength, subject }, below) => {
    const count = between.slice(0, below).filter((ca) => !isSelfIssued(ca)).length;
    if (pathLength === undefined || count <= pathLength) return [];
    return [
      finding(PATH_LENGTH_EXCEEDED, { subject: `${subject.text} in ${path}`, detail: `${count} of ${pathLength}` }),
    ];
  });
}

export const PATH_LENGTH_EXCEEDED = rule({
  code: 'path-length-exceeded',
  severity: 'error',
  problem: 'has more CAs below it than its path length allows',
  expected: 'as many CAs between it and the certificate of the node as its basic constraints say',
  remedy: 'let a CA with a greater path length sign, or leave out the one between',
  inErlang: 'the other node logs "max_path_length_reached"',
});

/**
 * A certificate by a root that is followed by one of others: OTP takes the last one for the end of the chain. Run on 25, 27 and 29; with CAs
 * between none of them minds, and 25 minds a root alone.
 */
function strangerFindings(
  subject: string,
  [, root, ...more]: readonly CertificateFacts[],
  { identity }: Material,
  { releases, signatures: { fingerprint } }: Judgement,
): readonly Finding[] {
  if (root === undefined || more.length > 0) return [];
  const strangers = (identity?.certificates.slice(1) ?? []).filter((one) => fingerprint(one) !== fingerprint(root));
  const harmful = releases.every('passesOverUnrelatedNonRoots') ? strangers.filter(isSelfIssued) : strangers;
  const [first] = releases.every('passesOverUnrelatedCertificates') ? [] : harmful;
  return first === undefined ? [] : [finding(UNRELATED_CERTIFICATE_IN_CHAIN, { subject, detail: first.subject.text })];
}

export const UNRELATED_CERTIFICATE_IN_CHAIN = rule({
  code: 'unrelated-certificate-in-chain',
  severity: 'error',
  problem: 'stands before a certificate that does not lead to its root',
  expected: 'behind the first certificate only its CAs, in whatever order',
  remedy: 'take the other one out of certfile',
  inErlang: 'up to OTP 28 the other node logs "Unknown CA", or "certificate_required"; later releases pass over it',
});

function outlivingFindings(
  subject: string,
  leaf: CertificateFacts,
  issuer: CertificateFacts | undefined,
  now: number,
): readonly Finding[] {
  if (issuer === undefined || issuer.notAfter >= leaf.notAfter || now > leaf.notAfter) return [];
  const detail = `the CA ends ${dayText(issuer.notAfter)}`;
  return [finding(CERTIFICATE_AFTER_ISSUER, { subject, got: dayText(leaf.notAfter), detail })];
}

export const CERTIFICATE_AFTER_ISSUER = rule({
  code: 'certificate-after-issuer',
  severity: 'warning',
  problem: 'ends later than the CA that signed it',
  expected: 'a certificate that ends before its CA',
  remedy: 'introduce the next CA in time (docs/rotation.md)',
  inErlang: 'nothing until the CA ends; from then on as of a certificate that has ended',
});
