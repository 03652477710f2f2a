/** A boot script with the ssl application, as that of a release: with plain `erl`, distribution starts before the settings of ssl are read. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { Runtime } from './runtimes';
import { string } from './text';

/** Writes it, and gives the value of `-boot`. */
export function bootWithSsl({ erl, otp }: Runtime, directory: string): string {
  const script = join(directory, `with-ssl-${otp}`);
  execFileSync(
    erl,
    [
      ...['-noinput', '-eval'],
      `{ok, Started} = application:ensure_all_started(ssl),
       Version = fun(App) -> application:load(App), {ok, Found} = application:get_key(App, vsn), {App, Found} end,
       Apps = [Version(App) || App <- [kernel, stdlib | Started]],
       Release = {release, {"with-ssl", "1"}, {erts, erlang:system_info(version)}, Apps},
       Script = ${string(script)},
       ok = file:write_file(Script ++ ".rel", io_lib:format("~p.~n", [Release])),
       ok = systools:make_script(Script, [no_warn_sasl, {outdir, filename:dirname(Script)}]),
       halt(0).`,
    ],
    { stdio: 'pipe', timeout: MAKE_MS },
  );
  return script;
}

/** A cold `erl` on a busy two-core machine takes some seconds. */
const MAKE_MS = 30_000;
