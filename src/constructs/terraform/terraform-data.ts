import type { Construct } from 'constructs';

import { propertyAccess, TerraformResource, type TerraformResourceLifecycle, Token } from './cdktf';

/** Arguments of `terraform_data`. */
export interface TerraformDataConfig {
  readonly input?: Record<string, unknown>;
  /** A new value makes a new resource. */
  readonly triggersReplace?: string;
  readonly dependsOn?: TerraformResource[];
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * The `terraform_data` resource, which is part of Terraform itself. CDKTF's own class for it runs `terraform version` at every synth, and a
 * synth must work without Terraform.
 */
export class TerraformData extends TerraformResource {
  private readonly input?: Record<string, unknown>;
  private readonly triggersReplace?: string;

  public constructor(scope: Construct, id: string, { input, triggersReplace, ...config }: TerraformDataConfig) {
    super(scope, id, {
      ...config,
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
    this.input = input;
    this.triggersReplace = triggersReplace;
  }

  /** A text of `input`. If changes of it are ignored, it is the text from the creation of the resource. */
  public text(name: string): string {
    return Token.asString(this.given(name));
  }

  /** A list of `input`. */
  public list(name: string): string[] {
    return Token.asList(this.given(name));
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input, triggers_replace: this.triggersReplace };
  }

  private given(name: string): unknown {
    return propertyAccess(this.interpolationForAttribute('input'), [name]);
  }
}
