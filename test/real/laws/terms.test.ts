import * as fc from 'fast-check';

import {
  atom,
  binary,
  externalFun,
  integer,
  list,
  map,
  type Term,
  text,
  tuple,
} from '../../../src/model/erlang/terms/term';
import { readTerm } from '../../../src/model/erlang/terms/term-reader';
import { writeTerm } from '../../../src/model/erlang/terms/term-writer';
import { InvalidInput } from '../../../src/model/findings/finding';
import { type ParsedTerm, parseTerms, type Runtime, takenAsParameters } from '../../support/erlang';
import { onEachRuntime } from '../../support/erlang/blocks';
import { PARAMETER_WORDS } from '../../support/erlang/parameter-words';
import { requires } from '../../support/programs/requires';
import { expectNone, sampleOf } from './sample';

const SLOW_MS = 180_000;
const RUNS = 1000;

const HEADER = '%% coding: utf-8\n';

/** The keywords of Erlang's reference manual, and words that look like some. */
const KEYWORDS = (
  'after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive rem try ' +
  'when xor query spec true undefined nor export'
).split(' ');

requires('erl')('terms, as Erlang reads them', () => {
  onEachRuntime('as an option file', (runtime) => {
    test(
      'equal the written terms',
      async () => {
        const sample = sampleOf(anyTerm(), RUNS);
        const terms = [...KEYWORDS.map(atom), ...sample.cases];
        const written = terms.map((term) => `${HEADER}${writeTerm(term)}.\n`);
        const meant = terms.map((term) => `${calls(term)}.\n`);
        const pairs = await parsePairs(runtime, written, meant);
        expectNone(
          sample,
          written.flatMap((source, index) => (isOneTerm(pairs[index]) ? [] : [{ source, pair: pairs[index] }])),
        );
      },
      SLOW_MS,
    );

    test(
      'equal the terms that the library reads',
      async () => {
        const sample = sampleOf(anySource(), RUNS);
        const sources = [...KEYWORDS.map((word) => `${word}.`), ...sample.cases];
        const accepted = sources.flatMap((source) => {
          const term = tryRead(source);
          return term === undefined ? [] : [{ source, term }];
        });
        // Most of the sources are no terms; that many are enough to mean something.
        expect(accepted.length).toBeGreaterThan(RUNS / 10);
        const pairs = await parsePairs(
          runtime,
          accepted.map(({ source }) => HEADER + source),
          accepted.map(({ term }) => `${calls(term)}.\n`),
        );
        expectNone(
          sample,
          accepted.flatMap(({ source }, index) => (isOneTerm(pairs[index]) ? [] : [{ source, pair: pairs[index] }])),
        );
      },
      SLOW_MS,
    );
  });

  onEachRuntime('as parameters of applications', (runtime) => {
    test(
      'are told from other words, and what only some releases take is not called either',
      async () => {
        const taken = await takenAsParameters(
          runtime,
          PARAMETER_WORDS.map(({ word }) => word),
        );
        const wrong = PARAMETER_WORDS.filter(({ takenBy }, index) => taken[index] !== takenBy.includes(runtime.otp));
        expect(wrong).toEqual([]);
      },
      SLOW_MS,
    );
  });
});

type Pair = readonly [ParsedTerm | undefined, ParsedTerm | undefined];

/** Both halves in one machine: the order of a map's keys is that machine's own. */
async function parsePairs(runtime: Runtime, left: readonly string[], right: readonly string[]): Promise<Pair[]> {
  const parsed = await parseTerms(runtime, [...left, ...right]);
  return left.map((_, index) => [parsed[index], parsed[left.length + index]]);
}

function isOneTerm([one, other]: Pair = [undefined, undefined]): boolean {
  return one?.ok === true && other?.ok === true && one.external.equals(other.external);
}

function tryRead(source: string): Term | undefined {
  try {
    return readTerm(source);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** Any text that Erlang can hold: code points, not halves of them, and without the two that it takes for no characters. */
const anyText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }).map((some) => some.replace(/[\ufffe\uffff]/g, '')),
    awkwardText(),
  );

const awkwardText = (): fc.Arbitrary<string> =>
  fc
    .array(
      fc.constantFrom('"', "'", '\\', '\n', '\0', '\x7f', '~', '${', '%', '\u00e9', '\u{1f995}', '\u2028', '\\x{'),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join(''));

const anyAtomName = (): fc.Arbitrary<string> =>
  fc.oneof(
    anyText(),
    fc.constantFrom('ok', 'end', 'maybe', 'else', 'fun', 'tlsv1.3', 'verify_peer', 'Ok', '_', 'a@b', ''),
  );

