import type { Construct, IConstruct } from 'constructs';

/** A place outside Terraform that one construct writes, such as a file. */
export interface Claim {
  readonly name: string;
  /** Path of the construct. */
  readonly by: string;
}

/** The places of each app. Stacks of one app are deployed one by one, and none sees in its state what another one writes. */
const claimedIn = new WeakMap<IConstruct, Map<string, Claim>>();

/** Claims a place for a construct. Returns the claim that is there, if any. `name`: of the place, for people. */
export function claimedBefore({ node }: Construct, key: string, name: string): Claim | undefined {
  const claims = claimedIn.get(node.root) ?? new Map<string, Claim>();
  claimedIn.set(node.root, claims);
  const other = claims.get(key);
  if (other === undefined) claims.set(key, { name, by: node.path });
  return other;
}
