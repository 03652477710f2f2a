import { nameList } from '../../findings/name-list';
import type { JsonPart } from '../../terraform/json-part';
import { identified, managed, type TerraformResource } from '../../terraform/resources';

/**
 * What a plan does not cover of the stack, in words. Absent if it covers everything.
 *
 * OpenTofu, and Terraform before 1.8, do not say whether a plan is complete. It is, if each resource of the configuration and of the state has its
 * change, which may be none: with `-target` the others are missing. Without a configuration, that is not known.
 */
export function leftOutOf(plan: JsonPart, resources: readonly TerraformResource[]): string | undefined {
  const said = plan.at('complete').boolean();
  if (said !== undefined) return said ? undefined : 'the plan says that it is not complete';
  const configured = plan.at('configuration').at('root_module');
  if (configured.object() === undefined)
    return 'the plan does not say whether it is complete, and has no configuration';
  const state = plan.at('prior_state').at('values').at('root_module').at('resources');
  const changed = new Set(resources.map(({ address }) => withoutIndex(address)));
  const declared = managed(configured.at('resources')).filter((resource) => !isNone(resource));
  const missing = [...declared, ...managed(state)]
    .map((resource) => withoutIndex(identified(resource).address))
    .filter((address) => !changed.has(address));
  return missing.length === 0 ? undefined : nameList([...new Set(missing)]);
}

/** Whether a resource is declared with a count of 0. */
function isNone(resource: JsonPart): boolean {
  return resource.at('count_expression').object()?.constant_value === 0;
}

/** The address of `count` and `for_each` in the configuration. */
function withoutIndex(address: string): string {
  return address.replace(/\[[^[\]]*\]$/, '');
}
