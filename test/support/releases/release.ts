/** A release as it lies on a machine, and its start script. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type CommandResult, runCommand } from './commands';

/** An installed release, whose files a test may write. Its node may run or not. */
export class Release {
  constructor(
    readonly directory: string,
    /** All of the environment that its commands have. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** The start script. */
  get script(): string {
    return join(this.directory, 'bin', 'app');
  }

  /** Where the start script looks for `vm.args` and its like. */
  pathOf(name: string): string {
    return join(this.directory, 'releases', '1.0.0', name);
  }

  /** Puts a text file where the start script looks for it. */
  write(name: string, text: string): string {
    const path = this.pathOf(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** The same release for a command with further variables. */
  with(environment: Readonly<Record<string, string>>): Release {
    return new Release(this.directory, { ...this.environment, ...environment });
  }

  /** Runs one command of the start script: `rpc`, `stop`, `ping`. */
  async run(...args: readonly string[]): Promise<CommandResult> {
    return runCommand([this.script, ...args], { cwd: this.directory, env: this.environment });
  }
}
