import { type ByRelease, valueIn } from '../../otp/by-release';
import type { OtpRelease } from '../../otp/otp-release';

/** The two lists of an option file. A node is the server of connections it accepts and the client of those it dials. */
export type Side = 'server' | 'client';

/**
 * What OTP makes of an option: `ok`, it heeds it; `ignored`, the connection is the same whatever its value; `error`, every connection of
 * that side fails, and most of the time only one of the two nodes logs why.
 */
export type Verdict = 'ok' | 'ignored' | 'error';

export type Verdicts = ByRelease<Verdict>;

/** How a value is written: `atoms` and `strings` are lists, `term` is the text of a literal Erlang term. */
export type ValueKind = 'boolean' | 'integer' | 'atom' | 'atoms' | 'string' | 'strings' | 'path' | 'term';

export interface SslOptionRow {
  readonly option: string;
  readonly side: Side;
  readonly kind: ValueKind;
  /** The row is about this value only. */
  readonly value?: boolean | string;
  /** The row is about values of this form only: OTP takes more, and the library does not offer it. */
  readonly form?: RegExp;
  readonly verdicts: Verdicts;
  /** What changes when TLS 1.3 is the only version, or 1.2 the only one; `verdicts` where absent. */
  readonly withTls13Only?: Verdicts;
  readonly withTls12Only?: Verdicts;
  /** The library writes this option itself, from a property of its own. */
  readonly writtenFrom?: string;
  readonly source: string;
}

export type VersionSet = '1.3 only' | '1.2 only' | '1.3 and 1.2';

/** What a node of this release does with the option when these versions are enabled. */
export function verdictOf(row: SslOptionRow, otp: OtpRelease, versions: VersionSet): Verdict {
  if (versions === '1.3 only' && row.withTls13Only !== undefined) return valueIn(row.withTls13Only, otp);
  if (versions === '1.2 only' && row.withTls12Only !== undefined) return valueIn(row.withTls12Only, otp);
  return valueIn(row.verdicts, otp);
}
