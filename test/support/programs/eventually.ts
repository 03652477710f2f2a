/** Waiting for a condition, never for a time. */

/** The first answer that is not `undefined`. Fails with `what` if there is none in time. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  deadlineMs = DEADLINE_MS,
  pollMs = POLL_MS,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() >= end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** What is waited for here takes milliseconds; a busy machine is allowed a hundred times that. */
const DEADLINE_MS = 10_000;
const POLL_MS = 10;

/** Terraform counts in seconds: two deploys in one are one to it. */
export async function newSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  await eventually('the next second', () => (Math.floor(Date.now() / 1000) > second ? true : undefined), 3000);
}
