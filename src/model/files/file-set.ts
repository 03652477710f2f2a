import { absolutePath } from '../cluster/absolute-path';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { NodeFile } from './node-file';

/** Mode of files with a private key: only the owner has access. */
export const SECRET_MODE = '0600';
/** Mode of certificates and options. Everybody may read them, but only the owner may change them, because the VM runs the option file as code. */
export const PUBLIC_MODE = '0644';

/** Checks the files of a node: absolute paths, no path twice, and no key that others could read. */
export function fileSet(files: readonly NodeFile[]): readonly NodeFile[] {
  const seen = new Set<string>();
  for (const { path, mode, sensitive } of files) {
    absolutePath('file', path);
    if (seen.has(path)) refuse(FILE_WRITTEN_TWICE, { subject: 'file', got: path });
    seen.add(path);
    checkMode(path, mode, sensitive);
  }
  return Object.freeze([...files]);
}

export const FILE_WRITTEN_TWICE = rule({
  code: 'file-written-twice',
  severity: 'error',
  problem: 'is written by two parts of the configuration',
  expected: 'one writer for a path',
  remedy: 'give one of them another name, and every cluster an output directory of its own',
  source: 'test/constructs/refusals.test.ts',
});

function checkMode(path: string, mode: string, sensitive: boolean): void {
  if (!/^0[0-7]{3}$/.test(mode)) refuse(FILE_MODE_MALFORMED, { subject: `mode of ${path}`, got: mode });
  const bits = parseInt(mode, 8);
  if (sensitive && (bits & 0o077) !== 0) refuse(KEY_READABLE_BY_OTHERS, { subject: `mode of ${path}`, got: mode });
  if ((bits & 0o022) !== 0) refuse(FILE_WRITABLE_BY_OTHERS, { subject: `mode of ${path}`, got: mode });
}

export const FILE_MODE_MALFORMED = rule({
  code: 'file-mode-malformed',
  severity: 'error',
  problem: 'is no file mode',
  expected: 'four octal digits such as "0600"',
  remedy: 'write the mode as chmod takes it, with a leading 0',
  source: 'file_permission of local_file in hashicorp/local; test/constructs/refusals.test.ts',
});

export const KEY_READABLE_BY_OTHERS = rule({
  code: 'key-readable-by-others',
  severity: 'error',
  problem: 'lets others read a private key',
  expected: '"0600" or tighter',
  remedy: 'take the permissions of group and others away',
  inErlang: 'nothing',
  source: 'docs/in-erlang.md: nodes start with such a file and say nothing',
});

export const FILE_WRITABLE_BY_OTHERS = rule({
  code: 'file-writable-by-others',
  severity: 'error',
  problem: 'lets others change the file',
  expected: 'no write permission for group and others',
  remedy:
    'take it away (chmod go-w): a user who can write the trust bundle decides which CAs are trusted, and the option file is code that the VM runs at boot',
  inErlang: 'nothing',
  source: 'erlang/otp:lib/ssl/src/ssl_dist_sup.erl, consult/1, which evaluates the option file; docs/in-erlang.md',
});
