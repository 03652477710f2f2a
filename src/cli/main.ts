#!/usr/bin/env node
import { erlangTls } from './erlang-tls';
import { systemErrorText } from './system-error';

/** The only place that ends the process. */
async function main(): Promise<void> {
  process.exitCode = await erlangTls(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    now: Date.now(),
    isTerminal: process.stdout.isTTY && process.env.NO_COLOR === undefined,
  });
}

// A reader that stops early, such as head, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') fail(`error: the output cannot be written: ${systemErrorText(error)}`);
  process.exit();
});

main().catch((error: unknown) => fail(error instanceof Error ? (error.stack ?? error.message) : String(error)));

/** Exit code 1 would mean findings. */
function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}
