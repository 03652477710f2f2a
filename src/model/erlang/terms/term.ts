/** An Erlang term that can be written literally, or a call in its place. Frozen; made by the functions below, never by hand. */
export type Term = Atom | Integer | Text | Binary | Tuple | List | TermMap | ExternalFun | Call;

export interface Atom {
  readonly kind: 'atom';
  readonly name: string;
}

export interface Integer {
  readonly kind: 'integer';
  readonly value: bigint;
}

/** A string: to Erlang, the list of its code points. Never empty, since `""` and `[]` are the same term. */
export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

export interface Binary {
  readonly kind: 'binary';
  readonly bytes: readonly number[];
}

export interface Tuple {
  readonly kind: 'tuple';
  readonly elements: readonly Term[];
}

export interface List {
  readonly kind: 'list';
  readonly elements: readonly Term[];
}

export interface TermMap {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: Term, value: Term])[];
}

/** `fun Module:Function/Arity` */
export interface ExternalFun {
  readonly kind: 'fun';
  readonly module: string;
  readonly name: string;
  readonly arity: number;
}

/** A function call, most often in a file from elsewhere. Its result is unknown. */
export interface Call {
  readonly kind: 'call';
  /** `list_to_atom`, `public_key:pkix_verify_hostname_match_fun` */
  readonly name: string;
  readonly args: readonly Term[];
}

export const atom = (name: string): Atom => Object.freeze({ kind: 'atom', name });

export const integer = (value: bigint | number): Integer => Object.freeze({ kind: 'integer', value: BigInt(value) });

export const text = (value: string): Text | List =>
  value === '' ? list([]) : Object.freeze({ kind: 'text', text: value });

export const binary = (bytes: Iterable<number>): Binary =>
  Object.freeze({ kind: 'binary', bytes: Object.freeze([...bytes]) });

export const tuple = (...elements: readonly Term[]): Tuple => tupleOf(elements);

export const tupleOf = (elements: readonly Term[]): Tuple =>
  Object.freeze({ kind: 'tuple', elements: Object.freeze([...elements]) });

export const list = (elements: readonly Term[]): List =>
  Object.freeze({ kind: 'list', elements: Object.freeze([...elements]) });

export const map = (entries: readonly (readonly [Term, Term])[]): TermMap =>
  Object.freeze({ kind: 'map', entries: Object.freeze(entries.map((entry) => Object.freeze([...entry] as const))) });

export const call = (name: string, ...args: readonly Term[]): Call =>
  Object.freeze({ kind: 'call', name, args: Object.freeze([...args]) });

export const externalFun = (module: string, name: string, arity: number): ExternalFun =>
  Object.freeze({ kind: 'fun', module, name, arity });

/**
 * A file name as a term. ASCII paths are strings, as is customary. Others become the binary of their UTF-8 bytes: a string
 * reaches the file system through the VM's locale and is found under `LANG=C` or under `C.UTF-8`, but not under both (run on 25, 27
 * and 29), while the bytes of a binary are the file's name.
 */
export function pathTerm(path: string): Term {
  return isAscii(path) ? text(path) : binary(new TextEncoder().encode(path));
}

function isAscii(value: string): boolean {
  return [...value].every((character) => character <= '\x7f');
}

/** A string that is written as the list of its characters: `[$/,$e,$t,$c]`. */
export function isCodePoints(value: Term): value is List {
  return value.kind === 'list' && value.elements.length > 0 && value.elements.every(({ kind }) => kind === 'integer');
}
