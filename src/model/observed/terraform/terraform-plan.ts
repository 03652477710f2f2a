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

/** A plan from the output of `terraform show -json`. */
export interface TerraformPlan {
  readonly resources: readonly TerraformResource[];
  /** Time of the plan, as in RFC 3339. */
  readonly timestamp?: string;
  /** Whether the plan covers the whole stack, which it does not with `-target`. */
  readonly isComplete: boolean;
}

/**
 * Reads the output of `terraform show -json PLAN`: format 1 of Terraform 1.x, "JSON Output Format". Skips nested modules, which a CDKTF
 * stack does not have. Refuses everything else, and failed plans. Messages never quote the text, because it contains keys.
 */
export function readPlan(json: unknown): TerraformPlan {
  const plan = new JsonPart(PLAN_MALFORMED, json);
  const top = plan.object();
  const format = plan.at('format_version').text() ?? '';
  const changes = plan.at('resource_changes');
  if (top === undefined || !format.startsWith('1.') || changes.list() === undefined) {
    refuse(PLAN_MALFORMED, { subject: 'JSON', detail: `format_version ${JSON.stringify(format)}` });
  }
  if (top.errored === true) refuse(PLAN_FAILED, { subject: 'plan' });
  const configuration = configurationOf(plan);
  return {
    resources: managed(changes).map((resource) => {
      const { address, type } = identified(resource);
      const change = resource.at('change');
      return {
        address,
        type,
        before: change.at('before').object(),
        after: change.at('after').object(),
        configured: configuration.get(address) ?? NOT_CONFIGURED,
      };
    }),
    timestamp: plan.at('timestamp').text(),
    isComplete: top.complete !== false,
  };
}

export const PLAN_MALFORMED = rule({
  code: 'plan-malformed',
  severity: 'error',
  problem: 'is not what terraform show -json writes of a plan',
  expected: 'the output of: terraform show -json plan.tfplan',
  remedy: 'save the plan with terraform plan -out=plan.tfplan, and pass the JSON of that file',
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

/** A nested block is a list of expressions, which are skipped. */
function expression(given: JsonPart): Expression {
  if (given.isList()) return { references: [] };
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
