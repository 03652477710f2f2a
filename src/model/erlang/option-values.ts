import type { ValueKind } from './ssl-option';
import type { Term } from './term';

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
const isNumber = (value: Term): boolean => value.kind === 'integer' && value.value >= 0n;
const isString = (value: Term): boolean => value.kind === 'text' || isCodePoints(value);
/** `[]` is the empty string. */
const isPath = (value: Term): boolean => isString(value) || (value.kind === 'binary' && value.bytes.length > 0);

/** A string that is written as the list of its characters: `[$/,$e,$t,$c]`. */
export function isCodePoints(value: Term): value is Term & { kind: 'list' } {
  return isList(value) && value.kind === 'list' && value.elements.every(({ kind }) => kind === 'integer');
}

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
    takes: (value) => isList(value) || isString(value),
  },
  path: { expected: 'a path, as a string', takes: isPath },
  term: ANY,
};

const LEVELS = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug', 'none', 'all'];

/** The newest first, without a gap: a node that speaks two versions speaks those between them. */
const VERSIONS = ['tlsv1.3', 'tlsv1.2', 'tlsv1.1', 'tlsv1'];

/** Options whose values are narrower, or wider, than their kinds (`erlang/otp:lib/ssl/src/ssl.erl`, from OTP 28 on `ssl_config.erl`). */
const BY_OPTION: Readonly<Record<string, ValueRule | undefined>> = {
  verify: { expected: 'verify_peer or verify_none', takes: isOneOf('verify_peer', 'verify_none') },
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
  password: { expected: 'a string, or a fun', takes: (value) => isPath(value) || value.kind === 'fun' },
  versions: { expected: `a list of ${VERSIONS.join(', ')} without a gap`, takes: areVersions },
};

function areVersions(value: Term): boolean {
  if (value.kind !== 'list' || value.elements.length === 0) return false;
  const places = value.elements.map((one) => (one.kind === 'atom' ? VERSIONS.indexOf(one.name) : -1));
  const distinct = new Set(places);
  return !distinct.has(-1) && Math.max(...places) - Math.min(...places) === distinct.size - 1;
}

/**
 * What the `ssl` application and the sockets below it know beside the options of the table. No verdicts stand behind these: nobody configures
 * distribution with them, and what they do there is left to OTP.
 */
const OTHERS: ReadonlySet<string> = new Set(
  (
    'alpn_advertised_protocols alpn_preferred_protocols anti_replay beast_mitigation cacerts cb_info cert ' +
    'client_preferred_next_protocols cookie dh early_data erl_dist fallback handshake keep_secrets key log_alert max_fragment_length ' +
    'next_protocol_selector next_protocols_advertised ocsp_nonce ocsp_responder_certs ocsp_stapling padding_check partial_chain ' +
    'protocol psk_identity receiver_spawn_opts renegotiate_at reuse_session sender_spawn_opts sni_fun sni_hosts srp_identity ssl_imp ' +
    'use_srtp use_ticket user_lookup_fun verify_client_once active delay_send header high_msgq_watermark high_watermark keepalive ' +
    'linger low_msgq_watermark low_watermark mode nodelay packet packet_size priority recbuf send_timeout send_timeout_close sndbuf ' +
    'buffer tos inet inet6 binary list'
  ).split(' '),
);

/** Whether OTP has an option of that name which the table does not have. */
export function isOtherOption(name: string): boolean {
  return OTHERS.has(name);
}
