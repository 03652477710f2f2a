#!/usr/bin/env node
import { erlangTls } from './erlang-tls';

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

// A reader that has seen enough, such as head, is no failure.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') throw new Error(`standard output: ${code}`);
  process.exit();
});

main().catch((error: unknown) => {
  // A fault of this program answers no question: 1 would be an answer.
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
