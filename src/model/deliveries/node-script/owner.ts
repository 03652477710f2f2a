import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** Refuses what is no owner. An empty text is none in particular. */
export function checkOwner(owner: string): void {
  if (!/^([A-Za-z_][0-9A-Za-z_.-]*(:[A-Za-z_][0-9A-Za-z_.-]*)?)?$/.test(owner)) {
    refuse(OWNER_ILLEGAL, { subject: 'owner', got: owner });
  }
}

export const OWNER_ILLEGAL = rule({
  code: 'owner-illegal',
  severity: 'error',
  problem: 'is no owner',
  expected: '"user" or "user:group", of letters, digits, "_", "-" and "."',
  remedy: 'name the user that runs the node',
  source: 'docs/distribution.md; test/constructs/refusals.test.ts',
});
