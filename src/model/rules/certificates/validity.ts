import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule, type Surface } from '../../findings/rule';
import { dayText } from '../../x509/calendar';

/** The validity of a certificate, in milliseconds since 1970. */
export interface Validity {
  /** Absent if only the end is known, as in a plan. */
  readonly notBefore?: number;
  readonly notAfter: number;
}

/** The instant at which validity is judged, and where the certificate was found. */
export interface ValidityContext {
  readonly now: number;
  /** How long before the end a warning is due. Absent if the end alone counts. */
  readonly notice?: number;
  readonly surface?: Surface;
}

/** `soon` is the warning before the end, and how long before the end it is due. */
export function validityFindings(
  subject: string,
  { notBefore = -Infinity, notAfter }: Validity,
  { now, notice = 0, surface = 'installed' }: ValidityContext,
  soon: { readonly rule: Rule; readonly notice: number } = { rule: CERTIFICATE_EXPIRES_SOON, notice },
): readonly Finding[] {
  const found = (broken: Rule, instant: number): readonly Finding[] => [
    finding(broken, { subject, got: dayText(instant) }, surface),
  ];
  if (now < notBefore) return found(CERTIFICATE_NOT_YET_VALID, notBefore);
  if (now > notAfter) return found(CERTIFICATE_EXPIRED, notAfter);
  return now + soon.notice > notAfter ? found(soon.rule, notAfter) : [];
}

export const CERTIFICATE_NOT_YET_VALID = rule({
  code: 'certificate-not-yet-valid',
  severity: 'error',
  problem: 'is not valid yet',
  expected: 'a certificate that is valid now',
  remedy: 'check the clock of this machine and of the one that signed',
  inErlang: '"Certificate Expired", for this too',
  source: 'RFC 5280 section 4.1.2.5; docs/in-erlang.md',
});

export const CERTIFICATE_EXPIRED = rule({
  code: 'certificate-expired',
  severity: 'error',
  // A plan that keeps an expired certificate is not the cause, and may be the way out.
  severityIn: { planned: 'warning' },
  problem: 'has expired',
  expected: 'a certificate that is valid now',
  remedy: 'renew it (cdktf deploy, without -target) and install it on the node',
  inErlang: '"Certificate Expired" with each new connection; existing connections continue',
  source: 'RFC 5280 section 4.1.2.5; docs/in-erlang.md',
});

/** Its words are rendered into users' Terraform configurations as well. */
export const CERTIFICATE_EXPIRES_SOON = rule({
  code: 'certificate-expires-soon',
  severity: 'warning',
  problem: 'is about to expire',
  expected: 'a certificate that was renewed when a third of its life was left',
  remedy: 'run cdktf deploy, which renews it, and install the files',
  inErlang: 'nothing until it expires',
  source: 'the default of earlyRenewalHours in src/model/pki/lifetime.ts; docs/rotation.md',
});

/** Its words are rendered into users' Terraform configurations as well. */
export const CA_EXPIRES_SOON = rule({
  code: 'ca-expires-soon',
  severity: 'warning',
  problem: 'expires before the certificates that it would sign now',
  expected: 'a generation that outlives them',
  remedy: `introduce the next generation with CaGeneration.trusted(…), see ${documentation('rotation')}`,
  inErlang: 'nothing until it expires',
  source: 'RFC 5280 section 6.1; docs/decisions/0010-a-certificate-that-outlives-its-ca-is-an-alarm.md',
});

/** Its words are rendered into users' Terraform configurations as well. */
export const TRUSTED_CA_EXPIRES_SOON = rule({
  code: 'trusted-ca-expires-soon',
  severity: 'warning',
  problem: 'is about to expire, and others sign with it',
  expected: 'no certificate of a CA whose key is elsewhere, long before that CA expires',
  remedy: `let another generation sign for every node, and retire this one (${documentation('custody')})`,
  inErlang: 'nothing until it expires; from then on its certificates are refused as expired',
  source: 'RFC 5280 section 6.1; docs/custody.md',
});

/** On a node, no certificate leads to this CA. In a plan, certificates may, and the evidence says so. */
export const TRUSTED_CA_EXPIRED = rule({
  code: 'trusted-ca-expired',
  severity: 'warning',
  problem: 'has expired and is still trusted or used',
  expected: 'only CAs that are valid now',
  remedy: `retire that generation of the CA (${documentation('rotation')}); if certificates in use are signed with it, introduce a new generation first`,
  inErlang: 'nothing if no certificate in use is signed with it, otherwise the same as for an expired certificate',
  source: 'RFC 5280 section 6.1; docs/in-erlang.md',
});

/** A finding if a certificate expires later than the CA that signed it. */
export function outlivingFindings(
  subject: string,
  leaf: Validity,
  issuer: Validity | undefined,
  { now }: ValidityContext,
): readonly Finding[] {
  if (issuer === undefined || issuer.notAfter >= leaf.notAfter || now > leaf.notAfter) return [];
  const detail = `the CA expires ${dayText(issuer.notAfter)}`;
  return [finding(CERTIFICATE_OUTLIVES_ISSUER, { subject, got: dayText(leaf.notAfter), detail }, 'installed')];
}

export const CERTIFICATE_OUTLIVES_ISSUER = rule({
  code: 'certificate-outlives-issuer',
  severity: 'error',
  // On a node it works until the CA expires.
  severityIn: { installed: 'warning' },
  problem: "outlives the CA's certificate",
  expected: "at most the CA's validity",
  remedy: `shorten the certificate, or give the CA a longer life: introduce its next generation (${documentation('rotation')})`,
  inErlang: 'nothing until the CA expires; from then on the same as for an expired certificate',
  source: 'RFC 5280 section 6.1: every certificate of a path has to be valid; docs/in-erlang.md',
});
