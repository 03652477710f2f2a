/** Blocks of tests that are run once with the release tools of every Erlang release that this machine has. */
import { availableRuntimes } from '../erlang';
import { onEachRuntime } from '../erlang/blocks';
import { type ReleaseTools, releaseToolsFor } from './tools';

/** One `describe` for each runtime; where its tools are not there, a skipped block, which the end of the run tells of. */
export function onEachReleaseTools(title: string, define: (tools: ReleaseTools) => void): void {
  for (const otp of [25, 27, 29]) {
    const runtime = availableRuntimes().find((one) => one.otp === otp);
    const tools = runtime && releaseToolsFor(runtime);
    if (runtime === undefined) onEachRuntime(title, () => undefined, [otp]);
    else if (tools !== undefined) describe(`${title} on OTP ${runtime.version}`, () => define(tools));
    else describe.skip(`${title} on OTP ${otp} ${skipped(otp)}`, () => test.todo('is not run'));
  }
}

/** In the form that the skip reporter reads. */
function skipped(otp: number): string {
  return `[skipped: needs release-tools-${otp}: scripts/runtimes/release-tools.sh ${otp}]`;
}
