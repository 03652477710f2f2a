import type { Construct } from 'constructs';

import { attribute } from './attribute';
import { TerraformResource, type TerraformResourceLifecycle } from './cdktf';
import { requireConfiguredProvider } from './providers';

/** A resource of a provider without bindings in this package. */
export interface PlainResourceConfig {
  /** Type, such as `vault_pki_secret_backend_sign`. */
  readonly type: string;
  /** Arguments, with Terraform's names. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Provider with its alias, such as `vault.eu`. Absent for the provider without an alias. */
  readonly provider?: string;
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * A Terraform resource of a provider that only some users have. Its bindings are no dependency of this package, so its arguments have no types:
 * a test holds them to the schema of the published bindings. The user's stack configures the provider.
 */
export class PlainResource extends TerraformResource {
  private readonly attributes: Readonly<Record<string, unknown>>;
  private readonly providerName?: string;

  public constructor(scope: Construct, id: string, { type, attributes, provider, lifecycle }: PlainResourceConfig) {
    super(scope, id, { terraformResourceType: type, lifecycle });
    this.attributes = attributes;
    this.providerName = provider;
    requireConfiguredProvider(this, type, provider);
  }

  /** An attribute as a token. */
  public text(name: string): string {
    return attribute(this, name);
  }

  public override get terraformMetaArguments(): Record<string, unknown> {
    return { ...super.terraformMetaArguments, provider: this.providerName };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }
}
