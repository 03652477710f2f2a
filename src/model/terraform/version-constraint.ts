import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** Major, minor and patch version, and -1 behind those of a prerelease. */
export type Version = readonly number[];

/** The oldest version that a constraint of Terraform's allows: `>= 4.2.0` and `~> 4.2` give 4.2.0. Absent if it is no constraint. */
export function oldestAllowed(constraint: string): Version | undefined {
  const bounds = constraint.split(',').map(lowerBound);
  return bounds.every((bound) => bound !== undefined)
    ? bounds.reduce((one, other) => (isOlder(one, other) ? other : one))
    : undefined;
}

/** Checks that Terraform can read a version constraint. */
export function versionConstraint(subject: string, constraint: string): string {
  return oldestAllowed(constraint) === undefined
    ? refuse(VERSION_CONSTRAINT_ILLEGAL, { subject, got: constraint })
    : constraint;
}

export function isOlder(one: Version, other: Version): boolean {
  const at = [0, 1, 2, 3].find((index) => (one[index] ?? 0) !== (other[index] ?? 0)) ?? 0;
  return (one[at] ?? 0) < (other[at] ?? 0);
}

const CONDITION = /^\s*(=|!=|>=|>|<=|<|~>|)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?\s*$/;

const WITHOUT_LOWER_BOUND = ['!=', '<', '<='];

function lowerBound(condition: string): Version | undefined {
  const [, operator, first, second = '0', third = '0', prerelease] = CONDITION.exec(condition) ?? [];
  if (operator === undefined) return undefined;
  if (WITHOUT_LOWER_BOUND.includes(operator)) return [0, 0, 0];
  return [...[first, second, third].map(Number), ...(prerelease === undefined ? [] : [-1])];
}

export const VERSION_CONSTRAINT_ILLEGAL = rule({
  code: 'version-constraint-illegal',
  severity: 'error',
  problem: 'is no version constraint',
  expected: 'conditions as Terraform has them, with commas between them: "~> 4.4", ">= 4.2.1, < 5.0.0"',
  remedy: 'write the version with digits and dots, and one of =, !=, >, >=, <, <= and ~> before it',
  source: 'Terraform, Version Constraints',
});
