import { writeArgsFile } from '../../erlang/flags/args-file-writer';
import type { VmFlag } from '../../erlang/flags/vm-flags';

/**
 * Flags as the EEx template of an args file, such as `rel/vm.args.eex`. In EEx, `<%` begins Elixir code, and `<%%` stands for the two
 * characters (`EEx`, "Tags").
 */
export function writeEexTemplate(flags: readonly VmFlag[]): string {
  return writeArgsFile(flags).replaceAll('<%', '<%%');
}
