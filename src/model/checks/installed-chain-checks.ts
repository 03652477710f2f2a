import { type Finding, finding } from '../errors';
import type { InstalledSide } from '../installed/installed-node';
import { isSelfIssued, type PemContent } from '../installed/material';
import { dayText } from '../pki/calendar';
import type { CertificateFacts } from '../pki/certificate-reader';
import { isWhole, type Judgement } from './installed-judgement';
import { extensionFindings, signatureFindings, useFindings } from './installed-leaf-checks';
import { canSignCertificates, validityFindings } from './installed-validity-checks';

/** Whether a certificate leads to a CA that is trusted by whom it is shown to. `chain`: from the certificate to where it ends. */
export function chainFindings(
  path: string,
  chain: readonly CertificateFacts[],
  { side, material }: Pick<InstalledSide, 'side' | 'material'>,
  verifier: PemContent | undefined,
  judgement: Judgement,
): readonly Finding[] {
  const [leaf] = chain;
  const last = chain.at(-1);
  if (!isWhole(verifier) || leaf === undefined || last === undefined) return [];
  const subject = `certificate in ${path}`;
  const isRoot = isSelfIssued(last);
  const has = (bundle: PemContent | undefined, one: CertificateFacts): boolean =>
    bundle?.certificates.some((other) => fingerprint(other) === fingerprint(one)) ?? false;
  const { fingerprint } = judgement.signatures;
  if (!isRoot || !has(verifier, last)) {
    const code = isRoot || chain.length === 1 ? 'issuer-not-trusted' : 'chain-incomplete';
    return [finding(code, { subject, detail: `issued by ${last.issuer.text}` })];
  }
  const between = chain.slice(1, -1);
  return [
    ...between.flatMap((ca) => {
      const name = `${ca.subject.text} in ${path}`;
      return [
        // What is in the trust bundle as well is judged there.
        ...(has(material.trust, ca) ? [] : authorityBetweenFindings(name, ca, judgement)),
        ...useFindings(name, ca, side),
        ...signatureFindings(name, ca, judgement.otp),
        ...extensionFindings(name, ca),
      ];
    }),
    ...pathLengthFindings(path, between),
    ...outlivingFindings(subject, leaf, chain[1], judgement.now),
    ...constraintFindings(subject, leaf, between),
  ];
}

/** RFC 5280, section 6.1.4: whoever signs has to be a CA, and valid. */
function authorityBetweenFindings(subject: string, ca: CertificateFacts, judgement: Judgement): readonly Finding[] {
  return [
    ...validityFindings(subject, ca, judgement),
    ...(canSignCertificates(ca) ? [] : [finding('trust-not-a-ca', { subject })]),
  ];
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

/**
 * OTP heeds the constraints of a CA between the leaf and the root, and not those of the root itself. Of addresses it knows none, and fails
 * where a certificate has one (`erlang/otp:lib/public_key/src/pubkey_cert.erl`).
 */
function constraintFindings(
  subject: string,
  { dnsNames, ipAddresses }: CertificateFacts,
  between: readonly CertificateFacts[],
): readonly Finding[] {
  return between.flatMap(({ nameConstraints, subject: ca }) => {
    if (nameConstraints === undefined) return [];
    const refused = dnsNames.filter((name) => !allows(name, nameConstraints));
    return [...refused, ...(nameConstraints.hasAddresses ? ipAddresses : [])].map((got) =>
      finding('host-outside-constraints', { subject, got, detail: `CA ${ca.text}` }),
    );
  });
}

/** RFC 5280, section 4.2.1.10: a constraint is for the name itself and for whatever ends with it after a dot. */
function allows(
  host: string,
  { permittedDnsNames, excludedDnsNames }: NonNullable<CertificateFacts['nameConstraints']>,
): boolean {
  const name = host.toLowerCase();
  const isWithin = (base: string): boolean => {
    const end = base.toLowerCase();
    return name === end || name.endsWith(end.startsWith('.') ? end : `.${end}`);
  };
  const isPermitted = permittedDnsNames.length === 0 || permittedDnsNames.some(isWithin);
  return isPermitted && !excludedDnsNames.some(isWithin);
}
