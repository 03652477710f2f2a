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

void main();
