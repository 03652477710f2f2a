import { isCodePoints, type Term } from '../terms/term';
import type { ValueKind } from './ssl-option';

/** What OTP takes for the value of an option, in words, and whether a term is that. */
interface ValueRule {
  readonly expected: string;
  readonly takes: (value: Term) => boolean;
}

/** Why OTP would refuse the value; undefined where it would not, or where that is not known. No value is in it: it may be a secret. */
export function wrongValue(option: string, kind: ValueKind | undefined, value: Term): string | undefined {
  // What a call gives is not known here.
  if (value.kind === 'call') return undefined;
  const rule = BY_OPTION[option] ?? (kind && BY_KIND[kind]);
  return rule === undefined || rule.takes(value) ? undefined : `it takes ${rule.expected}`;
}

const isOneOf =
  (...names: readonly string[]) =>
  (value: Term): boolean =>
    value.kind === 'atom' && names.includes(value.name);

const isList = (value: Term): boolean => value.kind === 'list' && value.elements.length > 0;
const isNumber = (value: Term): boolean => isFrom(0n)(value);
const isFrom =
  (least: bigint, most?: bigint) =>
  (value: Term): boolean =>
    value.kind === 'integer' && value.value >= least && (most === undefined || value.value <= most);
const isString = (value: Term): boolean => value.kind === 'text' || isCodePoints(value);
/** `[]` is the empty string. */
const isText = (value: Term): boolean =>
  isString(value) || value.kind === 'binary' || (value.kind === 'list' && value.elements.length === 0);
const isPath = (value: Term): boolean => isString(value) || (value.kind === 'binary' && value.bytes.length > 0);

const ANY = { expected: 'anything', takes: (): boolean => true };
const BOOLEAN = { expected: 'true or false', takes: isOneOf('true', 'false') };

const BY_KIND: Readonly<Record<ValueKind, ValueRule>> = {
  boolean: BOOLEAN,
  integer: { expected: 'a whole number from 0 on', takes: isNumber },
  atom: { expected: 'an atom', takes: ({ kind }) => kind === 'atom' },
  atoms: { expected: 'a list', takes: isList },
  string: { expected: 'a string', takes: isString },
  strings: {
    expected: 'a list of suites, or a string of their names',
    takes: (value) => value.kind === 'list' || isString(value),
  },
  path: { expected: 'a path, as a string', takes: isPath },
  term: ANY,
};

const LEVELS = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug', 'none', 'all'];

const VERSIONS = ['tlsv1.3', 'tlsv1.2', 'tlsv1.1', 'tlsv1'];

/** Options whose values are narrower, or wider, than their kinds (`erlang/otp:lib/ssl/src/ssl.erl`, from OTP 28 on `ssl_config.erl`). */
const BY_OPTION: Readonly<Record<string, ValueRule | undefined>> = {
  verify: { expected: 'verify_peer or verify_none', takes: isOneOf('verify_peer', 'verify_none') },
  depth: { expected: 'a whole number from 0 to 255', takes: isFrom(0n, 255n) },
  max_handshake_size: { expected: 'a whole number from 1 to 8388607', takes: isFrom(1n, 8_388_607n) },
  key_update_at: { expected: 'a whole number from 1 on', takes: isFrom(1n) },
  crl_check: { expected: 'true, false, peer or best_effort', takes: isOneOf('true', 'false', 'peer', 'best_effort') },
  log_level: { expected: 'a level of logger, none or all', takes: isOneOf(...LEVELS) },
  reuse_sessions: { expected: 'true, false or save', takes: isOneOf('true', 'false', 'save') },
  hibernate_after: {
    expected: 'milliseconds, or infinity',
    takes: (value) => isNumber(value) || isOneOf('infinity', 'undefined')(value),
  },
  server_name_indication: {
    expected: 'a string, or disable',
    takes: (value) => isString(value) || isOneOf('disable')(value),
  },
  password: { expected: 'a string, or a fun', takes: (value) => isText(value) || value.kind === 'fun' },
  versions: {
    expected: `a list of ${VERSIONS.join(', ')}, and with tlsv1.3 and others also tlsv1.2`,
    takes: areVersions,
  },
};

/** OTP minds one gap alone: 1.3 with others, and without 1.2 (`erlang/otp:lib/ssl/src/ssl.erl`). */
function areVersions(value: Term): boolean {
  if (value.kind !== 'list' || value.elements.length === 0) return false;
  const names = new Set(value.elements.map((one) => (one.kind === 'atom' ? one.name : '')));
  if (![...names].every((name) => VERSIONS.includes(name))) return false;
  return !names.has('tlsv1.3') || names.size === 1 || names.has('tlsv1.2');
}
