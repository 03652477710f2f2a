import type { Releases } from '../../otp/releases';
import { isCodePoints, type Term } from '../terms/term';
import type { Option } from './option-file-reader';
import type { FileRole, Side } from './ssl-option';
import { optionsNaming } from './ssl-option-table';
import { defaultVersions } from './tls-versions';

/** The options of both sides, from an option file or from flags. */
export type TlsSettings = Readonly<Partial<Record<Side, readonly Option[]>>>;

/** A certificate and its key. */
export interface PairFiles {
  readonly certfile?: string;
  readonly keyfile?: string;
}

/** The files of one side, by the options that name them. */
export interface SideFiles {
  /** One, or those of `certs_keys`, from OTP 25 on. */
  readonly pairs: readonly PairFiles[];
  readonly cacertfile?: string;
  /** Parameters of Diffie-Hellman. */
  readonly others: readonly string[];
}

/** The value of an option; the first one if it is given twice. */
export function valueOf(name: string, options: readonly Option[] = []): Term | undefined {
  return valuesOf(name, options)[0];
}

/** Every value of an option: if it is given twice, the release decides which one counts. */
export function valuesOf(name: string, options: readonly Option[]): readonly Term[] {
  return options.filter(([one]) => one === name).map(([, value]) => value);
}

/** The names in a list. Absent if the option is not given, or holds anything else. Cipher suites may be one string with colons. */
export function namesIn(option: string, options: readonly Option[] = []): readonly string[] | undefined {
  const value = valueOf(option, options);
  if (value?.kind === 'text') return value.text.split(':');
  if (value?.kind !== 'list') return undefined;
  const names = value.elements.map((one) =>
    one.kind === 'atom' ? one.name : one.kind === 'text' ? one.text : undefined,
  );
  const known = names.filter((name) => name !== undefined);
  // An element that is written in another way may mean any name.
  return known.length === names.length ? known : undefined;
}

/** The TLS versions of a side: those that are given, or else the default. Absent if the default differs by the release. */
export function versionsOf(options: readonly Option[] = [], releases: Releases): readonly string[] | undefined {
  return namesIn('versions', options) ?? defaultVersions(releases);
}

export function isAtom(term: Term | undefined, ...names: readonly string[]): boolean {
  return term?.kind === 'atom' && names.includes(term.name);
}

export function filesOf(options: readonly Option[] = []): SideFiles {
  const paths = (role: FileRole, from: readonly Option[]): readonly string[] =>
    optionsNaming(role).flatMap((name) => pathIn(valueOf(name, from)) ?? []);
  const pairs = pairsOf(valueOf('certs_keys', options));
  return {
    pairs: (pairs.length === 0 ? [options] : pairs).map((pair) => {
      const [certfile] = paths('certificate', pair);
      const [keyfile = certfile] = paths('key', pair);
      return { certfile, keyfile };
    }),
    cacertfile: paths('trust', options)[0],
    others: paths('parameters', options),
  };
}

/** `[#{certfile => …, keyfile => …}, …]` as options. */
function pairsOf(pairs: Term | undefined): readonly (readonly Option[])[] {
  const maps = pairs?.kind === 'list' ? pairs.elements : [];
  return maps.flatMap((one) =>
    one.kind === 'map'
      ? [one.entries.flatMap(([key, value]) => (key.kind === 'atom' ? [[key.name, value] as const] : []))]
      : [],
  );
}

/** The paths of these files, each once. */
export function pathsOf(options: readonly Option[]): readonly string[] {
  const { pairs, cacertfile, others } = filesOf(options);
  const ofPairs = pairs.flatMap(({ certfile, keyfile }) => [certfile, keyfile]);
  return [...new Set([...ofPairs, cacertfile, ...others].filter((path) => path !== undefined))];
}

/** Whether certificates are checked against revocation lists. */
export function asksForRevocation(options: readonly Option[]): boolean {
  return isAtom(valueOf('crl_check', options), 'true', 'peer', 'best_effort');
}

/** The directory of `{crl_cache,{ssl_crl_hash_dir,{internal,[{dir,"…"}]}}}`. */
export function crlDirectoryOf(options: readonly Option[]): string | undefined {
  return pathIn(nested(valueOf('crl_cache', options), ['ssl_crl_hash_dir', 'internal', 'dir']));
}

/** The value inside nested tuples that begin with these atoms; each tuple may stand in a list. */
export function nested(term: Term | undefined, [name, ...names]: readonly string[]): Term | undefined {
  if (name === undefined || term === undefined) return term;
  const tuples = term.kind === 'list' ? term.elements : [term];
  const found = tuples.find((one) => one.kind === 'tuple' && isAtom(one.elements[0], name));
  return found?.kind === 'tuple' ? nested(found.elements[1], names) : undefined;
}

/** A path, given as a string or as its bytes. A key that stands in the place of a path is never repeated in a message. */
function pathIn(term: Term | undefined): string | undefined {
  const path = textIn(term);
  return path !== undefined && isKeyText(path) ? 'PEM text and no path' : path;
}

/** PEM, or its Base64 alone: a sequence in DER begins with this letter. */
function isKeyText(path: string): boolean {
  return path.includes('-----BEGIN') || /^\s*M[A-Za-z0-9+/=\s]{59,}$/.test(path);
}

/** A string in any of its notations: text, a binary, or a list of characters. */
export function textIn(term: Term | undefined): string | undefined {
  if (term?.kind === 'text') return term.text;
  if (term?.kind === 'binary') return new TextDecoder().decode(Uint8Array.from(term.bytes));
  if (term === undefined || !isCodePoints(term)) return undefined;
  return term.elements.map((one) => (one.kind === 'integer' ? characterOf(one.value) : '')).join('');
}

function characterOf(codePoint: bigint): string {
  return codePoint >= 0n && codePoint <= 0x10ffffn ? String.fromCodePoint(Number(codePoint)) : '\ufffd';
}
