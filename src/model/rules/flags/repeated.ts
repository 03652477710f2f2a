import type { FlagUse } from '../../erlang/flags/flag-use';
import { FLAG_GIVEN_TWICE } from '../../erlang/flags/vm-flags';
import { type Finding, finding } from '../../findings/finding';

/** A finding if a flag that may stand once is used more often. `effect`: how the VM reacts. */
export function repeatedFindings(flag: string, uses: readonly FlagUse[], effect: string): readonly Finding[] {
  if (uses.length < 2) return [];
  const carriers = [...new Set(uses.map(({ carrier }) => carrier))].join(' and ');
  return [finding(FLAG_GIVEN_TWICE, { subject: `-${flag}`, detail: `in ${carriers}; ${effect}` })];
}