function anyTerm(): fc.Arbitrary<Term> {
  return fc.letrec<{ term: Term }>((tie) => {
    const terms = fc.array(tie('term'), { maxLength: 4 });
    return {
      term: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        anyAtomName().map(atom),
        fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(integer),
        anyText().map(text),
        fc.uint8Array({ maxLength: 12 }).map(binary),
        fc
          .tuple(anyAtomName(), anyAtomName(), fc.nat(255))
          .map(([module, name, arity]) => externalFun(module, name, arity)),
        terms.map((elements) => tuple(...elements)),
        terms.map(list),
        fc
          .array(fc.tuple(anyAtomName().map(atom), tie('term')), { maxLength: 3 })
          .map(uniqueKeys)
          .map(map),
      ),
    };
  }).term;
}

function uniqueKeys<T>(entries: [Term & { kind: 'atom' }, T][]): [Term, T][] {
  return [...new Map(entries.map(([key, value]) => [key.name, [key, value]])).values()] as [Term, T][];
}

/**
 * The term as calls that make it from numbers alone: an option file is evaluated, so Erlang can be asked for a term without any quoting.
 */
function calls(term: Term): string {
  switch (term.kind) {
    case 'atom':
      return `erlang:list_to_atom(${codePoints(term.name)})`;
    case 'integer':
      return String(term.value);
    case 'text':
      return codePoints(term.text);
    case 'binary':
      return `erlang:list_to_binary([${term.bytes.join(',')}])`;
    case 'tuple':
      return `erlang:list_to_tuple([${term.elements.map(calls).join(',')}])`;
    case 'list':
      return `[${term.elements.map(calls).join(',')}]`;
    case 'map':
      return `maps:from_list([${term.entries.map(([key, value]) => `{${calls(key)},${calls(value)}}`).join(',')}])`;
    case 'fun':
      return `erlang:make_fun(${calls(atom(term.module))},${calls(atom(term.name))},${term.arity})`;
    case 'call':
      throw new Error('a call is no literal term');
  }
}

function codePoints(characters: string): string {
  return `[${[...characters].map((character) => character.codePointAt(0)).join(',')}]`;
}

/** Tokens in an order that is often a term: a written term with parts replaced, and blanks between. */
function anySource(): fc.Arbitrary<string> {
  const token = fc.constantFrom(
    ...[
      'a',
      'Ab',
      '_',
      "'a b'",
      "'\\x{e9}'",
      '"s"',
      '"\\n\\s\\d\\e\\^a\\101\\x41"',
      '"a" "b"',
      '1',
      '16#fF',
      '2#102',
      '1_000',
      '-1',
      '- 1',
    ],
    ...[
      '$a',
      '$\\n',
      '$\\\\',
      '$ ',
      '<<',
      '>>',
      '<<1,2>>',
      '<<"ab">>',
      '<<"é">>',
      '#{',
      '=>',
      'fun',
      'fun a:b/1',
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '/',
      '(',
      ')',
      '.',
      '. ',
    ],
    ...[
      '1.5',
      '1.0e3',
      'é',
      '日',
      '"é日"',
      "'é'",
      '|',
      'end',
      'maybe',
      '#',
      '-',
      '+',
      '?',
      '"""',
      '~"s"',
      '%c\n',
      '\u00a0',
    ],
  );
  const separators = fc.constantFrom('', ' ', '\n', '\t', ' % x\n', '\u00a0');
  const soup = fc
    .array(fc.tuple(token, separators), { minLength: 1, maxLength: 6 })
    .map((parts) => `${parts.flat().join('')}.`);
  const value = fc.constantFrom(
    ...[
      'a',
      "'a b'",
      '"s"',
      '"a" "b"',
      '1',
      '16#fF',
      '36#zZ',
      '1_000',
      '-1',
      '- 1',
      '$a',
      '$\\n',
      '$ ',
      '$\\x41',
      '$\\^A',
      '<<1,2>>',
      '<<"ab">>',
      '<<>>',
    ],
    ...[
      '<<"a",1>>',
      '<<"é">>',
      'fun a:b/1',
      "fun 'A':'B'/255",
      '"é日"',
      "'é'",
      'é',
      '"\\101\\x{1f995}\\d\\e\\s\\0"',
      '#{}',
      '#{a => 1,b => []}',
      '{}',
      '[]',
      '""',
      '"\n"',
    ],
  );
  const structured = fc
    .tuple(
      fc.array(fc.tuple(value, separators), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('[]', '{}', ''),
      separators,
    )
    .map(([values, brackets, separator]) => {
      const inner = values.map(([one, blank]) => blank + one + blank).join(',');
      return `${separator}${brackets.slice(0, 1)}${inner}${brackets.slice(1)}${separator}.\n`;
    });
  return fc.oneof({ arbitrary: soup, weight: 1 }, { arbitrary: structured, weight: 2 });
}
