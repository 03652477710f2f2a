import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import { PROVIDER_MISSING } from '../../model/terraform/terraform-text';
import { TerraformProvider, TerraformStack } from './cdktf';

/** Stacks that have the check already. One check for each stack is enough. */
const CHECKED = new WeakMap<TerraformStack, Set<string>>();

/** Makes synth fail if the stack of `scope` lacks the provider `type`. The message names the line to add. */
export function requireProvider(scope: Construct, type: 'tls' | 'local'): void {
  const stack = TerraformStack.of(scope);
  const checked = CHECKED.get(stack) ?? new Set<string>();
  if (checked.has(type)) return;
  CHECKED.set(stack, checked.add(type));
  stack.node.addValidation({ validate: () => (hasProvider(stack, type) ? [] : [missing(stack, type)]) });
}

function hasProvider(stack: TerraformStack, type: string): boolean {
  return stack.node
    .findAll()
    .some((construct) => TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === type);
}

function missing(stack: TerraformStack, type: string): string {
  return describe(finding(PROVIDER_MISSING, { subject: `${type} resource in stack`, got: stack.node.id }));
}
