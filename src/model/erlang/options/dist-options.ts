import { absolutePath } from '../../cluster/absolute-path';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { OtpRelease } from '../../otp/otp-release';
import { isCharacter } from '../terms/source-text';
import { atom, integer, list, pathTerm, type Term, text, tuple } from '../terms/term';
import { readTerm } from '../terms/term-reader';
import type { Side, SslOptionRow, ValueKind } from './ssl-option';
import { optionRow } from './ssl-option-table';
import type { ClientSslOptions, ServerSslOptions } from './ssl-options';
import type { TlsVersions } from './tls-versions';

/** What the options of a node or a tool are made from. Paths are absolute paths on the node. */
export interface DistOptionsInput {
  readonly otp: OtpRelease;
  readonly certfile: string;
  readonly keyfile?: string;
  readonly cacertfile: string;
  readonly versions: TlsVersions;
  readonly unsafeVerifyNone: boolean;
  readonly crlDirectory?: string;
  readonly serverOptions: ServerSslOptions;
  readonly clientOptions: ClientSslOptions;
}

/** The options of one side, in the order they are written; no name twice. */
export type SideOptions = readonly (readonly [option: string, value: Term])[];

/** The options of both sides. A tool that only dials has no server side. */
export interface DistOptions {
  readonly server?: SideOptions;
  readonly client: SideOptions;
}

/** The options of a node: it accepts and dials. */
export function nodeOptions(input: DistOptionsInput): DistOptions {
  return Object.freeze({ server: sideOptions('server', input), client: sideOptions('client', input) });
}

/** The options of a tool: it dials. */
export function toolOptions(input: DistOptionsInput): DistOptions {
  return Object.freeze({ client: sideOptions('client', input) });
}

function sideOptions(side: Side, input: DistOptionsInput): SideOptions {
  const { certfile, keyfile, cacertfile, versions, unsafeVerifyNone, crlDirectory } = input;
  const verifies = !unsafeVerifyNone;
  return [
    ['certfile', checkedPath('certfile', certfile)],
    ...(keyfile === undefined ? [] : [['keyfile', checkedPath('keyfile', keyfile)] as const]),
    ['cacertfile', checkedPath('cacertfile', cacertfile)],
    ['verify', atom(verifies ? 'verify_peer' : 'verify_none')],
    // Up to OTP 25 the default lets a client without a certificate in; on the client's side it is an error from 26 on.
    ...(side === 'server' && verifies ? [['fail_if_no_peer_cert', atom('true')] as const] : []),
    ['versions', list(versions.names.map(atom))],
    ...(crlDirectory === undefined ? [] : crlOptions(crlDirectory)),
    ...extraOptions(side, input),
  ];
}

function checkedPath(subject: string, path: string): Term {
  return pathTerm(absolutePath(subject, path));
}

/**
 * `ssl_crl_hash_dir` reads `<hash>.r0` files, as `openssl rehash` names them, at every handshake. `peer` checks the leaf: the root is
 * trusted by its presence in the bundle, and has no list to be on.
 */
function crlOptions(directory: string): SideOptions {
  const dir = list([tuple(atom('dir'), checkedPath('crlDirectory', directory))]);
  return [
    ['crl_check', atom('peer')],
    ['crl_cache', tuple(atom('ssl_crl_hash_dir'), tuple(atom('internal'), dir))],
  ];
}

function extraOptions(side: Side, input: DistOptionsInput): SideOptions {
  return givenOptions(side, input).map(({ option, value }) => {
    const row =
      optionRow(option, side, value) ?? refuse(SSL_OPTION_UNKNOWN, { subject: `${side} option`, got: option });
    return [option, valueTerm(row, value)] as const;
  });
}

export const SSL_OPTION_UNKNOWN = rule({
  code: 'ssl-option-unknown',
  severity: 'error',
  problem: 'is not in the option table',
  expected: 'an option of docs/ssl-options.md',
  remedy:
    'check the spelling: OTP ignores an unknown option on the server side and drops every connection on the client side',
  inErlang: 'nothing: on the server side it is passed over, on the client side every dial fails',
});

/** The user's own options of a side, by OTP's names, without those left undefined. */
export function givenOptions(side: Side, input: DistOptionsInput): readonly { option: string; value: unknown }[] {
  const given: Record<string, unknown> = { ...(side === 'server' ? input.serverOptions : input.clientOptions) };
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ option: name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`), value }));
}

function valueTerm({ option, side, kind }: SslOptionRow, value: unknown): Term {
  const subject = `${side} option "${option}"`;
  const { expected, read } = VALUE_READERS[kind];
  const term = read(value, subject);
  return term ?? refuse(SSL_OPTION_WRONG_VALUE, { subject, got: value, detail: `its kind is ${expected}` });
}

export const SSL_OPTION_WRONG_VALUE = rule({
  code: 'ssl-option-wrong-value',
  severity: 'error',
  problem: 'has a value of the wrong kind',
  expected: 'a value of the kind in docs/ssl-options.md',
  remedy: 'correct the value',
  inErlang:
    'where the node is dialled, "Invalid TLS option", or a crash with "function_clause"; where it dials, often nothing',
});

interface ValueReader {
  readonly expected: string;
  /** The value as a term; undefined for a value of another kind. */
  readonly read: (value: unknown, subject: string) => Term | undefined;
}

const VALUE_READERS: Readonly<Record<ValueKind, ValueReader>> = {
  boolean: {
    expected: 'true or false',
    read: (value) => (typeof value === 'boolean' ? atom(String(value)) : undefined),
  },
  integer: {
    expected: 'a whole number from 0 on',
    read: (value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? integer(value) : undefined,
  },
  atom: { expected: 'the name of an atom', read: (value) => (isAtomName(value) ? atom(value) : undefined) },
  atoms: {
    expected: 'a list of names of atoms',
    read: (value) => (isListOf(isAtomName, value) ? list(value.map(atom)) : undefined),
  },
  string: { expected: 'a string', read: (value) => (isText(value) ? text(value) : undefined) },
  strings: {
    expected: 'a list of strings',
    read: (value) => (isListOf(isText, value) ? list(value.map(text)) : undefined),
  },
  path: {
    expected: 'an absolute path',
    read: (value, subject) => (isText(value) ? checkedPath(subject, value) : undefined),
  },
  term: {
    expected: 'the text of a literal Erlang term',
    read: (value) => (isText(value) ? readTerm(`${value}.`) : undefined),
  },
};

/** The atoms that options take: `notice`, `secp256r1`, `tlsv1.3`. */
function isAtomName(value: unknown): value is string {
  return isText(value) && /^[a-z][0-9A-Za-z_.]*$/.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && [...value].every((one) => isCharacter(one.codePointAt(0) ?? 0));
}

function isListOf<T>(isElement: (value: unknown) => value is T, value: unknown): value is T[] {
  return Array.isArray(value) && value.length > 0 && value.every(isElement);
}
