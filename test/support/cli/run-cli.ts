import { erlangTls } from '../../../src/cli/erlang-tls';

/** What a run of the command line tool left behind. */
export interface CliResult {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line tool in this process. */
export async function runCli(
  args: readonly string[],
  world: { now?: number; isTerminal?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<CliResult> {
  const texts = { out: '', err: '' };
  const exitCode = await erlangTls(args, {
    out: (text) => void (texts.out += text),
    err: (text) => void (texts.err += text),
    env: world.env ?? {},
    now: world.now ?? Date.now(),
    isTerminal: world.isTerminal ?? false,
  });
  return { exitCode, ...texts };
}

/** The codes of the findings, from the tool's JSON. */
export async function codesOf(args: readonly string[], world?: Parameters<typeof runCli>[1]): Promise<string[]> {
  const { out, err } = await runCli([...args, '--json'], world);
  if (out === '') throw new Error(err);
  return (JSON.parse(out) as { findings: { code: string }[] }).findings.map(({ code }) => code);
}
