/** Real Erlang as the reader of parameters of applications on its command line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Runtime } from './runtimes';
import { ErlangVm } from './vm';

/** Whether an application with this word as the value of a parameter can be loaded, for each word. One machine for all of them. */
export async function takenAsParameters(runtime: Runtime, words: readonly string[]): Promise<readonly boolean[]> {
  const directory = mkdtempSync(join(tmpdir(), 'erlang-parameters-'));
  const args = words.flatMap((word, index) => [`-word${index}`, 'parameter', word]);
  const vm = await ErlangVm.start({ runtime, directory, args });
  try {
    const answer = await vm.evalText(`
      Load = fun(N) -> application:load({application, list_to_atom("word" ++ integer_to_list(N)), []}) end,
      [case Load(N) of ok -> $+; {error, {bad_environment_value, _}} -> $- end || N <- lists:seq(0, ${words.length - 1})]`);
    return [...answer].map((sign) => sign === '+');
  } finally {
    await vm.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
