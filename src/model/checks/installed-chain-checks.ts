import { type Finding, finding } from '../errors';
import { candidatesOf, chainOf, type Material } from '../installed/material';
import { dayText } from '../pki/calendar';
import type { CertificateFacts } from '../pki/certificate-reader';
import { isWhole, type Judgement } from './installed-judgement';
import { canSignCertificates, validityFindings } from './installed-validity-checks';

/** Whether a certificate leads to a CA that its own node trusts: the other nodes have the same bundle. */
export function chainFindings(
  path: string,
  leaf: CertificateFacts,
  material: Material,
  judgement: Judgement,
): readonly Finding[] {
  const { now, signatures } = judgement;
  const { trust } = material;
  if (!isWhole(trust)) return [];
  const subject = `certificate in ${path}`;
  const chain = chainOf(leaf, candidatesOf(material), signatures);
  const last = chain.at(-1) ?? leaf;
  const isRoot = last.issuer.identity === last.subject.identity;
  const isTrusted = trust.certificates.some((one) => signatures.fingerprint(one) === signatures.fingerprint(last));
  if (!isRoot || !isTrusted) {
    const code = isRoot || chain.length === 1 ? 'issuer-not-trusted' : 'chain-incomplete';
    return [finding(code, { subject, detail: `issued by ${last.issuer.text}` })];
  }
  // The root is judged with the trust bundle.
  const between = chain.slice(1, -1);
  return [
    ...between.flatMap((ca) => betweenFindings(`${ca.subject.text} in ${path}`, ca, judgement)),
    ...outlivingFindings(subject, leaf, chain[1], now),
    ...constraintFindings(subject, leaf, between),
  ];
}

/** RFC 5280, section 6.1.4: whoever signs has to be a CA, and valid. */
function betweenFindings(subject: string, ca: CertificateFacts, judgement: Judgement): readonly Finding[] {
  return [
    ...validityFindings(subject, ca, judgement),
    ...(canSignCertificates(ca) ? [] : [finding('trust-not-a-ca', { subject })]),
  ];
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

/** OTP heeds the constraints of a CA between the leaf and the root, and not those of the root itself. */
function constraintFindings(
  subject: string,
  { dnsNames }: CertificateFacts,
  between: readonly CertificateFacts[],
): readonly Finding[] {
  return between.flatMap(({ nameConstraints, subject: ca }) =>
    dnsNames
      .filter((name) => nameConstraints !== undefined && !allows(name, nameConstraints))
      .map((name) => finding('host-outside-constraints', { subject, got: name, detail: `CA ${ca.text}` })),
  );
}

/** RFC 5280, section 4.2.1.10: a constraint is for the name itself and for whatever ends with it after a dot. */
function allows(
  host: string,
  { permittedDnsNames, excludedDnsNames }: NonNullable<CertificateFacts['nameConstraints']>,
): boolean {
  const isWithin = (base: string): boolean => host === base || host.endsWith(base.startsWith('.') ? base : `.${base}`);
  const isPermitted = permittedDnsNames.length === 0 || permittedDnsNames.some(isWithin);
  return isPermitted && !excludedDnsNames.some(isWithin);
}
