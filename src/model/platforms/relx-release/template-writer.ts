import { writeArgsFile } from '../../erlang/flags/args-file-writer';
import { showFlag, type VmFlag } from '../../erlang/flags/vm-flags';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';

/**
 * Flags as `vm.args.src`, in which the start script of a relx release replaces `${NAME}` and `${NAME:-default}` with variables of its
 * environment. A value may contain such references. Any other `${` is refused, because the script would replace it as well.
 */
export function writeRelxTemplate(flags: readonly VmFlag[]): string {
  for (const flag of flags) for (const value of flag.values ?? []) checkReferences(value, flag);
  return writeArgsFile(flags);
}

/** The script replaces everything up to the next closing brace of the line. */
function checkReferences(value: string, flag: VmFlag): void {
  if (value.replace(REFERENCE, '').includes('${')) {
    refuse(RELX_REFERENCE_ILLEGAL, { subject: `value of ${showFlag(flag)}`, got: value });
  }
}

export const RELX_REFERENCE_ILLEGAL = rule({
  code: 'relx-reference-illegal',
  severity: 'error',
  problem: 'holds "${" that is no reference to a variable',
  expected: '"${NAME}" or "${NAME:-default}" with a default of letters, digits and _@.:/-',
  remedy: 'correct the reference: the start script of the release replaces everything up to the next closing brace',
  source:
    'erlware/relx:priv/templates/extended_bin; docs/platforms/relx-release.md; test/real/laws/release-templates.test.ts',
});

const REFERENCE = /\$\{[A-Za-z_][0-9A-Za-z_]*(:-[0-9A-Za-z_@.:/-]*)?\}/g;
