import { join } from 'node:path';

import * as fc from 'fast-check';

import { writeArgsFile } from '../../src/model/erlang/flags/args-file-writer';
import { couchDb } from '../../src/model/platforms/couchdb';
import { ErlangVm, readBackArgsFiles, type Runtime } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { inTemporaryDirectory } from '../support/programs/temporary-directory';
import { expectNone, sampleOf } from './laws/sample';

const SLOW_MS = 180_000;
const RUNS = 300;

const STAND_IN = join(__dirname, '../support/erlang/couch_dist.erl');

requires('erl')('patterns of plain-text nodes', () => {
  onEachRuntime('as the module of CouchDB reads them', (runtime) => {
    test(
      'match in Erlang what the library’s expression matches and what the documentation promises',
      async () => {
        const sample = sampleOf(patternAndNames(), RUNS);
        const values = await valuesInTheVm(runtime, sample.cases);
        const verdicts = await matchedInErlang(
          runtime,
          sample.cases.map(({ names }, index) => ({ value: values[index] ?? '', names })),
        );
        expectNone(
          sample,
          sample.cases.flatMap(({ pattern, names }, index) => {
            const expression = new RegExp(
              couchDb({ plainTextNodes: [pattern] }).plainTextNodes?.[0]?.expression ?? '',
              'u',
            );
            return names.flatMap((name, at) => {
              const erlang = verdicts[index]?.[at] === 'true';
              const library = expression.test(name);
              const reader = isMeant(pattern, name);
              return erlang === library && library === reader ? [] : [{ pattern, name, erlang, library, reader }];
            });
          }),
        );
        // A law that nothing ever matches, or everything, would say nothing.
        expect(new Set(verdicts.flat())).toEqual(new Set(['true', 'false']));
      },
      SLOW_MS,
    );
  });
});

interface Case {
  readonly pattern: string;
  readonly names: readonly string[];
}

/** The values of `no_tls`, as `init` has them after `erl` read the rendered flags. */
async function valuesInTheVm(runtime: Runtime, cases: readonly Case[]): Promise<string[]> {
  const files = cases.map(({ pattern }) => writeArgsFile(couchDb({ plainTextNodes: [pattern] }).flags ?? []));
  return (await readBackArgsFiles(runtime, files)).map((read) => {
    const [flag, ...others] = read.ok ? read.flags : [];
    expect([flag?.[0], flag?.[1][0], others]).toEqual(['couch_dist', 'no_tls', []]);
    return flag?.[1][1] ?? '';
  });
}

/** The stand-in's own matching, which it does not export: it is compiled anew in the machine, with everything exported. */
async function matchedInErlang(
  runtime: Runtime,
  cases: readonly { readonly value: string; readonly names: readonly string[] }[],
): Promise<string[][]> {
  return inTemporaryDirectory(async (directory) => {
    const vm = await ErlangVm.start({ runtime, directory, args: [] });
    try {
      const questions = cases.map(({ value, names }) => `{${codePoints(value)},[${names.map(codePoints).join(',')}]}`);
      const answer = await vm.evalText(
        `{ok, Module, Code} = compile:file("${STAND_IN}", [export_all, nowarn_export_all, binary]),
         {module, Module} = code:load_binary(Module, "couch_dist", Code),
         Verdicts = [[atom_to_list(Module:matches(Value, Name)) || Name <- Names] || {Value, Names} <- [${questions.join(',')}]],
         lists:join($\\n, [lists:join($\\s, Line) || Line <- Verdicts])`,
        { deadlineMs: SLOW_MS },
      );
      return answer.split('\n').map((line) => line.split(' '));
    } finally {
      await vm.stop();
    }
  });
}

function codePoints(text: string): string {
  return `[${[...text].map((character) => character.codePointAt(0)).join(',')}]`;
}

/** By hand, without regular expressions: `*` is any text, `?` one character, anything else itself. */
function isMeant(pattern: string, name: string): boolean {
  const [first, rest] = [pattern.slice(0, 1), pattern.slice(1)];
  if (pattern === '') return name === '';
  if (first === '*') return isMeant(rest, name) || (name !== '' && isMeant(pattern, name.slice(1)));
  return name !== '' && (first === '?' || first === name.slice(0, 1)) && isMeant(rest, name.slice(1));
}

/** A legal pattern, and names that match it, nearly match it, or are something else. */
function patternAndNames(): fc.Arbitrary<Case> {
  const piece = fc.constantFrom('a', 'B', '0', '_', '-', '*', '?', 'clouseau');
  const hostPiece = fc.constantFrom('x', '1', '.', '-', ':', '*', '?', '127.0.0.1', 'test');
  const side = (pieces: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.array(pieces, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  return fc
    .tuple(side(piece), side(hostPiece))
    .map(([left, right]) => `${left}@${right}`)
    .chain((pattern) =>
      fc.record({ pattern: fc.constant(pattern), names: fc.array(nameNear(pattern), { minLength: 4, maxLength: 4 }) }),
    );
}

function nameNear(pattern: string): fc.Arbitrary<string> {
  const filled = fc
    .array(fc.constantFrom('', 'a', 'x.y', '@', '.'), { minLength: pattern.length, maxLength: pattern.length })
    .map((texts) =>
      [...pattern]
        .map((one, index) => (one === '*' ? texts[index] : one === '?' ? (texts[index]?.[0] ?? 'q') : one))
        .join(''),
    );
  const changed = fc
    .tuple(filled, fc.nat(20), fc.constantFrom('', 'z', '.', 'a'))
    .map(([name, at, text]) => name.slice(0, at) + text + name.slice(at + 1));
  return fc.oneof(filled, changed, fc.constantFrom('a@x', 'clouseau@127.0.0.1', 'clouseau@127x0x0x1'));
}
