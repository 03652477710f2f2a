/** The deploys of the walk: a first one, one that is refused, and the three of a rollover. */
import { CaGeneration } from 'cdktf-erlang-tls';

export interface Step {
  readonly title: string;
  /** The phase of each generation, as the stack would have it. */
  readonly phases: Readonly<Record<string, 'trusted' | 'signing' | 'retired'>>;
  /** Whether the plan is to be refused. */
  readonly isRefused?: true;
}

export const STEPS: readonly Step[] = [
  { title: 'Before: one generation', phases: { '2026': 'signing' } },
  { title: 'Refused: everything at once', phases: { '2026': 'retired', '2027': 'signing' }, isRefused: true },
  { title: 'Deploy 1: the next generation is trusted', phases: { '2026': 'signing', '2027': 'trusted' } },
  { title: 'Deploy 2: the next generation signs', phases: { '2026': 'trusted', '2027': 'signing' } },
  { title: 'Deploy 3: the first generation is retired', phases: { '2026': 'retired', '2027': 'signing' } },
];

export function generationsOf({ phases }: Step): CaGeneration[] {
  return Object.entries(phases).map(([id, phase]) => CaGeneration[phase](id));
}

/** As it stands in the source of a stack. */
export function sourceOf({ phases }: Step): string {
  const entries = Object.entries(phases).map(([id, phase]) => `CaGeneration.${phase}('${id}')`);
  return `generations: [${entries.join(', ')}]`;
}
