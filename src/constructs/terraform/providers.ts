import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import { PROVIDER_MISSING, PROVIDER_NOT_CONFIGURED } from '../../model/terraform/terraform-text';
import { TerraformProvider, TerraformStack } from './cdktf';
import { overridesOf } from './stack-overrides';

/** Stacks that have the check already. One check for each stack and provider is enough. */
const CHECKED = new WeakMap<TerraformStack, Set<string>>();

/** Makes synth fail if the stack of `scope` lacks the provider `type`. The message names the line to add. */
export function requireProvider(scope: Construct, type: 'tls' | 'local'): void {
  const missing = (stack: TerraformStack): string =>
    describe(finding(PROVIDER_MISSING, { subject: `${type} resource in stack`, got: stack.node.id }));
  check(scope, type, (stack) => (hasBinding(stack, type) ? [] : [missing(stack)]));
}

/**
 * The same for a provider that is no peer of this package. The user configures it with bindings of their own, with a `TerraformProvider`, or with
 * overrides of the stack, and names its source. `provider` is its name with an alias, if it has one.
 */
export function requireConfiguredProvider(scope: Construct, resourceType: string, provider?: string): void {
  const type = resourceType.slice(0, resourceType.indexOf('_'));
  check(scope, provider ?? type, (stack) => {
    if (hasBinding(stack, type, provider)) return [];
    const { isConfigured, hasSource } = overridden(stack, type);
    if (isConfigured && hasSource) return [];
    const lines = [
      ...(isConfigured ? [] : [`this.addOverride('provider.${type}', [{ … }])`]),
      ...(hasSource
        ? []
        : [`this.addOverride('terraform.required_providers.${type}', { source: 'hashicorp/${type}', version: '…' })`]),
    ];
    return [
      describe(
        finding(PROVIDER_NOT_CONFIGURED, {
          subject: `${resourceType} in stack`,
          got: stack.node.id,
          expected: lines.join(' and '),
        }),
      ),
    ];
  });
}

function check(scope: Construct, name: string, validate: (stack: TerraformStack) => string[]): void {
  const stack = TerraformStack.of(scope);
  const checked = CHECKED.get(stack) ?? new Set<string>();
  if (checked.has(name)) return;
  CHECKED.set(stack, checked.add(name));
  stack.node.addValidation({ validate: () => validate(stack) });
}

/** Whether there is a construct for the provider, with that alias if one is given. */
function hasBinding(stack: TerraformStack, type: string, named: string = type): boolean {
  return stack.node
    .findAll()
    .some(
      (construct) =>
        TerraformProvider.isTerraformProvider(construct) &&
        construct.terraformResourceType === type &&
        (named === type || construct.fqn === named),
    );
}

/** What the overrides of a stack say of a provider. */
function overridden(stack: TerraformStack, type: string): { isConfigured: boolean; hasSource: boolean } {
  const { provider, terraform } = overridesOf(stack);
  return {
    isConfigured: provider?.[type] !== undefined,
    hasSource: terraform?.required_providers?.[type]?.source !== undefined,
  };
}
