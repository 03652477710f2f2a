/** Which Erlang runtimes this machine has: its own `erl`, and the roots that `scripts/runtimes/erlang-runtimes.sh` unpacked. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** One OTP that nodes can be started with. */
export interface Runtime {
  /** Major release: 25, 27, 29. */
  readonly otp: number;
  /** Full version, such as `27.3.4.1`. */
  readonly version: string;
  readonly erl: string;
  readonly erlc: string;
  readonly epmd: string;
}

/**
 * Every usable runtime, oldest first, one per release. Asked once per process: a machine's own `erl` has to be started
 * to say what it is.
 */
export function availableRuntimes(): readonly Runtime[] {
  known ??= [systemRuntime(), ...UNPACKED_RELEASES.map(unpackedRuntime)]
    .filter((runtime) => runtime !== undefined)
    .filter(isFirstOfItsRelease)
    .sort((left, right) => left.otp - right.otp);
  return known;
}

let known: readonly Runtime[] | undefined;

/** Where programs of this project keep what is built once and serves every checkout. */
export function cacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdktf-erlang-tls');
}

/** The releases that the script builds: what Debian's later suites have. */
const UNPACKED_RELEASES = [27, 29];

function unpackedRuntime(otp: number): Runtime | undefined {
  const root = join(cacheDirectory(), 'otp', String(otp));
  const erl = join(root, 'bin', 'erl');
  if (!existsSync(erl)) return undefined;
  const version = readVersion(join(root, 'usr', 'lib', 'erlang'), otp);
  return { otp, version, erl, erlc: join(root, 'bin', 'erlc'), epmd: join(root, 'bin', 'epmd') };
}

function systemRuntime(): Runtime | undefined {
  // Debian packages OTP's applications one by one: an `erl` without TLS is of no use here.
  const question =
    '{module, _} = code:ensure_loaded(ssl), io:format("~s ~ts", [erlang:system_info(otp_release), code:root_dir()]), halt().';
  const { status, stdout } = spawnSync('erl', ['-noinput', '-eval', question], {
    encoding: 'utf8',
    env: { ...process.env, ERL_CRASH_DUMP_SECONDS: '0' },
    timeout: START_TIMEOUT_MS,
  });
  const answer = /^(\d+) (.+)$/.exec(stdout ?? '');
  if (status !== 0 || answer === null) return undefined;
  const otp = Number(answer[1]);
  return { otp, version: readVersion(answer[2] ?? '', otp), erl: 'erl', erlc: 'erlc', epmd: 'epmd' };
}

/** A cold `erl` on a busy two-core machine takes some seconds. */
const START_TIMEOUT_MS = 30_000;

function readVersion(root: string, otp: number): string {
  const file = join(root, 'releases', String(otp), 'OTP_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : String(otp);
}

function isFirstOfItsRelease(runtime: Runtime, index: number, all: readonly Runtime[]): boolean {
  return all.findIndex(({ otp }) => otp === runtime.otp) === index;
}
