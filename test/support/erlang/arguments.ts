/** Real `erl` as the reader of command lines and argument files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Runtime } from './runtimes';
import { BootFailed, ErlangVm } from './vm';

/** One flag as `init:get_arguments/0` has it: without its dash, with its values. */
export type VmFlag = readonly [flag: string, values: readonly string[]];

/** What became of one argument file. */
export type ReadBack =
  { readonly ok: true; readonly flags: readonly VmFlag[] } | { readonly ok: false; readonly output: string };

/**
 * Boots a machine that is no node with these arguments and returns all of them as it understood them, those of the
 * harness (`noinput`, `pa`, `s`, and what every start adds) left out. Throws BootFailed where it does not boot.
 */
export async function bootOnly(args: readonly string[], runtime: Runtime): Promise<readonly VmFlag[]> {
  return inDirectory(async (directory) => {
    const flags = await readArguments(runtime, directory, ['-harness_mark', '0', ...args]);
    return (await splitAtMarks(flags)).get(0) ?? [];
  });
}

/** What real `erl` reads from one argument file. Throws BootFailed where it does not boot. */
export async function readBackArgsFile(runtime: Runtime, content: string | Uint8Array): Promise<readonly VmFlag[]> {
  const [result] = await readBackArgsFiles(runtime, [content]);
  if (result?.ok === true) return result.flags;
  throw new BootFailed({ code: 1, signal: null }, result?.output ?? '');
}

/**
 * What real `erl` reads from each of many argument files, with few machines: one machine takes a thousand files as
 * nested `-args_file`s, each after a mark of its own. Where a file keeps the machine from booting, the batch is halved
 * until that file is alone.
 */
export async function readBackArgsFiles(
  runtime: Runtime,
  contents: readonly (string | Uint8Array)[],
): Promise<readonly ReadBack[]> {
  return inDirectory(async (directory) => {
    contents.forEach((content, index) => writeFileSync(argsFile(directory, index), content));
    const results: ReadBack[] = [];
    for (const batch of batches(contents)) results.push(...(await readBatch(runtime, directory, batch)));
    return results;
  });
}

/**
 * A batch becomes one command line, since `erlexec` unfolds the files into the arguments of the emulator: Linux takes two
 * megabytes with the environment and eight bytes for each word. Half of that is far from the limit, and more in one
 * machine is no faster.
 */
const BATCH_BYTES = 400_000;
const BATCH_FILES = 1000;

function batches(contents: readonly (string | Uint8Array)[]): readonly (readonly number[])[] {
  const all: number[][] = [];
  let size = Infinity;
  contents.forEach((content, index) => {
    const bytes = Buffer.byteLength(content);
    const isFull = size + bytes > BATCH_BYTES || (all.at(-1)?.length ?? 0) >= BATCH_FILES;
    if (isFull) all.push([]);
    size = isFull ? bytes : size + bytes;
    all.at(-1)?.push(index);
  });
  return all;
}

async function readBatch(runtime: Runtime, directory: string, batch: readonly number[]): Promise<readonly ReadBack[]> {
  const args = batch.flatMap((index) => ['-harness_mark', String(index), '-args_file', argsFile(directory, index)]);
  try {
    const flags = await splitAtMarks(await readArguments(runtime, directory, args));
    return batch.map((index) => ({ ok: true, flags: flags.get(index) ?? [] }));
  } catch (error) {
    if (!(error instanceof BootFailed)) throw error;
    if (batch.length === 1) return [{ ok: false, output: error.output }];
    const middle = Math.floor(batch.length / 2);
    const halves = [batch.slice(0, middle), batch.slice(middle)];
    return (await Promise.all(halves.map((half) => readBatch(runtime, directory, half)))).flat();
  }
}

function argsFile(directory: string, index: number): string {
  return join(directory, `${index}.args`);
}

async function readArguments(runtime: Runtime, parent: string, args: readonly string[]): Promise<readonly VmFlag[]> {
  const directory = mkdtempSync(join(parent, 'vm-'));
  const vm = await ErlangVm.start({ runtime, directory, args });
  try {
    return parseArguments(await vm.evalText('harness_arguments:all()'));
  } finally {
    await vm.stop();
  }
}

function parseArguments(answer: string): readonly VmFlag[] {
  return answer.split('\n').map((line) => {
    const [flag = '', ...values] = line.split(' ').map(decode);
    return [flag, values];
  });
}

function decode(field: string): string {
  return field === '' ? '' : String.fromCodePoint(...field.split(',').map(Number));
}

/** The flags after each mark. Values without a flag of their own end up behind the mark's number: flag `''`. */
async function splitAtMarks(flags: readonly VmFlag[]): Promise<ReadonlyMap<number, readonly VmFlag[]>> {
  const found = new Map<number, VmFlag[]>();
  let current: VmFlag[] = [];
  for (const [flag, values] of flags) {
    if (flag !== 'harness_mark') {
      current.push([flag, values]);
      continue;
    }
    const [mark = '', ...strays] = values;
    current = strays.length === 0 ? [] : [['', strays]];
    found.set(Number(mark), current);
  }
  return found;
}

async function inDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'erlang-arguments-'));
  mkdirSync(directory, { recursive: true });
  try {
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
