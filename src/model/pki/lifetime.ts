import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** How long a certificate is valid, and how long before its end the next one is due. In hours, as Terraform counts. */
export interface Lifetime {
  readonly validityHours: number;
  readonly earlyRenewalHours: number;
}

const DAY = 24;

/** Ten years: a root is replaced by rotating generations, at a time of the operator's choice, not by its expiry. */
export const ROOT_CA_VALIDITY_HOURS = 3650 * DAY;

/** One year: Terraform renews when somebody applies, and not every team applies every month. */
export const NODE_VALIDITY_HOURS = 365 * DAY;

/** A third of the lifetime is left when renewal falls due: four months to notice that nobody has applied. */
const RENEWAL_SHARE = 3;

/** The lifetime of a certificate that is renewed early; by default with a third of it left. */
export function renewedLifetime(subject: string, validityHours: number, earlyRenewalHours?: number): Lifetime {
  wholeHours(`validityHours of the ${subject}`, validityHours);
  const early = earlyRenewalHours ?? Math.floor(validityHours / RENEWAL_SHARE);
  if (early !== 0) wholeHours(`earlyRenewalHours of the ${subject}`, early);
  // Terraform would replace the certificate at every apply, without a word (hashicorp/tls issue 128).
  if (early >= validityHours) {
    refuse(RENEWAL_NOT_WITHIN_VALIDITY, {
      subject: `earlyRenewalHours of the ${subject}`,
      got: early,
      detail: `validityHours is ${validityHours}`,
    });
  }
  return { validityHours, earlyRenewalHours: early };
}

export const RENEWAL_NOT_WITHIN_VALIDITY = rule({
  code: 'renewal-not-within-validity',
  severity: 'error',
  problem: 'is not shorter than the validity',
  expected: 'less than validityHours',
  remedy: 'renew later: otherwise Terraform replaces the certificate at every apply',
  source: 'hashicorp/terraform-provider-tls issue 128',
});

/** The lifetime of a CA certificate. It is never renewed early: the provider would replace every leaf in the same apply. */
export function caLifetime(subject: string, validityHours: number): Lifetime {
  wholeHours(`validityHours of the ${subject}`, validityHours);
  return { validityHours, earlyRenewalHours: 0 };
}

/** How long before the end of something an alarm goes off, where the user says it. */
export function alarmHours(subject: string, hours: number | undefined): number | undefined {
  if (hours !== undefined) wholeHours(subject, hours);
  return hours;
}

function wholeHours(subject: string, hours: number): void {
  if (!Number.isSafeInteger(hours) || hours < 1) refuse(HOURS_NOT_POSITIVE, { subject, got: hours });
}

export const HOURS_NOT_POSITIVE = rule({
  code: 'hours-not-positive',
  severity: 'error',
  problem: 'is no number of hours',
  expected: 'a whole number from 1 on',
  remedy: 'give the hours as a number, e.g. 365 * 24',
  source: 'test/model/pki/lifetime.test.ts',
});
