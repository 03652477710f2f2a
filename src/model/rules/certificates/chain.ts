import type { Option } from '../../erlang/options/option-file-reader';
import { isAtom, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../errors';
import type { InstalledSide } from '../../observed/files/installed-node';
import { isSelfIssued, type Material, type PemContent } from '../../observed/files/material';
import type { OtpRelease } from '../../otp/otp-release';
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
  if (isSelfIssued(leaf)) return [finding('certificate-self-issued', { subject, got: leaf.subject.text })];
  if (!isWhole(bundle)) return [];
  const isRoot = isSelfIssued(last);
  const has = (trust: PemContent | undefined, one: CertificateFacts): boolean =>
    trust?.certificates.some((other) => fingerprint(other) === fingerprint(one)) ?? false;
  const { fingerprint } = judgement.signatures;
  if (!isRoot || !has(bundle, last)) {
    const code = isRoot || chain.length === 1 ? 'issuer-not-trusted' : 'chain-incomplete';
    return [finding(code, { subject, detail: `issued by ${last.issuer.text}` })];
  }
  const between = chain.slice(1, -1);
  return [
    ...between.flatMap((ca) => {
      const name = `${ca.subject.text} in ${path}`;
      return [
        // How long one lasts that is in the trust bundle as well is judged there.
        ...(has(material.trust, ca) ? [] : validityFindings(name, ca, judgement)),
        ...(canSignCertificates(ca) ? [] : [finding('signer-not-a-ca', { subject: name })]),
        ...(takesAnyPurpose(verifier?.options, judgement.otp) ? [] : useFindings(name, ca, side)),
        ...signatureFindings(name, ca, judgement.otp),
        ...extensionFindings(name, ca, judgement.otp),
      ];
    }),
    ...pathLengthFindings(path, between),
    ...strangerFindings(subject, chain, material, judgement),
    ...outlivingFindings(subject, leaf, chain[1], judgement.now),
    ...constraintFindings(subject, leaf, between, judgement.otp),
  ];
}

/** From OTP 27 on, who verifies may let a CA between be for whatever use. */
function takesAnyPurpose(options: readonly Option[] | undefined, otp: OtpRelease | undefined): boolean {
  return otp !== undefined && otp.major > 26 && isAtom(valueOf('allow_any_ca_purpose', options), 'true');
}

/** How many CAs may be between one and the certificate of a node; those that issued themselves do not count. OTP passes over the root's. */
function pathLengthFindings(path: string, between: readonly CertificateFacts[]): readonly Finding[] {
  return between.flatMap(({ pathLength, subject }, below) => {
    const count = between.slice(0, below).filter((ca) => !isSelfIssued(ca)).length;
    if (pathLength === undefined || count <= pathLength) return [];
    return [
      finding('ca-path-too-long', { subject: `${subject.text} in ${path}`, detail: `${count} of ${pathLength}` }),
    ];
  });
}

/**
 * A certificate by a root that is followed by one of others: OTP takes the last one for the end of the chain. Run on 25, 27 and 29; with CAs
 * between none of them minds, and 25 minds a root alone.
 */
function strangerFindings(
  subject: string,
  [, root, ...more]: readonly CertificateFacts[],
  { identity }: Material,
  { otp, signatures: { fingerprint } }: Judgement,
): readonly Finding[] {
  if (root === undefined || more.length > 0) return [];
  const strangers = (identity?.certificates.slice(1) ?? []).filter((one) => fingerprint(one) !== fingerprint(root));
  const minded = otp !== undefined && otp.major < 26 ? strangers.filter(isSelfIssued) : strangers;
  const [first] = otp !== undefined && otp.major > 28 ? [] : minded;
  return first === undefined ? [] : [finding('certificate-before-stranger', { subject, detail: first.subject.text })];
}

function outlivingFindings(
  subject: string,
  leaf: CertificateFacts,
  issuer: CertificateFacts | undefined,
  now: number,
): readonly Finding[] {
  if (issuer === undefined || issuer.notAfter >= leaf.notAfter || now > leaf.notAfter) return [];
  const detail = `the CA ends ${dayText(issuer.notAfter)}`;
  return [finding('certificate-after-issuer', { subject, got: dayText(leaf.notAfter), detail })];
}
