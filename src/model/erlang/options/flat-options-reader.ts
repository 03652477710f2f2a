import { InvalidInput } from '../../findings/finding';
import { Releases } from '../../otp/releases';
import type { FlagUse } from '../flags/flag-use';
import { atom, integer, list, type Term, text } from '../terms/term';
import { readTerm } from '../terms/term-reader';
import { isFlatOption } from './flat-options';
import type { Option } from './option-file-reader';
import type { Side } from './ssl-option';
import type { TlsSettings } from './tls-settings';

/**
 * `-ssl_dist_opt server_certfile PATH client_verify verify_peer …`, as often as it is given: all its words are one list of pairs
 * (`ssl_options/2` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`). A side of which no word speaks is undefined.
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

/** The words of `-ssl_dist_opt` that the release does not understand, or passes over. A value is not among them: it may be a password. */
export function illegalWords(uses: readonly FlagUse[], releases: Releases): readonly string[] {
  const words = wordsOf(uses);
  const names = pairsIn(words).map(([name]) => name);
  // Where words are shifted by one, a password may stand where a name belongs.
  const illegal = names.flatMap((name, index) => {
    if (isFlatOption(name, releases)) return [];
    return /^(server|client)_[a-z_]+$/.test(name) ? [name] : [`word ${2 * index + 1}`];
  });
  return words.length % 2 === 0 ? illegal : [...illegal, 'an odd number of words'];
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

/** As `ssl_option/2` reads a value: by the option, a string, a number, a term, or an atom. */
function flatOption(name: string, value: string): Option {
  if (STRINGS.has(name)) return [name, text(value)];
  if (name === 'versions') return [name, list([atom(value)])];
  if (NUMBERS.has(name) && /^\d{1,15}$/.test(value)) return [name, integer(Number(value))];
  return [name, TERMS.has(name) ? termIn(value) : atom(value)];
}

const STRINGS: ReadonlySet<string> = new Set(['certfile', 'cacertfile', 'keyfile', 'dhfile', 'password', 'ciphers']);
const NUMBERS: ReadonlySet<string> = new Set(['depth', 'hibernate_after']);
const TERMS: ReadonlySet<string> = new Set(['crl_cache', 'verify_fun']);

function termIn(value: string): Term {
  try {
    return readTerm(`${value}.`);
  } catch (error) {
    if (error instanceof InvalidInput) return atom(value);
    throw error;
  }
}
