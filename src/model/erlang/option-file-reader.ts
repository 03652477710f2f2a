import { InvalidInput } from '../errors';
import type { Term } from './term';
import { readTerm } from './term-reader';

/** The options of the two sides, each in the order of the file. A side that is not there is undefined. */
export interface OptionFileSides {
  readonly server?: readonly Option[];
  readonly client?: readonly Option[];
}

/** `{Name, Value}`, or an atom alone, which means `{Name, true}`. */
export type Option = readonly [name: string, value: Term];

/** What an option file says, or undefined where the text is none. */
export function tryReadOptionFile(source: string): OptionFileSides | undefined {
  const term = tryReadTerm(source);
  if (term?.kind !== 'list') return undefined;
  const sides = term.elements.flatMap(pair);
  if (sides.length === 0 || sides.length < term.elements.length || sides.some(([name]) => !SIDES.has(name)))
    return undefined;
  return { server: optionsOf('server', sides), client: optionsOf('client', sides) };
}

/** OTP reads no others, and says nothing of one that is misspelled. */
const SIDES: ReadonlySet<string> = new Set(['server', 'client']);

function tryReadTerm(source: string): Term | undefined {
  try {
    return readTerm(source);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

function optionsOf(side: string, sides: readonly Option[]): readonly Option[] | undefined {
  const options = sides.find(([name]) => name === side)?.[1];
  return options?.kind === 'list' ? options.elements.flatMap(option) : undefined;
}

function option(term: Term): readonly Option[] {
  return term.kind === 'atom' ? [[term.name, { kind: 'atom', name: 'true' }]] : pair(term);
}

function pair(term: Term): readonly Option[] {
  if (term.kind !== 'tuple' || term.elements.length !== 2) return [];
  const [name, value] = term.elements;
  return name?.kind === 'atom' && value !== undefined ? [[name.name, value]] : [];
}

/** The atoms of an option whose value is a list of them, such as `versions`; undefined where it is not given. */
export function atomsOf(name: string, options: readonly Option[] = []): readonly string[] | undefined {
  const value = options.find(([one]) => one === name)?.[1];
  return value?.kind === 'list' ? value.elements.flatMap((one) => (one.kind === 'atom' ? [one.name] : [])) : undefined;
}
