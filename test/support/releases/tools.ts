/** What builds releases for an Erlang runtime: Elixir and rebar3, as `scripts/runtimes/release-tools.sh` unpacked them. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

import { cacheDirectory, type Runtime } from '../erlang/runtimes';

/** Elixir and rebar3 from the Debian suite that the runtime comes from. */
export interface ReleaseTools {
  readonly runtime: Runtime;
  /** The packages with their versions: what a build is cached under. */
  readonly versions: string;
  /** File of the `rebar3` escript. */
  readonly rebar3: string;
  /** PATH on which `erl`, `elixir` and `mix` are those of this runtime. */
  readonly path: string;
  /** OTP's applications that the tools need and the runtime does not have: a value for `ERL_LIBS`. */
  readonly libraries: string;
}

/** The tools for a runtime, where they are there. */
export function releaseToolsFor(runtime: Runtime): ReleaseTools | undefined {
  const root = join(cacheDirectory(), 'release-tools', String(runtime.otp));
  if (!existsSync(root)) return undefined;
  return {
    runtime,
    versions: readFileSync(join(root, 'versions'), 'utf8'),
    rebar3: join(root, 'usr', 'bin', 'rebar3'),
    path: [join(root, 'usr', 'lib', 'elixir', 'bin'), pathTo(runtime)].join(delimiter),
    libraries: join(root, 'usr', 'lib', 'erlang', 'lib'),
  };
}

/** PATH on which `erl` is that of the runtime. */
function pathTo({ erl }: Runtime): string {
  const path = process.env.PATH ?? '/usr/bin:/bin';
  return isAbsolute(erl) ? [dirname(erl), path].join(delimiter) : path;
}
