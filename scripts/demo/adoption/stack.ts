/** The stack that `erlang-tls adopt` printed, and the edits that lead through the three deploys. */
import { synthesize } from '../../../test/contract/snippets';
import { DemoFailed } from '../problems';

/** What the text of a stack becomes. */
export type Edit = readonly [before: string | RegExp, after: string];

const NEXT_IS_TRUSTED = "CaGeneration.trusted('2027')";
const NEXT_SIGNS = "CaGeneration.signing('2027')";

/** The edits of each deploy, on top of those before. */
export const SIGNS: readonly Edit[] = [[NEXT_IS_TRUSTED, NEXT_SIGNS]];
export const RETIRED: readonly Edit[] = [
  [/CaGeneration\.trusted\('hand-made', .*\)/, "CaGeneration.retired('hand-made')"],
];

export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new DemoFailed(`The stack has no ${String(from)}.`);
    return after;
  }, text);
}

/** The lines of the stack with the generations. */
export function generationsIn(text: string): string[] {
  return (text.match(/^ *CaGeneration\..*$/gm) ?? []).map((line) => line.trim());
}

/** What `cdktf synth` writes for it, with the state beside it, and not in the directory of the caller. */
export function synthesized(text: string): string {
  const json = synthesize({ page: 'the printed stack', line: 1, info: 'ts', text });
  const { terraform, ...rest } = JSON.parse(json) as { readonly terraform: Readonly<Record<string, unknown>> };
  return JSON.stringify({ ...rest, terraform: { ...terraform, backend: undefined } });
}
