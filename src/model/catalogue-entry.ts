/** One refusal, warning or finding. */
export interface CatalogueEntry {
  readonly severity: 'error' | 'warning';
  /** Goes on from the value that was given: `node name "db1" has no host part`. */
  readonly problem: string;
  /** Goes on from "expected". */
  readonly expected: string;
  readonly remedy: string;
  /** What Erlang shows of it, where a node got that far. */
  readonly inErlang?: string;
}

export const error = (problem: string, expected: string, remedy: string, inErlang?: string): CatalogueEntry => ({
  severity: 'error',
  problem,
  expected,
  remedy,
  inErlang,
});

export const warning = (problem: string, expected: string, remedy: string, inErlang?: string): CatalogueEntry => ({
  severity: 'warning',
  problem,
  expected,
  remedy,
  inErlang,
});
