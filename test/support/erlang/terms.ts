/** Real Erlang as the reader of option files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Runtime } from './runtimes';
import { string } from './text';
import { ErlangVm } from './vm';

/** What `ssl_dist_sup:consult/1` made of one text. */
export type ParsedTerm =
  | {
      readonly ok: true;
      /** Printed by `~tw`: strings as lists of numbers, so equal terms have equal text. */
      readonly written: string;
      /** Printed by `~0tp`, for people. */
      readonly pretty: string;
      /** `term_to_binary/1`. */
      readonly external: Buffer;
    }
  | { readonly ok: false; readonly reason: string };

/** Lets the function that reads a node's option file read each text. One machine for all of them. */
export async function parseTerms(
  runtime: Runtime,
  texts: readonly (string | Uint8Array)[],
): Promise<readonly ParsedTerm[]> {
  if (texts.length === 0) return [];
  const directory = mkdtempSync(join(tmpdir(), 'erlang-terms-'));
  let vm: ErlangVm | undefined;
  try {
    texts.forEach((text, index) => writeFileSync(join(directory, String(index)), text));
    vm = await ErlangVm.start({ runtime, directory, args: [] });
    const answer = await vm.evalText(`harness_terms:consult(${string(directory)}, ${texts.length})`, {
      deadlineMs: CONSULT_DEADLINE_MS,
    });
    return answer.split('\n').map(parseLine);
  } finally {
    await vm?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Thousands of files a second on an idle machine. */
const CONSULT_DEADLINE_MS = 120_000;

function parseLine(line: string): ParsedTerm {
  const [verdict, ...encoded] = line.split(' ');
  const [first = Buffer.of(), second = Buffer.of(), third = Buffer.of()] = encoded.map((field) =>
    Buffer.from(field, 'base64'),
  );
  if (verdict !== 'ok') return { ok: false, reason: first.toString('utf8') };
  return { ok: true, written: first.toString('utf8'), pretty: second.toString('utf8'), external: third };
}
