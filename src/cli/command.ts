/** What a command may touch, so that a test can stand in for the world. */
export interface World {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether `out` is a terminal that shows colours. */
  readonly isTerminal: boolean;
}

/** 0: nothing was found. 1: something was. 2: the question could not be answered. */
export type ExitCode = 0 | 1 | 2;

/** One of the tool's commands. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  run(args: readonly string[], world: World): ExitCode | Promise<ExitCode>;
}

/** The command was called in a way that it does not know, or its input cannot be had. */
export class UsageError extends Error {}
