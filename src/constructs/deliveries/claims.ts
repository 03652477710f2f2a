import type { Construct, IConstruct } from 'constructs';

/** A place outside Terraform that one construct writes, such as a file. */
export interface Claim {
  readonly name: string;
  /** Path of the construct. */
  readonly by: string;
}

const claimedIn = new WeakMap<IConstruct, Map<string, Claim>>();

/**
 * Claims a place for a construct. Returns the claim that is there, if any.
 *
 * @param name Of the place, for people.
 * @param world Within what a place is one and the same: the app for files, since all its stacks write on one machine; the stack for what a provider
 * writes, since each stack configures its own, and may reach another account or cluster of Kubernetes with it.
 */
export function claimedBefore(world: IConstruct, { node }: Construct, key: string, name: string): Claim | undefined {
  const claims = claimedIn.get(world) ?? new Map<string, Claim>();
  claimedIn.set(world, claims);
  const other = claims.get(key);
  if (other === undefined) claims.set(key, { name, by: node.path });
  return other;
}
