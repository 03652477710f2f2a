import type { OtpRelease } from '../../otp/otp-release';

/** The two lists of an option file. A node is the server of connections it accepts and the client of those it dials. */
export type Side = 'server' | 'client';

/**
 * What OTP makes of an option: `ok`, it heeds it; `ignored`, the connection is the same whatever its value; `error`, every connection of
 * that side fails, and most of the time only one of the two nodes logs why.
 */
export type Verdict = 'ok' | 'ignored' | 'error';

/** A verdict for each release: the entry with the greatest key that is not above the release. */
export type Verdicts = Readonly<{ 24: Verdict } & Partial<Record<25 | 26 | 27 | 28 | 29, Verdict>>>;

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
  if (versions === '1.3 only' && row.withTls13Only !== undefined) return verdictAt(row.withTls13Only, otp.major);
  if (versions === '1.2 only' && row.withTls12Only !== undefined) return verdictAt(row.withTls12Only, otp.major);
  return verdictAt(row.verdicts, otp.major);
}

function verdictAt(verdicts: Verdicts, major: number): Verdict {
  const steps = ([29, 28, 27, 26, 25] as const).filter((release) => release <= major);
  return steps.map((release) => verdicts[release]).find((verdict) => verdict !== undefined) ?? verdicts[24];
}
