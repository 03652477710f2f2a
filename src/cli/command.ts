/** Everything outside that a command touches; a test passes its own. */
export interface World {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether `out` is a terminal that shows colours. */
  readonly isTerminal: boolean;
}

/** 0: nothing found. 1: something found. 2: the check could not be done. */
export type ExitCode = 0 | 1 | 2;

/** One of the tool's commands. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  run(args: readonly string[], world: World): ExitCode | Promise<ExitCode>;
}

/** Unknown arguments, or input that cannot be read. */
export class UsageError extends Error {}
