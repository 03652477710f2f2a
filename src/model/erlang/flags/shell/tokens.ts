/** A word of `sh`, or an operator. A line break is an operator. */
export type Token =
  { readonly kind: 'word'; readonly word: Word } | { readonly kind: 'operator'; readonly text: string };

export type Word = readonly Part[];

/** Literal text, a variable, or an expansion whose result is unknown, such as `$(…)`. */
export type Part = Literal | Variable | Unknown;

export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
  readonly isQuoted: boolean;
}

export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly isQuoted: boolean;
  /** `:-default` and the like. */
  readonly otherwise?: { readonly sign: string; readonly word: Word };
}

export interface Unknown {
  readonly kind: 'unknown';
  /** Its notation in messages. */
  readonly shown: string;
  readonly isQuoted: boolean;
}

/** Thrown for a script whose effect is not known: shells differ, or it is more than assignments. */
export class UnknownEffect extends Error {
  public constructor(
    /** The part of the script that is not understood. */
    public readonly shown: string,
  ) {
    super(shown);
  }
}

export function literal(text: string, isQuoted: boolean): Literal {
  return { kind: 'literal', text, isQuoted };
}

/** An expansion whose result is unknown. */
export function unknown(shown: string, isQuoted: boolean): Unknown {
  return { kind: 'unknown', shown, isQuoted };
}

/** The text of a word that is written without quotes and expansions, such as a keyword. */
export function bareText(word: Word): string | undefined {
  const [first] = word;
  return word.length === 1 && first?.kind === 'literal' && !first.isQuoted ? first.text : undefined;
}

/** The text of a word without expansions, after quotes are removed. */
export function literalText(word: Word): string | undefined {
  const texts = word.map((part) => (part.kind === 'literal' ? part.text : undefined));
  return texts.includes(undefined) ? undefined : texts.join('');
}
