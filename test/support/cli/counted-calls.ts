import { type Profiler, Session } from 'node:inspector';

/** How often each function of `src` is called while something runs, by the place of the function. */
export async function countedCalls(run: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await run();
    // The session is in this thread: it answers before `post` returns.
    const answers: Profiler.ScriptCoverage[] = [];
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error !== null) throw error;
      answers.push(...result);
    });
    return new Map(answers.filter(({ url }) => /\/src\/(cli|model)\//.test(url)).flatMap(callsIn));
  } finally {
    session.disconnect();
  }
}

function callsIn({ url, functions }: Profiler.ScriptCoverage): readonly (readonly [string, number])[] {
  const file = url.replace(/^.*\/src\//, 'src/');
  return functions.flatMap(({ functionName, ranges: [range] }) =>
    range === undefined ? [] : [[`${file} ${functionName}@${range.startOffset}`, range.count] as const],
  );
}
