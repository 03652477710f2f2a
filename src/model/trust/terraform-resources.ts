import { refuse } from '../errors';

/** The attributes of a resource, by Terraform's names. */
export type Values = Readonly<Record<string, unknown>>;

/** A managed resource of a plan or a state. */
export interface TerraformResource {
  readonly address: string;
  readonly type: string;
  /** As it is; undefined where there is none yet. */
  readonly before?: Values;
  /** As it will be, as far as that is known; undefined where it goes. */
  readonly after?: Values;
  /** What the configuration says of an attribute; undefined where it says nothing. */
  readonly expressions: Readonly<Record<string, Expression>>;
}

/** What the configuration gives for an attribute. */
export interface Expression {
  /** The text of it, where it is written as text: a configuration in JSON, such as CDKTF's. */
  readonly text?: string;
  readonly value?: unknown;
  /** The addresses of the resources that it uses. */
  readonly references: readonly string[];
}

/** What `terraform show -json` says of a plan. */
export interface TerraformPlan {
  readonly resources: readonly TerraformResource[];
  /** When it was made, as in RFC 3339. */
  readonly timestamp?: string;
  /** Whether it covers everything: with `-target` it does not. */
  readonly isComplete: boolean;
}

/**
 * Reads what `terraform show -json PLAN` writes: format 1 of Terraform 1.x, "JSON Output Format". Resources of nested modules are not looked
 * at; a stack of CDKTF has none. Refuses what is no plan, or one that failed. Of the text nothing is quoted: it holds keys.
 */
export function readPlan(json: unknown): TerraformPlan {
  const plan = checkedPlan(json);
  if (plan.errored === true) refuse('plan-failed', { subject: 'plan' });
  const expressions = configured(plan);
  return {
    resources: objects(plan.resource_changes)
      .filter(({ mode }) => mode === 'managed')
      .map((resource) => {
        const change = object(resource.change);
        const address = text(resource.address) ?? '';
        return {
          address,
          type: text(resource.type) ?? '',
          before: optional(change.before),
          after: optional(change.after),
          expressions: expressions.get(address) ?? {},
        };
      }),
    timestamp: text(plan.timestamp),
    isComplete: plan.complete !== false,
  };
}

/**
 * Reads what `terraform show -json` writes of a state, in the same format: each resource as it is. Refuses what is no state. Of the text
 * nothing is quoted: it holds keys.
 */
export function readState(json: unknown): readonly TerraformResource[] {
  const { format, top } = topOf(json);
  const values = optional(top?.values);
  if (values === undefined || !format.startsWith('1.')) {
    refuse('state-malformed', { subject: 'JSON', detail: `format_version ${JSON.stringify(format)}` });
  }
  return resourcesIn(object(values.root_module));
}

function resourcesIn(module: Values): readonly TerraformResource[] {
  const own = objects(module.resources).filter(({ mode }) => mode === 'managed');
  return [
    ...own.map((resource) => ({
      address: text(resource.address) ?? '',
      type: text(resource.type) ?? '',
      before: object(resource.values),
      expressions: {},
    })),
    ...objects(module.child_modules).flatMap(resourcesIn),
  ];
}

function checkedPlan(json: unknown): Values {
  const { format, top } = topOf(json);
  if (top === undefined || !format.startsWith('1.') || top.resource_changes === undefined) {
    refuse('plan-malformed', { subject: 'JSON', detail: `format_version ${JSON.stringify(format)}` });
  }
  return top;
}

function topOf(json: unknown): { readonly format: string; readonly top: Values | undefined } {
  const top = optional(json);
  return { format: text(top?.format_version) ?? '', top };
}

function configured(plan: Values): ReadonlyMap<string, Readonly<Record<string, Expression>>> {
  const resources = objects(object(object(plan.configuration).root_module).resources);
  return new Map(
    resources.map((resource) => [
      text(resource.address) ?? '',
      Object.fromEntries(
        Object.entries(object(resource.expressions)).map(([name, given]) => [name, expression(object(given))]),
      ),
    ]),
  );
}

function expression(given: Values): Expression {
  const references = Array.isArray(given.references) ? given.references : [];
  return {
    text: text(given.constant_value),
    value: given.constant_value,
    references: [...new Set(references.map((one) => addressOf(String(one))))],
  };
}

/** `tls_self_signed_cert.ca.cert_pem` speaks of `tls_self_signed_cert.ca`. */
function addressOf(reference: string): string {
  return reference.split('.').slice(0, 2).join('.');
}

function optional(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
}

function object(value: unknown): Values {
  return optional(value) ?? {};
}

function objects(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
