import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { JsonPart } from '../../terraform/json-part';
import { identified, managed, NOT_CONFIGURED, type TerraformResource } from '../../terraform/resources';

/**
 * Reads a state from the output of `terraform show -json`, in the form of a plan. Refuses everything else. Messages never quote the text,
 * because it contains keys.
 */
export function readState(json: unknown): readonly TerraformResource[] {
  const state = new JsonPart(STATE_MALFORMED, json);
  const format = state.at('format_version').text() ?? '';
  const values = state.at('values');
  if (values.object() === undefined || !format.startsWith('1.')) {
    refuse(STATE_MALFORMED, { subject: 'JSON', detail: `format_version ${JSON.stringify(format)}` });
  }
  return modulesIn(values.at('root_module')).flatMap((module) =>
    managed(module.at('resources')).map((resource) => ({
      ...identified(resource),
      before: resource.at('values').object() ?? {},
      isUnfinished: resource.at('tainted').boolean(),
      configured: NOT_CONFIGURED,
    })),
  );
}

export const STATE_MALFORMED = rule({
  code: 'state-malformed',
  severity: 'error',
  problem: 'is not what terraform show -json writes of a state',
  expected: 'the output of terraform show -json, without the name of a plan, after an apply',
  remedy: 'run terraform show -json in the directory of the stack; for a plan there is erlang-tls check-plan',
  source: 'Terraform, JSON Output Format, State Representation',
});

/** A module and all modules in it, the outer ones first. It does not recurse, so no depth overflows the stack. */
function modulesIn(root: JsonPart): readonly JsonPart[] {
  const modules = [root];
  for (const module of modules) for (const child of module.at('child_modules').list() ?? []) modules.push(child);
  return modules;
}
