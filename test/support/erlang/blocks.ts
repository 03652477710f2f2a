/** Blocks of tests that are run once on every Erlang release that this machine has. */
import { isUsable } from '../programs/requires';
import { availableRuntimes, type Runtime } from './runtimes';

/** The releases that the tests are written for: Debian's own, and what `scripts/runtimes/erlang-runtimes.sh` unpacks. */
const RELEASES = [25, 27, 29];

/**
 * One `describe` for each release among `otps`. A release that is not there is a skipped block, which the end of the run tells of. Where
 * the machine has no `erl` at all, the `requires` around this says so, and nothing is said twice.
 */
export function onEachRuntime(
  title: string,
  define: (runtime: Runtime) => void,
  otps: readonly number[] = RELEASES,
): void {
  if (!isUsable('erl')) return;
  for (const otp of otps) {
    const runtime = availableRuntimes().find((one) => one.otp === otp);
    if (runtime === undefined) describe.skip(`${title} on OTP ${otp} ${skipped(otp)}`, () => test.todo('is not run'));
    else describe(`${title} on OTP ${runtime.version}`, () => define(runtime));
  }
}

/** One `describe` with every release at once, for clusters of mixed releases; skipped where one of them is not there. */
export function onAllRuntimes(title: string, define: (runtimes: readonly Runtime[]) => void): void {
  if (!isUsable('erl')) return;
  const missing = RELEASES.find((otp) => !availableRuntimes().some((runtime) => runtime.otp === otp));
  if (missing !== undefined) describe.skip(`${title} ${skipped(missing)}`, () => test.todo('is not run'));
  else describe(`${title} on every OTP release at once`, () => define(availableRuntimes()));
}

/** In the form that the skip reporter reads. */
function skipped(otp: number): string {
  return `[skipped: needs otp-${otp}: scripts/runtimes/erlang-runtimes.sh ${otp}]`;
}
