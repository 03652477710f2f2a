import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import type { FoundFlags } from '../../observed/files/flag-carriers';

/** Findings about the files of flags themselves: those that cannot be read, and those that lose flags. */
export function argsFileFindings(label: string, flags: FoundFlags): readonly Finding[] {
  const subject = `a file of ${label}`;
  return [
    ...flags.unexamined.map(({ carrier, parts }) =>
      finding(FLAGS_NOT_EXAMINED, { subject: carrier, detail: nameList(parts) }),
    ),
    ...flags.missing.map((got) => finding(ARGS_FILE_MISSING, { subject, got })),
    ...[...new Set(flags.loops)].map((got) => finding(ARGS_FILE_LOOP, { subject, got })),
    ...flags.marked.map((path) => finding(ARGS_FILE_BYTE_ORDER_MARK, { subject: path })),
    ...flags.unclosed.map((path) => finding(ARGS_FILE_QUOTE_OPEN, { subject: path })),
  ];
}

export const FLAGS_NOT_EXAMINED = rule({
  code: 'flags-not-examined',
  severity: 'warning',
  problem: 'has parts that are not known here, so the flags that they may add were not examined',
  expected:
    'values in the file itself, or from variables that it sets before, or from a file that it includes and that can be read',
  remedy: 'write the value itself, or look at the flags of the running node: init:get_arguments()',
  source: 'docs/check.md; test/real/laws/shell-scripts.test.ts',
});

export const ARGS_FILE_MISSING = rule({
  code: 'args-file-missing',
  severity: 'error',
  problem: 'is named by -args_file and cannot be read',
  expected: 'a file that the node can read; a relative path starts at the directory in which the VM is started',
  remedy: 'correct the path, or install the file',
  inErlang: 'the VM exits at once: "Failed to open arguments file"',
  source: 'read_args_file in erlang/otp:erts/etc/common/erlexec.c; docs/in-erlang.md',
});

export const ARGS_FILE_LOOP = rule({
  code: 'args-file-loop',
  severity: 'error',
  problem: 'names itself by -args_file, directly or through other files',
  expected: 'nested files without a cycle',
  remedy: 'remove the -args_file that closes the cycle',
  inErlang: 'the VM never starts, prints nothing and keeps a processor busy',
  source: 'get_file_args in erlang/otp:erts/etc/common/erlexec.c, which has no guard against cycles; docs/in-erlang.md',
});

export const ARGS_FILE_BYTE_ORDER_MARK = rule({
  code: 'args-file-byte-order-mark',
  severity: 'error',
  problem: 'begins with a byte order mark',
  expected: 'a file whose first character belongs to its first flag',
  remedy: 'save it as UTF-8 without the mark: the VM reads the mark as part of the first flag, which is lost',
  inErlang:
    'where another flag precedes the file, the node may not boot ("bad_environment_value"); otherwise nothing: the first flag is missing, which may be the one that turns TLS on',
  source: 'docs/in-erlang.md',
});

export const ARGS_FILE_QUOTE_OPEN = rule({
  code: 'args-file-quote-open',
  severity: 'error',
  problem: 'has a quote that is never closed',
  expected: 'each quote closed by the same character; inside quotes a backslash has no special meaning',
  remedy: 'close the quote: every flag after it is part of its value',
  inErlang: 'nothing: the flags after the quote are missing, which may include those that turn TLS on',
  source: 'build_args_from_string in erlang/otp:erts/etc/common/erlexec.c; docs/in-erlang.md',
});
