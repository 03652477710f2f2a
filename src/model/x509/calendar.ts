/** The civil calendar in UTC, as arithmetic: `Date` would bring the clock and the zone of this machine into the model. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The last instant that X.509 can write (RFC 5280 section 4.1.2.5), and the first day of the calendar. */
const LAST_INSTANT = 253_402_300_799_999;
const FIRST_INSTANT = -62_135_596_800_000;

/** A day of the calendar; months count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The instant itself, or the nearest that a certificate can name. */
export function withinCalendar(instant: number): number {
  return Math.min(LAST_INSTANT, Math.max(FIRST_INSTANT, Math.trunc(instant)));
}

export function civilDay(instant: number): CivilDay {
  const days = Math.floor(withinCalendar(instant) / DAY);
  const year = yearOf(days);
  const dayOfYear = days - daysBeforeYear(year);
  const starts = monthStarts(year);
  const month = starts.filter((start) => start <= dayOfYear).length;
  return { year, month, day: dayOfYear - (starts[month - 1] ?? 0) + 1 };
}

/** The first instant of a month. Months beyond 12 belong to the years after. */
export function monthStart(year: number, month: number): number {
  const years = year + Math.floor((month - 1) / MONTHS);
  const ofYear = (month - 1) % MONTHS;
  return (daysBeforeYear(years) + (monthStarts(years)[ofYear] ?? 0)) * DAY;
}

/** `2026-11-24`. */
export function dayText(instant: number): string {
  const { year, month, day } = civilDay(instant);
  return [String(year).padStart(4, '0'), twoDigits(month), twoDigits(day)].join('-');
}

/** `06:43`. */
export function clockText(instant: number): string {
  const ofDay = withinCalendar(instant) - Math.floor(withinCalendar(instant) / DAY) * DAY;
  return `${twoDigits(Math.floor(ofDay / HOUR))}:${twoDigits(Math.floor((ofDay % HOUR) / MINUTE))}`;
}

/** `2026-11-24 06:43 UTC`. */
export function instantText(instant: number): string {
  return `${dayText(instant)} ${clockText(instant)} UTC`;
}

const MONTHS = 12;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30];
const FEBRUARY = 1;
const EPOCH_YEAR = 1970;
const MEAN_YEAR_DAYS = 365.2425;

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function yearOf(days: number): number {
  const guess = EPOCH_YEAR + Math.floor(days / MEAN_YEAR_DAYS);
  if (daysBeforeYear(guess) > days) return guess - 1;
  return daysBeforeYear(guess + 1) <= days ? guess + 1 : guess;
}

/** Days from 1970 to the first of January. */
function daysBeforeYear(year: number): number {
  const before = (upTo: number): number =>
    365 * upTo + Math.floor(upTo / 4) - Math.floor(upTo / 100) + Math.floor(upTo / 400);
  return before(year - 1) - before(EPOCH_YEAR - 1);
}

/** Days of the year before each month. */
function monthStarts(year: number): readonly number[] {
  const starts = [0];
  MONTH_LENGTHS.forEach((length, month) =>
    starts.push((starts.at(-1) ?? 0) + length + (month === FEBRUARY && isLeapYear(year) ? 1 : 0)),
  );
  return starts;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
