import { refuse } from '../../errors';
import { writeArgsFile } from './args-file-writer';
import { showFlag, type VmFlag } from './vm-flags';

/**
 * Flags as `vm.args.src`, in which the start script of a relx release replaces `${NAME}` and `${NAME:-default}` by variables of its
 * environment. A value may hold such a reference, which is kept; any other `${` is refused, since the script would replace it as well.
 */
export function writeRelxTemplate(flags: readonly VmFlag[]): string {
  for (const flag of flags) for (const value of flag.values ?? []) checkReferences(value, flag);
  return writeArgsFile(flags);
}

/** The script looks for the next closing brace of the line, whatever lies between. */
function checkReferences(value: string, flag: VmFlag): void {
  if (value.replace(REFERENCE, '').includes('${')) {
    refuse('relx-reference-illegal', { subject: `value of ${showFlag(flag)}`, got: value });
  }
}

const REFERENCE = /\$\{[A-Za-z_][0-9A-Za-z_]*(:-[0-9A-Za-z_@.:/-]*)?\}/g;
