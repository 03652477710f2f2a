import type { Construct } from 'constructs';

import type { Lifetime } from '../../model/pki/lifetime';
import { TerraformLocal, TerraformStack } from './cdktf';
import { expression } from './expression';
import { IDS } from './ids';

/** A period of a calendar of renewals, which the time of the plan is in. */
export interface RenewalPeriod {
  /** Number of the period. */
  readonly number: string;
  /** RFC 3339 time at which a certificate ends that the next period replaces in time. */
  readonly certificateEnd: string;
}

const ORIGIN = '2000-01-01T00:00:00Z';

/**
 * Renewal of certificates whose provider renews none. Time from 2000 on is divided into periods that are shorter than the validity by the hours of
 * early renewal. An argument that contains the number of the period changes when a renewal is due, so the plan replaces the certificate. What an
 * apply does not reach is due in the next plan, because the argument in the state is still the old one.
 *
 * A certificate is due at the end of the period in which it was issued: the first one before it is due by its age, and none later.
 */
export function renewalPeriod(scope: Construct, { validityHours, earlyRenewalHours }: Lifetime): RenewalPeriod {
  const period = validityHours - earlyRenewalHours;
  const number = `floor(${hours(scope)} / ${period})`;
  return {
    number: expression(number),
    certificateEnd: expression(
      `timeadd("${ORIGIN}", format("%dh", (${number} + 1) * ${period} + ${earlyRenewalHours}))`,
    ),
  };
}

const clockOf = new WeakMap<TerraformStack, TerraformLocal>();

/** Hours from the origin to the plan, as an expression. The parts of the date and the hours are local values of the stack, once. */
function hours(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const clock = clockOf.get(stack) ?? new TerraformLocal(stack, IDS.CLOCK, `\${${hoursTo('plantimestamp()')}}`);
  clockOf.set(stack, clock);
  return `local.${clock.friendlyUniqueId}`;
}

/** The Julian day number of 2000-01-01. */
const DAY_OF_ORIGIN = 2_451_545;

/**
 * Hours from the origin to a time, both as expressions. Terraform can add hours to a time, and cannot subtract times: this is the Julian day number of a
 * date (Fliegel and Van Flandern, 1968). `time` is RFC 3339 in UTC.
 */
export function hoursTo(time: string): string {
  const part = (letters: string): string => `tonumber(formatdate("${letters}", ${time}))`;
  // January and February count as months of the year before, so that a leap day is the last day of a year.
  const shift = `floor((14 - ${part('M')}) / 12)`;
  const year = `(${part('YYYY')} + 4800 - ${shift})`;
  const month = `(${part('M')} + 12 * ${shift} - 3)`;
  const days = [
    ...[part('D'), `floor((153 * ${month} + 2) / 5)`, `365 * ${year}`],
    ...[`floor(${year} / 4)`, `-floor(${year} / 100)`, `floor(${year} / 400)`],
    String(-32_045 - DAY_OF_ORIGIN),
  ].join(' + ');
  return `(${days}) * 24 + ${part('h')}`;
}
