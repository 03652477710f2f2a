import type { JsonPart, Values } from './json-part';

export type { Values } from './json-part';

/** Before an apply, and after it. */
export type Moment = 'before' | 'after';

export const MOMENTS: readonly Moment[] = ['before', 'after'];

/** A managed resource of a plan or a state. */
export interface TerraformResource {
  readonly address: string;
  readonly type: string;
  /** As it is; undefined where there is none yet. */
  readonly before?: Values;
  /** As it will be, as far as that is known; undefined where it goes. */
  readonly after?: Values;
  /** What the configuration says of it; nothing of what it does not declare. */
  readonly configured: Configured;
}

/** What a configuration says of a resource. */
export interface Configured {
  /** By the names of attributes. */
  readonly expressions: ReadonlyMap<string, Expression>;
  /** The addresses of the resources that it waits for. */
  readonly dependsOn: readonly string[];
}

/** What the configuration gives for an attribute. */
export interface Expression {
  /** The text of it, where it is written as text: a configuration in JSON, such as CDKTF's. */
  readonly text?: string;
  readonly value?: unknown;
  /** The addresses of the resources that it uses. */
  readonly references: readonly string[];
}

export const NOT_CONFIGURED: Configured = { expressions: new Map(), dependsOn: [] };

/** The managed ones among the resources of a list. */
export function managed(list: JsonPart): readonly JsonPart[] {
  return (list.list() ?? []).filter((resource) => resource.at('mode').text() === 'managed');
}

/** Who a resource is. */
export function identified(resource: JsonPart): Pick<TerraformResource, 'address' | 'type'> {
  return { address: resource.at('address').text() ?? '', type: resource.at('type').text() ?? '' };
}
