import type { Fact } from '../../otp/behaviour';
import { type ByRelease, valueIn } from '../../otp/by-release';
import type { OtpRelease } from '../../otp/otp-release';
import type { Term } from '../terms/term';
import type { ValueKind, ValueRule } from './value-rules';

/** The two lists of an option file. A node is the server of connections it accepts and the client of those it dials. */
export type Side = 'server' | 'client';

/** Both sides, in the order in which they are written and judged. */
export const SIDES: readonly Side[] = ['server', 'client'];

export function otherSide(side: Side): Side {
  return side === 'server' ? 'client' : 'server';
}

/**
 * The effect of an option: `ok`, OTP uses it; `ignored`, the connection is the same whatever its value; `error`, every connection of that side
 * fails, and most of the time only one of the two nodes logs why.
 */
export type Verdict = 'ok' | 'ignored' | 'error';

export type Verdicts = ByRelease<Verdict>;

/** The verdicts for one option on one side, for every value or for some. */
export interface SslOptionRow {
  readonly option: string;
  readonly side: Side;
  readonly kind: ValueKind;
  /** The row is about this value only. */
  readonly value?: boolean | string;
  /** The row is about values of this form only: OTP takes more, and the library does not offer it. */
  readonly form?: RegExp;
  readonly verdicts: Verdicts;
  /** The verdicts if TLS 1.3 is the only version, or 1.2 the only one; `verdicts` where absent. */
  readonly withTls13Only?: Verdicts;
  readonly withTls12Only?: Verdicts;
  /** The library writes this option itself, from a property of its own. */
  readonly writtenFrom?: string;
  readonly source: string;
}

/** Everything that the library knows about one TLS option. Lists of options are derived from these fields. */
export interface SslOption {
  readonly name: string;
  readonly kind: ValueKind;
  /** Where it is legal. */
  readonly rows: readonly SslOptionRow[];
  /** The values that OTP takes, if they are narrower or wider than the kind (`erlang/otp:lib/ssl/src/ssl.erl`). */
  readonly takes?: ValueRule;
  /** Absent if `-ssl_dist_opt` does not have the option. */
  readonly flat?: FlatForm;
  /** The name of what two nodes that both give a list need in common: `cipher suite`. */
  readonly negotiated?: string;
  /** Names of the list for TLS 1.3 that every release offers and accepts by default. Absent if none is known. */
  readonly inEveryDefault?: readonly string[];
  /** The value that holds where it is not given, as Erlang text. Absent if it is not known, or differs by the release. */
  readonly byDefault?: string;
  /**
   * A change of it in a plan is judged by a rule of its own, is a matter of one side, or matters only for certificates with an intermediate CA above
   * them. Absent if no rule judges it.
   */
  readonly inPlan?: 'judged' | 'one side' | 'below intermediates';
  /** Values with which less of the other node is verified than by default. Absent if no value has that effect. */
  readonly verifiesLess?: readonly Lessening[];
  /** On these sides, the certificate of the other node is judged by it. */
  readonly judgesPeerOn?: readonly Side[];
  /** The file that it names. */
  readonly file?: FileRole;
}

/** An effect of some values of an option: nodes are let in that the default keeps out. It is there where the verdict is `ok`. */
export interface Lessening {
  /** Absent if it concerns both sides. */
  readonly side?: Side;
  readonly holds: (value: Term) => boolean;
  /** Nodes that are let in: without any certificate of a trusted CA, or with one that is not right; or whom a function lets in, which is not read. */
  readonly admits: 'anyone' | 'others' | 'unknown';
  /** In words, for messages. */
  readonly effect: string;
  /** The releases whose default verifies more. Absent if all do. */
  readonly where?: Fact;
  /** It needs a version below TLS 1.3. */
  readonly belowTls13?: true;
}

export type FileRole = 'certificate' | 'key' | 'trust' | 'parameters';

/** The form of an option in `-ssl_dist_opt` (`ssl_option/2` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`). Any other word breaks every connection. */
export interface FlatForm {
  /** How a word is read. `atoms`: a list of one atom; `callback`: `{Module,Function,State}` for a fun and its state. */
  readonly as: 'string' | 'atom' | 'atoms' | 'integer' | 'term' | 'callback';
  /** Absent if both sides have it. */
  readonly side?: Side;
  /** Absent if every release has it. */
  readonly since?: Fact;
  /** The value that holds in releases that do not have it, as Erlang text. */
  readonly otherwise?: string;
}

/** The sets of TLS versions that verdicts tell apart. */
export type VersionSet = '1.3 only' | '1.2 only' | '1.3 and 1.2';

/** The effect of an option on a node of this release when these versions are enabled. */
export function verdictOf(row: SslOptionRow, otp: OtpRelease, versions: VersionSet): Verdict {
  if (versions === '1.3 only' && row.withTls13Only !== undefined) return valueIn(row.withTls13Only, otp);
  if (versions === '1.2 only' && row.withTls12Only !== undefined) return valueIn(row.withTls12Only, otp);
  return valueIn(row.verdicts, otp);
}
