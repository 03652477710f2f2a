import type { Construct } from 'constructs';

import {
  propertyAccess,
  type SSHProvisionerConnection,
  TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
  Token,
} from './cdktf';

/** Arguments of `terraform_data`. */
export interface TerraformDataConfig {
  readonly input?: Record<string, unknown>;
  /** A new value makes a new resource. */
  readonly triggersReplace?: unknown;
  readonly dependsOn?: readonly TerraformResource[];
  /** One more resource to wait for, of the same stack, which is asked for at synth. */
  readonly waitsFor?: () => TerraformResource | undefined;
  readonly lifecycle?: TerraformResourceLifecycle;
  /** What Terraform runs when it creates the resource. */
  readonly provisioning?: Provisioning;
}

/** Scripts that Terraform runs on a machine, one after another, each uploaded to a path of its own. */
export interface Provisioning {
  readonly connection: SSHProvisionerConnection;
  readonly scripts: readonly { readonly path: string; readonly text: string }[];
}

/**
 * The `terraform_data` resource, which is part of Terraform itself. CDKTF's own class for it runs `terraform version` at every synth, and a
 * synth must work without Terraform.
 */
export class TerraformData extends TerraformResource {
  private readonly input?: Record<string, unknown>;
  private readonly triggersReplace?: unknown;
  private readonly waitsFor?: () => TerraformResource | undefined;
  private readonly near: readonly TerraformResource[];
  private readonly far?: string[];

  public constructor(
    scope: Construct,
    id: string,
    { input, triggersReplace, dependsOn = [], waitsFor, lifecycle, provisioning }: TerraformDataConfig,
  ) {
    const stack = TerraformStack.of(scope);
    const isNear = (resource: TerraformResource): boolean => TerraformStack.of(resource) === stack;
    super(scope, id, {
      lifecycle,
      provisioners: provisioning?.scripts.map(({ path, text }) => ({
        type: 'remote-exec' as const,
        connection: { ...provisioning.connection, scriptPath: path },
        inline: [text],
      })),
      dependsOn: dependsOn.filter((resource) => !isNear(resource)),
      terraformResourceType: 'terraform_data',
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
    this.near = dependsOn.filter(isNear);
    this.far = this.dependsOn;
    this.input = input;
    this.triggersReplace = triggersReplace;
    this.waitsFor = waitsFor;
  }

  /** A text of `input`. If changes of it are ignored, it is the text from the creation of the resource. */
  public text(name: string): string {
    return Token.asString(this.given(name));
  }

  /** A list of `input`. */
  public list(name: string): string[] {
    return Token.asList(this.given(name));
  }

  /** CDKTF makes two tokens of each dependency, and there may be thousands. Within a stack, the address is enough. */
  public override toTerraform(): object {
    const other = this.waitsFor?.();
    const near = other === undefined ? this.near : [...this.near, other];
    if (near.length > 0) this.dependsOn = [...(this.far ?? []), ...near.map(addressOf)];
    return super.toTerraform() as object;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.input, triggers_replace: this.triggersReplace };
  }

  private given(name: string): unknown {
    return propertyAccess(this.interpolationForAttribute('input'), [name]);
  }
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
