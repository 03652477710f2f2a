import { refuse } from '../errors';

/** More nodes than this are taken for a typing error. */
const MOST_NODES = 1000;

/**
 * The names that a name with ranges stands for: `rabbit@rmq-{0..2}` for three. Numbers keep the width of a first number with leading zeros
 * (`{08..10}`). Several ranges stand for every combination. A name without braces stands for itself.
 */
export function expandRanges(text: string): readonly string[] {
  const match = /^([^{}]*)\{([^{}]*)\}(.*)$/su.exec(text);
  if (match === null) return /[{}]/.test(text) ? illegal(text) : [text];
  const [, before = '', range = '', after = ''] = match;
  const rest = expandRanges(after);
  const names = numbersOf(range, text).flatMap((number) => rest.map((end) => `${before}${number}${end}`));
  return names.length > MOST_NODES ? tooMany(text) : names;
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
  return refuse('node-range-illegal', { subject: 'node name', got: text });
}

function tooMany(text: string): never {
  return refuse('node-range-too-large', { subject: 'node name', got: text, detail: `more than ${MOST_NODES} nodes` });
}
