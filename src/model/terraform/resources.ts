import type { JsonPart, Values } from './json-part';

export type { Values } from './json-part';

/** A moment before an apply, or after it. */
export type Moment = 'before' | 'after';

export const MOMENTS: readonly Moment[] = ['before', 'after'];

/** A managed resource of a plan or a state. */
export interface TerraformResource {
  readonly address: string;
  /** Name of the plan that it is in. Absent if only one plan is looked at. */
  readonly plan?: string;
  readonly type: string;
  /** Values as they were applied. Absent if the resource does not exist yet. */
  readonly before?: Values;
  /** Whether the apply makes it again: it has vanished since it was applied, or it is replaced. */
  readonly isMadeAgain?: boolean;
  /** Whether the apply that made it failed, as in a command that brings files to a node. Its values may be those that never arrived. */
  readonly isUnfinished?: boolean;
  /** Values after the apply, as far as they are known. Absent if the resource is destroyed. */
  readonly after?: Values;
  /** The configuration of the resource. Empty if the configuration does not declare it. */
  readonly configured: Configured;
}

/** The configuration of a resource. */
export interface Configured {
  /** Expressions by the names of attributes. */
  readonly expressions: ReadonlyMap<string, Expression>;
  /** Addresses of the resources in `depends_on`. */
  readonly dependsOn: readonly string[];
}

/** The configuration of an attribute. */
export interface Expression {
  /** Text of the expression. Absent if the configuration is not in JSON, as CDKTF's is. */
  readonly text?: string;
  readonly value?: unknown;
  /** Addresses of the resources that the expression refers to. */
  readonly references: readonly string[];
}

export const NOT_CONFIGURED: Configured = { expressions: new Map(), dependsOn: [] };

/** Where a resource is, for people, and to tell it from one with the same address in another plan. */
export function placeOf({ address, plan }: Pick<TerraformResource, 'address' | 'plan'>): string {
  return plan === undefined ? address : `${plan}: ${address}`;
}

/** The managed resources in a list. One that does not say whether it is managed is refused: it would be passed over. */
export function managed(list: JsonPart): readonly JsonPart[] {
  return (list.list() ?? []).filter((resource) => {
    const mode = resource.at('mode');
    return (mode.text() ?? mode.refuseAs('missing')) === 'managed';
  });
}

/** Address and type of a resource. */
export function identified(resource: JsonPart): Pick<TerraformResource, 'address' | 'type'> {
  return { address: resource.at('address').text() ?? '', type: resource.at('type').text() ?? '' };
}
