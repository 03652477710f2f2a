import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** The validity of a certificate, and how long before expiry its renewal is due, in hours, as in Terraform. */
export interface Lifetime {
  readonly validityHours: number;
  readonly earlyRenewalHours: number;
}

const DAY = 24;

/** Ten years: the operator replaces a root CA by rotating generations, long before it expires. */
export const ROOT_CA_VALIDITY_HOURS = 3650 * DAY;

/** One year: a renewal needs an apply, and not every team applies every month. */
export const NODE_VALIDITY_HOURS = 365 * DAY;

/** A renewal is due when a third of the lifetime is left, which gives four months to notice a missing apply. */
const RENEWAL_SHARE = 3;

/** The lifetime of a certificate that is renewed early, by default when a third of it is left. */
export function renewedLifetime(subject: string, validityHours: number, earlyRenewalHours?: number): Lifetime {
  wholeHours(`validityHours of the ${subject}`, validityHours);
  const early = earlyRenewalHours ?? Math.floor(validityHours / RENEWAL_SHARE);
  if (early !== 0) wholeHours(`earlyRenewalHours of the ${subject}`, early);
  // Terraform would silently replace the certificate at every apply (hashicorp/terraform-provider-tls issue 128).
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

/** The lifetime of a CA certificate. It is never renewed early, because the provider would replace every leaf certificate in the same apply. */
export function caLifetime(subject: string, validityHours: number): Lifetime {
  wholeHours(`validityHours of the ${subject}`, validityHours);
  return { validityHours, earlyRenewalHours: 0 };
}

/**
 * The lifetime of an intermediate CA: half of its root's, so that one that is signed later does not outlive the root. A renewal keeps its key and
 * changes no trust; the certificates that it signed are signed again.
 */
export function intermediateLifetime(subject: string, rootHours: number): Lifetime {
  return renewedLifetime(subject, Math.floor(rootHours / 2));
}

/** Checks the hours of an alarm. Absent if the user sets none. */
export function alarmHours(subject: string, hours: number | undefined): number | undefined {
  if (hours !== undefined) wholeHours(subject, hours);
  return hours;
}

function wholeHours(subject: string, hours: number): void {
  if (!Number.isInteger(hours) || hours < 1) refuse(HOURS_NOT_POSITIVE, { subject, got: hours });
  if (hours > LONGEST_HOURS) refuse(HOURS_TOO_MANY, { subject, got: hours });
}

/**
 * Terraform and its providers count time in nanoseconds, in a signed integer of 64 bits (Go's `time.Duration`): 292 years. A longer time
 * overflows, and the provider then makes a certificate that ended centuries ago. Every number that becomes a time has this bound, so no date
 * of a certificate is beyond the year 9999, the last one that X.509 can write.
 */
export const LONGEST_HOURS = 2_562_047;
export const LONGEST_MINUTES: number = LONGEST_HOURS * 60;

export const HOURS_TOO_MANY = rule({
  code: 'hours-too-many',
  severity: 'error',
  problem: 'is longer than Terraform can count',
  expected: `at most ${LONGEST_HOURS} hours, which are 292 years`,
  remedy: 'shorten it: with more hours, the provider makes a certificate that expired long ago',
  source:
    'Go, time.Duration; hashicorp/terraform-provider-tls:internal/provider/common_cert.go; test/model/pki/lifetime.test.ts',
});

export const HOURS_NOT_POSITIVE = rule({
  code: 'hours-not-positive',
  severity: 'error',
  problem: 'is no number of hours',
  expected: 'a whole number from 1 on',
  remedy: 'give the hours as a number, e.g. 365 * 24',
  source: 'test/model/pki/lifetime.test.ts',
});
