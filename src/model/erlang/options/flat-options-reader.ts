import { InvalidInput } from '../../findings/finding';
import { Releases } from '../../otp/releases';
import { type FlagUse, isPlaceholder } from '../flags/flag-use';
import { atom, call, integer, list, type Term, text } from '../terms/term';
import { readTerm } from '../terms/term-reader';
import { isFlatOption } from './flat-options';
import { nearOption } from './near-option';
import type { Option } from './option-file-reader';
import type { FlatForm, Side } from './ssl-option';
import { SSL_OPTIONS, sslOption } from './ssl-option-table';
import { type TlsSettings, valueOf } from './tls-settings';

/**
 * `-ssl_dist_opt server_certfile PATH client_verify verify_peer …`, as often as it is given: all its words are one list of pairs
 * (`ssl_options/2` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`). A side is absent if no word is about it.
 */
export function settingsOfFlags(uses: readonly FlagUse[]): TlsSettings | undefined {
  const words = wordsOf(uses);
  if (words.length === 0) return undefined;
  const side = (one: Side): readonly Option[] | undefined => {
    const options = pairsIn(words)
      .filter(([name]) => isFlatOption(name, Releases.EVERY) && name.startsWith(`${one}_`))
      .map(([name, value]) => flatOption(name.slice(one.length + 1), value));
    return options.length === 0 ? undefined : options;
  };
  return { server: side('server'), client: side('client') };
}

/** A word of `-ssl_dist_opt` in the place of a name. */
export interface IllegalWord {
  /** Counted from 1. */
  readonly place: number;
  /** Absent if it may be a secret: where words are shifted by one, a password stands where a name belongs. */
  readonly word?: string;
  /** The name that it nearly is. */
  readonly meant?: string;
}

/** The words of `-ssl_dist_opt` that stand in the place of a name, and that no release of these understands. */
export function illegalWords(uses: readonly FlagUse[], releases: Releases): readonly IllegalWord[] {
  const words = wordsOf(uses);
  // Such a word may stand for none or for several.
  if (words.some((word, index) => isPlaceholder(word) && index % 2 === 0)) return [];
  return words.flatMap((word, index) => {
    if (index % 2 === 1 || isFlatOption(word, releases)) return [];
    const meant = meantName(word, releases);
    const isHidden = meant === undefined && mayBePassword(words.slice(0, index));
    return [isHidden ? { place: index + 1 } : { place: index + 1, word, meant }];
  });
}

/** Whether a word lacks its value, or a value its name. */
export function hasOddWord(uses: readonly FlagUse[]): boolean {
  const words = wordsOf(uses);
  // A word that is not known may stand for none or for several.
  return words.length % 2 === 1 && !words.some(isPlaceholder);
}

function meantName(word: string, releases: Releases): string | undefined {
  const [, side = '', name = ''] = /^([a-z]+)_(.*)$/i.exec(word) ?? [];
  const meant = `${/^s/i.test(side) ? 'server' : 'client'}_${nearOption(name)}`;
  return isFlatOption(meant, releases) ? meant : undefined;
}

/** Whether a word that follows these may be part of a password: the last name before it is that of one, however it is spelled. */
function mayBePassword(before: readonly string[]): boolean {
  const name =
    before
      .filter((word) => /^[a-z]+_[a-z_]+$/i.test(word))
      .at(-1)
      ?.replace(/^[a-z]+_/i, '') ?? '';
  return /pass|pw|secret/i.test(name) || nearOption(name) === 'password';
}

function wordsOf(uses: readonly FlagUse[]): readonly string[] {
  return uses.filter(({ name }) => name === 'ssl_dist_opt').flatMap(({ values }) => values);
}

function pairsIn(words: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return Array.from(
    { length: Math.floor(words.length / 2) },
    (_, index) => [words[2 * index] ?? '', words[2 * index + 1] ?? ''] as const,
  );
}

function flatOption(name: string, word: string): Option {
  return [name, isPlaceholder(word) ? call(word) : readWord(word, sslOption(name)?.flat?.as)];
}

/** A value as `ssl_option/2` reads it. */
function readWord(word: string, as: FlatForm['as'] = 'atom'): Term {
  switch (as) {
    case 'string':
      return text(word);
    case 'atoms':
      return list([atom(word)]);
    case 'integer':
      return /^\d{1,15}$/.test(word) ? integer(Number(word)) : atom(word);
    case 'term':
    case 'callback':
      return termIn(word);
    case 'atom':
      return atom(word);
  }
}

/** The options of a side whose flags leave out what holds anyway, as the library writes them for releases that do not know the word. */
export function withFlatDefaults(options: readonly Option[]): readonly Option[] {
  const defaults = SSL_OPTIONS.flatMap(({ name, flat }) =>
    flat?.otherwise === undefined || valueOf(name, options) !== undefined
      ? []
      : [[name, readTerm(`${flat.otherwise}.`)] as const],
  );
  return [...options, ...defaults];
}

function termIn(value: string): Term {
  try {
    return readTerm(`${value}.`);
  } catch (error) {
    if (error instanceof InvalidInput) return atom(value);
    throw error;
  }
}
