import { absolutePath } from '../../cluster/absolute-path';
import { isCharacter } from '../terms/source-text';
import { atom, integer, isCodePoints, list, pathTerm, type Term, text } from '../terms/term';
import { readTerm } from '../terms/term-reader';
import { writeTerm } from '../terms/term-writer';

/** How a value is written: `atoms` and `strings` are lists, `term` is the text of a literal Erlang term. */
export type ValueKind = 'boolean' | 'integer' | 'atom' | 'atoms' | 'string' | 'strings' | 'path' | 'term';

/** The values that OTP takes, in words and as a test. */
export interface ValueRule {
  readonly expected: string;
  readonly takes: (value: Term) => boolean;
}

/** A kind of values: as OTP takes it, and as a property of the library takes it. */
interface KindRule extends ValueRule {
  readonly property: {
    readonly expected: string;
    /** The value as a term. Absent if it is of another kind. */
    readonly read: (value: unknown, subject: string) => Term | undefined;
  };
}

export const isOneOf =
  (...names: readonly string[]) =>
  (value: Term): boolean =>
    value.kind === 'atom' && names.includes(value.name);

export const isInRange =
  (least: bigint, most?: bigint) =>
  (value: Term): boolean =>
    value.kind === 'integer' && value.value >= least && (most === undefined || value.value <= most);

/** Whether the value, as it is written, has such a part, however deep. */
export const isWritten =
  (part: RegExp) =>
  (value: Term): boolean =>
    part.test(writeTerm(value));

export const isNumber = isInRange(0n);
export const isString = (value: Term): boolean => value.kind === 'text' || isCodePoints(value);
/** `[]` is the empty string. */
export const isText = (value: Term): boolean =>
  isString(value) || value.kind === 'binary' || (value.kind === 'list' && value.elements.length === 0);

const isList = (value: Term): boolean => value.kind === 'list' && value.elements.length > 0;
const isPath = (value: Term): boolean => isString(value) || (value.kind === 'binary' && value.bytes.length > 0);

/** Every kind of values. */
export const KIND_RULES: Readonly<Record<ValueKind, KindRule>> = {
  boolean: {
    expected: 'true or false',
    takes: isOneOf('true', 'false'),
    property: {
      expected: 'true or false',
      read: (value) => (typeof value === 'boolean' ? atom(String(value)) : undefined),
    },
  },
  integer: {
    expected: 'a whole number from 0 on',
    takes: isNumber,
    property: {
      expected: 'a whole number from 0 on',
      read: (value) =>
        typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? integer(value) : undefined,
    },
  },
  atom: {
    expected: 'an atom',
    takes: ({ kind }) => kind === 'atom',
    property: { expected: 'the name of an atom', read: (value) => (isAtomName(value) ? atom(value) : undefined) },
  },
  atoms: {
    expected: 'a list',
    takes: isList,
    property: {
      expected: 'a list of names of atoms',
      read: (value) => (isListOf(isAtomName, value) ? list(value.map(atom)) : undefined),
    },
  },
  string: {
    expected: 'a string',
    takes: isString,
    property: { expected: 'a string', read: (value) => (isPlainText(value) ? text(value) : undefined) },
  },
  strings: {
    expected: 'a list of suites, or a string of their names',
    takes: (value) => value.kind === 'list' || isString(value),
    property: {
      expected: 'a list of strings',
      read: (value) => (isListOf(isPlainText, value) ? list(value.map(text)) : undefined),
    },
  },
  path: {
    expected: 'a path, as a string',
    takes: isPath,
    property: {
      expected: 'an absolute path',
      read: (value, subject) => (isPlainText(value) ? pathTerm(absolutePath(subject, value)) : undefined),
    },
  },
  term: {
    expected: 'anything',
    takes: () => true,
    property: {
      expected: 'the text of a literal Erlang term',
      read: (value) => (isPlainText(value) ? readTerm(`${value}.`) : undefined),
    },
  },
};

/** The atoms that options take: `notice`, `secp256r1`, `tlsv1.3`. */
function isAtomName(value: unknown): value is string {
  return isPlainText(value) && /^[a-z][0-9A-Za-z_.]*$/.test(value);
}

function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && [...value].every((one) => isCharacter(one.codePointAt(0) ?? 0));
}

function isListOf<T>(isElement: (value: unknown) => value is T, value: unknown): value is T[] {
  return Array.isArray(value) && value.length > 0 && value.every(isElement);
}
