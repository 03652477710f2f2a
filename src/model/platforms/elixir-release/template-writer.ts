import { writeArgsFile } from '../../erlang/flags/args-file-writer';
import type { VmFlag } from '../../erlang/flags/vm-flags';

/**
 * Flags as the EEx template of an args file, such as `rel/vm.args.eex`. EEx takes `<%` for the beginning of Elixir code, and `<%%` for the
 * two characters (`EEx`, "Tags").
 */
export function writeEexTemplate(flags: readonly VmFlag[]): string {
  return writeArgsFile(flags).replaceAll('<%', '<%%');
}
