/** The calendar in UTC. No other file of the model uses `Date`, and this one only converts: it reads neither the clock nor the time zone. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last instant that X.509 can express (RFC 5280 section 4.1.2.5), and the beginning of the year 1. */
const LAST_INSTANT = 253_402_300_799_999;
const FIRST_INSTANT = -62_135_596_800_000;

/** A day of the calendar; months count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function civilDay(instant: number): CivilDay {
  const date = nearestDate(instant);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The first instant of a month. Months beyond 12 belong to the years after. */
export function monthStart(year: number, month: number): number {
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, 1);
}

/** The instant of an RFC 3339 time, as Terraform writes it. Absent if the text is not such a time. */
export function instantOf(text: string | undefined): number | undefined {
  const fields = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text ?? '');
  if (fields === null) return undefined;
  const at = (index: number): number => Number(fields[index] ?? 0);
  const offset = (at(8) * HOUR + at(9) * MINUTE) * (fields[7] === '-' ? -1 : 1);
  const days = monthStart(at(1), at(2)) + (at(3) - 1) * DAY;
  return days + at(4) * HOUR + at(5) * MINUTE + at(6) * 1000 - offset;
}

/** Number of the day since 1970. */
export function dayOf(instant: number): number {
  return Math.floor(instant / DAY);
}

/** `2026-11-24`. */
export function dayText(instant: number): string {
  return nearestDate(instant).toISOString().slice(0, 10);
}

/** `2026-11-24 06:43 UTC`. */
export function instantText(instant: number): string {
  return `${dayText(instant)} ${clockText(instant)} UTC`;
}

/** As in RFC 3339. */
export function timestampText(instant: number): string {
  return nearestDate(instant).toISOString();
}

/** The same in whole seconds, as certificates and lists count, and as Terraform writes times. */
export function secondsText(instant: number): string {
  return `${timestampText(instant).slice(0, 19)}Z`;
}

/** `06:43`. */
function clockText(instant: number): string {
  return nearestDate(instant).toISOString().slice(11, 16);
}

/** The instant itself, or the nearest one that a certificate can express. */
function nearestDate(instant: number): Date {
  return new Date(Math.min(LAST_INSTANT, Math.max(FIRST_INSTANT, instant)));
}
