import { type Part, UnknownEffect, type Variable, type Word } from './tokens';

/** A text of which parts may be unknown. */
export type Value = readonly Piece[];

type Piece = string | Hidden;

/** A part that is unknown. */
export interface Hidden {
  /** Its notation in messages and in texts. Contains no blank. */
  readonly shown: string;
}

/** What the variables are. */
export interface Scope {
  /** Null if the variable is certainly not set. Absent if its value is unknown. */
  get(name: string): Value | null | undefined;
  /** Absent for a value that is unknown from here on. */
  set(name: string, value: Value | undefined): void;
}

/** The value of a word without field splitting, as an assignment has it. */
export function expand(word: Word, scope: Scope): Value {
  const pieces: Piece[] = [];
  for (const piece of word.flatMap((part) => expandPart(part, scope))) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces.splice(-1, 1, last + piece);
    else pieces.push(piece);
  }
  return pieces;
}

function expandPart(part: Part, scope: Scope): Value {
  if (part.kind === 'variable') return expandVariable(part, scope);
  if (part.kind === 'unknown') return [{ shown: part.shown }];
  // The home directory of a user.
  return !part.isQuoted && /(?:^|[:=])~/.test(part.text) ? [{ shown: '${HOME}' }] : [part.text];
}

function expandVariable({ name, otherwise }: Variable, scope: Scope): Value {
  const value = scope.get(name);
  if (otherwise === undefined) return value === null ? [] : (value ?? hidden(name));
  const isGiven = isGivenFor(otherwise.sign, value);
  if (isGiven === undefined) return forgotten(name, otherwise, scope);
  if (otherwise.sign.endsWith('+')) return isGiven ? expand(otherwise.word, scope) : [];
  return isGiven ? known(value) : alternative(name, otherwise, scope);
}

function known(value: Value | null | undefined): Value {
  return value ?? [];
}

type Otherwise = NonNullable<Variable['otherwise']>;

function alternative(name: string, { sign, word }: Otherwise, scope: Scope): Value {
  // The shell ends here.
  if (sign.endsWith('?')) throw new UnknownEffect(`\${${name}}`);
  const value = expand(word, scope);
  if (sign.endsWith('=')) scope.set(name, value);
  return value;
}

/** It is not known which of the two is taken. */
function forgotten(name: string, { sign, word }: Otherwise, scope: Scope): Value {
  if (sign.endsWith('=')) scope.set(name, undefined);
  forget(word, scope);
  return hidden(name);
}

function hidden(name: string): Value {
  return [{ shown: `\${${name}}` }];
}

/** Whether the variable counts as set. With a colon, an empty one does not. Absent if that is unknown. */
function isGivenFor(sign: string, value: Value | null | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === null) return false;
  if (!sign.startsWith(':') || value.some((piece) => typeof piece === 'string' && piece !== '')) return true;
  return value.some((piece) => typeof piece !== 'string') ? undefined : false;
}

/** Makes the variables unknown that the expansion of a word may assign. */
export function forget(word: Word, scope: Scope): void {
  for (const part of word) {
    if (part.kind !== 'variable' || part.otherwise === undefined) continue;
    if (part.otherwise.sign.endsWith('=')) scope.set(part.name, undefined);
    forget(part.otherwise.word, scope);
  }
}

/** The text, in which a part that is unknown is written as in a script. */
export function textOfValue(value: Value): string {
  return value.map((piece) => (typeof piece === 'string' ? piece : piece.shown)).join('');
}

export function isKnown(value: Value): boolean {
  return value.every((piece) => typeof piece === 'string');
}

/** Characters. An unknown part counts as many. */
export function lengthOf(value: Value): number {
  return value.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 1000), 0);
}
