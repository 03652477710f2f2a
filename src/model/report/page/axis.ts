import { civilDay, DAY, HOUR, monthStart } from '../../x509/calendar';
import type { Validity } from './picture';

/** The period that a timeline shows, and its marks. */
export interface Axis {
  readonly start: number;
  readonly end: number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly instant: number;
  readonly label: string;
}

/**
 * The axis for these certificates. CA certificates live much longer than those they sign: the axis includes their whole validity only if
 * that leaves room for the others; otherwise their bars continue beyond it.
 */
export function axisOf(certificates: readonly Validity[], authorities: readonly Validity[], now: number): Axis {
  const core = hull(certificates.length > 0 ? certificates : authorities, now);
  const length = core.end - core.start;
  const near = authorities
    .flatMap(({ notBefore, notAfter }) => [notBefore, notAfter])
    .filter((instant) => instant >= core.start - length && instant <= core.end + length);
  const start = Math.min(core.start, ...near);
  const end = Math.max(core.end, ...near);
  const margin = (end - start) * MARGIN;
  const axis = { start: start - margin, end: end + margin };
  return { ...axis, ticks: ticksOf(axis) };
}

/** Position on the axis: 0 is its start, 1 its end; instants outside lie outside that range. */
export function position({ start, end }: Axis, instant: number): number {
  return (instant - start) / (end - start);
}

const MARGIN = 0.03;
const MOST_TICKS = 9;

function hull(validities: readonly Validity[], now: number): { readonly start: number; readonly end: number } {
  const starts = validities.map(({ notBefore }) => notBefore);
  const ends = validities.map(({ notAfter }) => notAfter);
  const start = least(starts, now);
  return { start, end: Math.max(greatest(ends, now), start + HOUR) };
}

function least(numbers: readonly number[], first: number): number {
  return numbers.reduce((one, other) => Math.min(one, other), first);
}

function greatest(numbers: readonly number[], first: number): number {
  return numbers.reduce((one, other) => Math.max(one, other), first);
}

type Step = { readonly months: number } | { readonly milliseconds: number };

const MEAN_MONTH = 30.44 * DAY;

/** Steps in units that people count in, smallest first. */
const STEPS: readonly Step[] = [
  ...[1 / 60, 1 / 12, 1 / 4, 1 / 2, 1, 3, 6, 12, 24, 48].map((hours) => ({ milliseconds: hours * HOUR })),
  ...[7, 14].map((days) => ({ milliseconds: days * DAY })),
  ...[1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12000].map((months) => ({ months })),
];

const LONGEST_STEP: Step = { months: 12000 };

function ticksOf(axis: { readonly start: number; readonly end: number }): readonly Tick[] {
  const length = axis.end - axis.start;
  const step = STEPS.find((one) => length / lengthOf(one) <= MOST_TICKS) ?? LONGEST_STEP;
  const instants = 'months' in step ? monthly(axis, step.months) : regular(axis, step.milliseconds);
  return instants.map((instant, index) => ({ instant, label: tickLabel(instant, step, index === 0) }));
}

function lengthOf(step: Step): number {
  return 'months' in step ? step.months * MEAN_MONTH : step.milliseconds;
}

function monthly({ start, end }: { readonly start: number; readonly end: number }, months: number): readonly number[] {
  const { year, month } = civilDay(start);
  // Counted from the year 0, so that steps of 3, 6 or 12 months fall on the same months in every picture.
  const first = Math.ceil((year * 12 + month - 1) / months) * months;
  const instants: number[] = [];
  for (let index = first; ; index += months) {
    const instant = monthStart(Math.floor(index / 12), (index % 12) + 1);
    if (instant > end) return instants;
    if (instant >= start) instants.push(instant);
  }
}

function regular({ start, end }: { readonly start: number; readonly end: number }, step: number): readonly number[] {
  const first = Math.ceil(start / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((end - first) / step) + 1) }, (_, index) => first + index * step);
}

const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The year is shown at its beginning and at the first mark, the day at midnight. */
function tickLabel(instant: number, step: Step, isFirst: boolean): string {
  const { year, month, day } = civilDay(instant);
  const name = MONTH_NAMES[month - 1] ?? '';
  if ('months' in step) return tickOfMonths(String(year), month === 1, name, isFirst);
  const date = `${day} ${name}`;
  const intoDay = instant - Math.floor(instant / DAY) * DAY;
  const text = intoDay === 0 ? date : `${twoDigits(intoDay / HOUR)}:${twoDigits((intoDay % HOUR) / (HOUR / 60))}`;
  return isFirst ? (intoDay === 0 ? date : `${date} ${text}`) : text;
}

function tickOfMonths(year: string, isJanuary: boolean, name: string, isFirst: boolean): string {
  if (isJanuary) return year;
  return isFirst ? `${name} ${year}` : name;
}

function twoDigits(number: number): string {
  return String(Math.floor(number)).padStart(2, '0');
}
