import { type Option, tryReadOptionFile } from '../erlang/option-file-reader';
import type { Side } from '../erlang/ssl-option';
import { atom, type Term, text } from '../erlang/term';
import type { FlagUse } from './flag-carriers';

/** The options of both sides, from an option file or from flags. */
export type TlsSettings = Readonly<Partial<Record<Side, readonly Option[]>>>;

/** The files of one side, by the options that name them. */
export interface SideFiles {
  readonly certfile?: string;
  readonly keyfile?: string;
  readonly cacertfile?: string;
}

/** Undefined where the text is no option file. */
export function settingsOfFile(source: string): TlsSettings | undefined {
  return tryReadOptionFile(source);
}

/** `-ssl_dist_opt server_certfile PATH client_verify verify_peer …`, as often as it is given. */
export function settingsOfFlags(uses: readonly FlagUse[]): TlsSettings | undefined {
  const values = uses.filter(({ name }) => name === 'ssl_dist_opt').flatMap((use) => use.values);
  if (values.length === 0) return undefined;
  const pairs = Array.from({ length: Math.floor(values.length / 2) }, (_, index) =>
    values.slice(2 * index, 2 * index + 2),
  );
  const side = (one: Side): Option[] =>
    pairs
      .filter(([name = '']) => name.startsWith(`${one}_`))
      .map(([name = '', value = '']) => flatOption(name.slice(one.length + 1), value));
  return { server: side('server'), client: side('client') };
}

function flatOption(name: string, value: string): Option {
  if (PATHS.has(name)) return [name, text(value)];
  return [name, name === 'versions' ? { kind: 'list', elements: [atom(value)] } : atom(value)];
}

const PATHS: ReadonlySet<string> = new Set(['certfile', 'cacertfile', 'keyfile', 'dhfile', 'password']);

/** The value of an option; of one that is given twice the first. */
export function valueOf(name: string, options: readonly Option[] = []): Term | undefined {
  return options.find(([one]) => one === name)?.[1];
}

export function isAtom(term: Term | undefined, ...names: readonly string[]): boolean {
  return term?.kind === 'atom' && names.includes(term.name);
}

/** Of several pairs in `certs_keys`, from OTP 25 on, the first one counts here. */
export function filesOf(options: readonly Option[] = []): SideFiles {
  const pair = firstPair(valueOf('certs_keys', options)) ?? options;
  const path = (name: string, from = pair): string | undefined => pathIn(valueOf(name, from));
  const certfile = path('certfile');
  return { certfile, keyfile: path('keyfile') ?? certfile, cacertfile: path('cacertfile', options) };
}

/** `[#{certfile => …, keyfile => …}]` as options. */
function firstPair(pairs: Term | undefined): readonly Option[] | undefined {
  const [first] = pairs?.kind === 'list' ? pairs.elements : [];
  if (first?.kind !== 'map') return undefined;
  return first.entries.flatMap(([key, value]) => (key.kind === 'atom' ? [[key.name, value] as const] : []));
}

/** The paths of these files, each once. */
export function pathsOf(options: readonly Option[]): readonly string[] {
  const { certfile, keyfile, cacertfile } = filesOf(options);
  return [...new Set([certfile, keyfile, cacertfile].filter((path) => path !== undefined))];
}

/** The directory of `{crl_cache,{ssl_crl_hash_dir,{internal,[{dir,"…"}]}}}`, where lists are asked for. */
export function crlDirectoryOf(options: readonly Option[]): string | undefined {
  if (!isAtom(valueOf('crl_check', options), 'true', 'peer', 'best_effort')) return undefined;
  return pathIn(nested(valueOf('crl_cache', options), ['ssl_crl_hash_dir', 'internal', 'dir']));
}

/** The value behind these atoms, one tuple in the other, or in a list of them. */
function nested(term: Term | undefined, [name, ...names]: readonly string[]): Term | undefined {
  if (name === undefined || term === undefined) return term;
  const tuples = term.kind === 'list' ? term.elements : [term];
  const found = tuples.find((one) => one.kind === 'tuple' && isAtom(one.elements[0], name));
  return found?.kind === 'tuple' ? nested(found.elements[1], names) : undefined;
}

/** A path is a string, or the bytes of one. Where somebody put the key itself in its place, no message may repeat it. */
export function pathIn(term: Term | undefined): string | undefined {
  const path = stringIn(term);
  return path?.includes('-----BEGIN') === true ? 'PEM text and no path' : path;
}

function stringIn(term: Term | undefined): string | undefined {
  if (term?.kind === 'text') return term.text;
  if (term?.kind === 'binary') return new TextDecoder().decode(Uint8Array.from(term.bytes));
  return undefined;
}
