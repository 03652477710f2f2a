import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/**
 * Ten times a large cluster, and the largest size that the checks are measured at (`bench/check/`). A number with a digit too many is a typing
 * error, and would fill the memory before anything else could say so.
 */
const MOST_NODES = 10_000;

/**
 * Expands the ranges in a name: `rabbit@rmq-{0..2}` becomes three names. If the first number has leading zeros, all numbers have its width
 * (`{08..10}`). Several ranges become all combinations. A name without braces stays as it is.
 */
export function expandRanges(text: string): readonly string[] {
  const match = /^([^{}]*)\{([^{}]*)\}(.*)$/su.exec(text);
  if (match === null) return /[{}]/.test(text) ? illegal(text) : [text];
  const [, before = '', range = '', after = ''] = match;
  const rest = expandRanges(after);
  const numbers = numbersOf(range, text);
  if (numbers.length * rest.length > MOST_NODES) tooMany(text);
  return numbers.flatMap((number) => rest.map((end) => `${before}${number}${end}`));
}

function numbersOf(range: string, text: string): readonly string[] {
  const [, first = '', last = ''] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(range) ?? illegal(text);
  const length = Number(last) - Number(first) + 1;
  if (length < 1) illegal(text);
  if (length > MOST_NODES) tooMany(text);
  const width = first.startsWith('0') ? first.length : 1;
  return Array.from({ length }, (_none, index) => String(Number(first) + index).padStart(width, '0'));
}

function illegal(text: string): never {
  return refuse(NODE_RANGE_ILLEGAL, { subject: 'node name', got: text });
}

export const NODE_RANGE_ILLEGAL = rule({
  code: 'node-range-illegal',
  severity: 'error',
  problem: 'has braces that are no range of numbers',
  expected:
    'two whole numbers with ".." between them, e.g. "rabbit@rmq-{0..2}.example.com", the first not above the last',
  remedy: 'correct the range, or list the nodes one by one',
  source: 'docs/distribution.md; test/model/cluster/node-range.test.ts',
});

function tooMany(text: string): never {
  return refuse(NODE_RANGE_TOO_LARGE, { subject: 'node name', got: text, detail: `more than ${MOST_NODES} nodes` });
}

export const NODE_RANGE_TOO_LARGE = rule({
  code: 'node-range-too-large',
  severity: 'error',
  problem: 'stands for too many nodes',
  expected: `at most ${MOST_NODES} nodes in one name`,
  remedy: 'correct the range, or split it',
  source: 'test/model/cluster/node-range.test.ts',
});

export const NODE_RANGE_NOT_POSSIBLE = rule({
  code: 'node-range-not-possible',
  severity: 'error',
  problem: 'has a range beside something that belongs to one node',
  expected: 'a range in a name without tokens, and without an id',
  remedy: 'leave the id out, since each node of a range is called by its own name; list nodes with tokens one by one',
  source: 'test/constructs/refusals.test.ts',
});
