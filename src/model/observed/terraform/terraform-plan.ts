import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { JsonPart } from '../../terraform/json-part';
import {
  type Configured,
  type Expression,
  identified,
  managed,
  NOT_CONFIGURED,
  type TerraformResource,
} from '../../terraform/resources';
import { leftOutOf } from './left-out';

/** A plan from the output of `terraform show -json`. */
export interface TerraformPlan {
  /** What people call it, such as its file. Absent if only one plan is looked at. */
  readonly name?: string;
  readonly resources: readonly TerraformResource[];
  /** Time of the plan, as in RFC 3339. */
  readonly timestamp?: string;
  /** What the plan does not cover of the stack, in words, as with `-target`. Absent if it covers everything. */
  readonly leftOut?: string;
}

/**
 * Reads the output of `terraform show -json PLAN`: format 1 of Terraform 1.x, "JSON Output Format". Skips nested modules, which a CDKTF
 * stack does not have. Refuses everything else, and failed plans. Messages never quote the text, because it contains keys.
 * `name`: what to call the plan where several are looked at together.
 */
export function readPlan(json: unknown, name?: string): TerraformPlan {
  const plan = new JsonPart(PLAN_MALFORMED, json);
  const changes = plan.at('resource_changes');
  checkFormat(plan);
  if (plan.at('errored').boolean() === true) refuse(PLAN_FAILED, { subject: 'plan' });
  const configuration = configurationOf(plan);
  const lost = lostResources(plan);
  const changed = managed(changes).map((resource): TerraformResource => {
    const { address, type } = identified(resource);
    const change = resource.at('change');
    const found = change.at('before').object();
    const before = found ?? lost.get(address)?.before;
    return {
      address,
      plan: name,
      type,
      before,
      after: change.at('after').object(),
      isMadeAgain: before !== undefined && (found === undefined || change.at('actions').texts().includes('create')),
      isUnfinished: resource.at('action_reason').text() === 'replace_because_tainted',
      configured: configuration.get(address) ?? NOT_CONFIGURED,
    };
  });
  // What has vanished and is no longer declared has no change.
  const known = new Set(changed.map(({ address }) => address));
  const gone = [...lost.values()].filter(({ address }) => !known.has(address));
  const resources = [...changed, ...gone.map((one) => ({ ...one, plan: name }))];
  return { name, resources, timestamp: plan.at('timestamp').text(), leftOut: leftOutOf(plan, resources) };
}

/** Says what the JSON is instead, as far as that can be told. */
function checkFormat(plan: JsonPart): void {
  const malformed = (detail: string): never => refuse(PLAN_MALFORMED, { subject: 'JSON', detail });
  if (plan.object() === undefined) malformed('it is null');
  const format = plan.at('format_version').text();
  if (format === undefined) malformed('it has no format_version, so that terraform show -json did not write it');
  if (format?.startsWith('1.') !== true) malformed(`its format_version is ${JSON.stringify(format)}, and not 1.x`);
  // The plan of a stack that was empty and stays so has no list.
  if (plan.at('resource_changes').list() !== undefined || plan.at('planned_values').object() !== undefined) return;
  const isState = plan.at('values').object() !== undefined;
  malformed(isState ? 'it is a state: terraform show -json was run without a plan' : 'it has no resource_changes');
}

/** The state as it was applied of resources that have vanished since, such as files that the machine of the last apply has and this one does not. */
function lostResources(plan: JsonPart): ReadonlyMap<string, TerraformResource> {
  return new Map(
    managed(plan.at('resource_drift')).flatMap((resource) => {
      const change = resource.at('change');
      const before = change.at('before').object();
      if (before === undefined || change.at('after').object() !== undefined) return [];
      const one = { ...identified(resource), before, configured: NOT_CONFIGURED };
      return [[one.address, one] as const];
    }),
  );
}

export const PLAN_MALFORMED = rule({
  code: 'plan-malformed',
  severity: 'error',
  problem: 'is not what terraform show -json writes of a plan',
  expected: 'the output of: terraform show -json plan.tfplan',
  remedy:
    'save the plan with terraform plan -out=plan.tfplan, and pass the JSON of that file, not the one of the state or of terraform plan -json',
  source: 'Terraform, JSON Output Format, Plan Representation',
});

export const PLAN_FAILED = rule({
  code: 'plan-failed',
  severity: 'error',
  problem: 'ended with an error',
  expected: 'a plan that succeeded',
  remedy: 'read what terraform plan said, and correct that',
  source: 'Terraform, JSON Output Format: errored in Plan Representation',
});

function configurationOf(plan: JsonPart): ReadonlyMap<string, Configured> {
  const resources = plan.at('configuration').at('root_module').at('resources').list() ?? [];
  return new Map(
    resources.map((resource) => [
      identified(resource).address,
      {
        expressions: new Map(
          resource
            .at('expressions')
            .entries()
            .map(([name, given]) => [name, expression(given)]),
        ),
        dependsOn: resource.at('depends_on').texts(),
      },
    ]),
  );
}

/** Nested blocks of one name are a list. The value of a block is an object of the values of its attributes. */
function expression(given: JsonPart): Expression {
  const blocks = given.isList()
    ? given.list()?.map((block) => block.entries().map(([name, one]) => [name, expression(one)] as const))
    : undefined;
  if (blocks !== undefined) {
    return {
      value: blocks.map((block) => Object.fromEntries(block.map(([name, { value }]) => [name, value]))),
      references: [...new Set(blocks.flat().flatMap(([, { references }]) => references))],
    };
  }
  const value = given.object()?.constant_value;
  return {
    text: typeof value === 'string' ? value : undefined,
    value,
    references: [...new Set(given.at('references').texts().map(addressOf))],
  };
}

/** The address of `tls_self_signed_cert.ca.cert_pem` is `tls_self_signed_cert.ca`. */
function addressOf(reference: string): string {
  return reference.split('.').slice(0, 2).join('.');
}
