import { InvalidInput } from '../../findings/finding';
import { atom, type Term } from '../terms/term';
import { readTermWithCalls } from '../terms/term-reader';

/** The options of the two sides, each in the order of the file. Absent if the file does not have the side. */
export interface OptionFileSides {
  readonly server?: readonly Option[];
  readonly client?: readonly Option[];
}

/** `{Name, Value}`, or an atom alone, which means `{Name, true}`. */
export type Option = readonly [name: string, value: Term];

/**
 * The sides of an option file. Absent if the text is no option file. If a side is given twice, the last one counts, since OTP keeps them in a
 * table (`erlang/otp:lib/ssl/src/ssl_dist_sup.erl`).
 */
export function tryReadOptionFile(source: string): OptionFileSides | undefined {
  const members = membersOf(source) ?? [];
  const sides = members.flatMap(pair).filter(([name]) => SIDES.has(name));
  return sides.length === 0 ? undefined : { server: optionsOf('server', sides), client: optionsOf('client', sides) };
}

/** Everything in an option file that is not an option of a side, in words. Empty if the text is no term. */
export function misplacedIn(source: string): readonly string[] {
  const members = membersOf(source) ?? [];
  const names = members.flatMap(pair).map(([name]) => name);
  const strays = members.filter((member) => pair(member).length === 0);
  return [
    ...strays.map(() => 'a member of it is no {Name, Value}'),
    ...[...new Set(names.filter((name) => !SIDES.has(name)))].map((name) => `it has ${name}`),
    ...[...SIDES]
      .filter((side) => names.indexOf(side) < names.lastIndexOf(side))
      .map((side) => `${side} is given twice, of which the last one counts`),
    ...members.flatMap(pair).flatMap(([side, options]) => strayOptions(side, options)),
  ];
}

/** The names of the pairs in a list. Absent if the text is no list. */
export function memberNames(source: string): readonly string[] | undefined {
  return membersOf(source)
    ?.flatMap(pair)
    .map(([name]) => name);
}

/** OTP reads no other names, and does not report one that is misspelled. */
const SIDES: ReadonlySet<string> = new Set(['server', 'client']);

function membersOf(source: string): readonly Term[] | undefined {
  const term = tryReadTerm(source);
  return term?.kind === 'list' ? term.elements : undefined;
}

function tryReadTerm(source: string): Term | undefined {
  try {
    return readTermWithCalls(source);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

function strayOptions(side: string, options: Term): readonly string[] {
  if (options.kind !== 'list' || !SIDES.has(side)) return [];
  return options.elements.some((one) => option(one).length === 0) ? [`an option of ${side} is no {Name, Value}`] : [];
}

function optionsOf(side: string, sides: readonly Option[]): readonly Option[] | undefined {
  const options = sides.filter(([name]) => name === side).at(-1)?.[1];
  return options?.kind === 'list' ? options.elements.flatMap(option) : undefined;
}

function option(term: Term): readonly Option[] {
  return term.kind === 'atom' ? [[term.name, atom('true')]] : pair(term);
}

function pair(term: Term): readonly Option[] {
  if (term.kind !== 'tuple' || term.elements.length !== 2) return [];
  const [name, value] = term.elements;
  return name?.kind === 'atom' && value !== undefined ? [[name.name, value]] : [];
}
