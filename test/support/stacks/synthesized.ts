/** What real Terraform would have of a stack, after it has read the synthesized JSON. */
import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformResource, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import { emptyStack, type ResourceConfig, Template, terraformReads } from './template';

/** A stack with both providers. */
export function synthesizable(): TerraformStack {
  const stack = emptyStack();
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  return stack;
}

/** The resources of a stack, by their constructs. */
export class Synthesized {
  static of(stack: TerraformStack): Synthesized {
    return new Synthesized(Template.fromStack(stack));
  }

  private readonly types = new Map<string, Readonly<Record<string, ResourceConfig>>>();

  private constructor(private readonly template: Template) {}

  /** A string in the arguments of a resource, as Terraform understands it. */
  text(resource: Construct, ...path: readonly (string | number)[]): string {
    if (!TerraformResource.isTerraformResource(resource)) throw new Error(`${resource.node.path} is no resource`);
    const type = resource.terraformResourceType;
    const ofType = this.types.get(type) ?? this.template.resources(type);
    this.types.set(type, ofType);
    let value: unknown = ofType[resource.friendlyUniqueId];
    for (const key of path) value = (value as Record<string | number, unknown>)[key];
    if (typeof value !== 'string') throw new Error(`no string at ${path.join('.')} of ${type}`);
    return terraformKeeps(terraformReads(this.template.withSharedTexts(value)));
  }
}

/**
 * Terraform drops a byte order mark in front of a string, replaces what has no UTF-8 form, and brings every string to Unicode's normal
 * form C (run on Terraform 1.11).
 */
function terraformKeeps(text: string): string {
  return Buffer.from(text.replace(/^\ufeff/, ''), 'utf8')
    .toString('utf8')
    .normalize('NFC');
}
