import { DAY, HOUR, MINUTE } from '../../x509/calendar';

/** Below two of a unit the next smaller one is more exact: 36 hours, not 1 day. */
const LEAST = 2;

/** A duration in the largest unit that does not round much away: `128 days`, `36 hours`, `5 minutes`. */
export function durationText(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length >= LEAST * DAY) return counted(Math.floor(length / DAY), 'day');
  if (length >= LEAST * HOUR) return counted(Math.floor(length / HOUR), 'hour');
  return counted(Math.floor(length / MINUTE), 'minute');
}

/** `in 128 days`, or `128 days ago`. */
export function relativeText(instant: number, now: number): string {
  return instant < now ? `${durationText(now - instant)} ago` : `in ${durationText(instant - now)}`;
}

/** `1 node`, `2 nodes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
