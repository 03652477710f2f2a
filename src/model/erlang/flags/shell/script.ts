import { type Command, readCommands } from './commands';
import { effectOf } from './effects';
import { shellTokens } from './lexer';
import { UnknownEffect } from './tokens';
import { isKnown, lengthOf, type Scope, textOfValue, type Value } from './value';

/** Texts of the files that a script may include with `.`; absent for one that cannot be read. */
export type Included = (path: string) => string | undefined;

export interface ShellContext {
  /** Variables that are not set before the first line. */
  readonly unset: readonly string[];
  /** Variables that the caller of the script has set. */
  readonly given?: Readonly<Record<string, string>>;
  readonly included: Included;
}

/** The last value of a variable. */
export interface ShellValue {
  /** Its text, in which `${NAME}` and the like stand for what is unknown. */
  readonly text: string;
  readonly isKnown: boolean;
  /** Whether the script certainly hands it on to the programs that it starts. */
  readonly isExported: boolean;
}

/** The variables after a script. */
export interface ShellVariables {
  /** The part for which everything is unknown. Absent if there is none. */
  readonly unread?: string;
  /** Absent if the script does not set the variable. */
  valueOf(name: string): ShellValue | undefined;
}

/** Longer values are not followed: text that doubles with each line would exhaust memory. */
const LONGEST = 65_536;

/** Limit of files that include each other. */
const DEEPEST = 10;

/**
 * The variables that `sh` has after it read these lines, without running a command: each value is what dash and bash both give, or is unknown. Unknown
 * are results of commands, variables of the environment, and what is assigned in a branch. Where a line may have any effect, such as `eval`, everything
 * is unknown.
 */
export function shellVariables(script: string, context: ShellContext): ShellVariables {
  const shell = new Shell(context);
  try {
    shell.run(script);
  } catch (error) {
    if (!(error instanceof UnknownEffect)) throw error;
    return { unread: error.shown, valueOf: (name) => ({ text: `\${${name}}`, isKnown: false, isExported: false }) };
  }
  return {
    valueOf(name) {
      if (!shell.variables.has(name)) return undefined;
      const value = shell.get(name);
      if (value === null) return undefined;
      const isExported = shell.exported.has(name);
      return value === undefined
        ? { text: `\${${name}}`, isKnown: false, isExported }
        : { text: textOfValue(value), isKnown: isKnown(value), isExported };
    },
  };
}

/** Its state. */
export class Shell implements Scope {
  public readonly variables = new Map<string, Value | null | undefined>();
  /** Names of variables that programs get. */
  public readonly exported = new Set<string>();
  /** Whether an assignment exports too. */
  private exportsAll = false;
  /** Names of functions, which may do anything. */
  public readonly functions = new Set<string>();
  /** Variables that are assigned in the current list of commands. */
  private readonly recent = new Set<string>();
  private depth = 0;

  public constructor(private readonly context: ShellContext) {}

  public get(name: string): Value | null | undefined {
    if (this.variables.has(name)) return this.variables.get(name);
    const given = this.context.given?.[name];
    if (given !== undefined) return [given];
    return this.context.unset.includes(name) ? null : undefined;
  }

  public set(name: string, value: Value | null | undefined): void {
    const isTooLong = value !== undefined && value !== null && lengthOf(value) > LONGEST;
    this.variables.set(name, isTooLong ? undefined : value);
    this.recent.add(name);
    if (value === null) this.exported.delete(name);
    else if (this.exportsAll) this.exported.add(name);
  }

  public setOptions([first = '', ...others]: readonly string[], isCertain: boolean): void {
    const option = [first, ...others].filter((text) => first !== '--' && text.includes('a')).at(-1);
    if (option !== undefined) this.exportsAll = isCertain && option.startsWith('-');
  }

  public run(script: string): void {
    // A line with an error has no effect at all.
    const { commands, functions } = readCommands(shellTokens(script));
    for (const name of functions) this.functions.add(name);
    let mayHaveReturned = false;
    for (const command of commands) {
      const isCertain = command.isCertain && !mayHaveReturned;
      const effect = effectOf(command, { shell: this, isCertain });
      if (effect === 'returns' && isCertain && command.isLast && !command.isInBackground) return;
      mayHaveReturned ||= effect === 'returns';
      this.endCommand(command);
    }
  }

  /** The file that a script includes. */
  public include(path: string): void {
    const text = this.context.included(path);
    if (text === undefined || this.depth >= DEEPEST) throw new UnknownEffect(`. ${path}`);
    this.depth += 1;
    this.run(text);
    this.depth -= 1;
  }

  /** A list that ends with `&` ran in another shell. */
  private endCommand({ isInBackground, isLast }: Command): void {
    if (isInBackground) for (const name of this.recent) this.variables.set(name, undefined);
    if (isLast && this.depth === 0) this.recent.clear();
  }
}
