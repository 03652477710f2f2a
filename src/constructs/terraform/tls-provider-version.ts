import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { describe } from '../../model/findings/finding';
import {
  featureFindings,
  TERRAFORM_WITH_WRITE_ONLY,
  type TlsProviderFeature,
  WRITE_ONLY_KEYS,
} from '../../model/terraform/provider-features';
import { versionConstraint } from '../../model/terraform/version-constraint';
import { TerraformProvider, TerraformStack } from './cdktf';
import { within } from './report';
import { overridesOf } from './stack-overrides';
import { concrete } from './tokens';

/**
 * The version of Terraform's `tls` provider that a stack requires. The prebuilt bindings, `@cdktf/provider-tls`, require exactly the version that
 * they were made for, and some features of this library take a later one (`docs/provider-versions.md`).
 */
export class TlsProviderVersion {
  /**
   * Requires another version of the provider for the stack of `scope`. A second call replaces the first. It does the same as
   * `stack.addOverride('terraform.required_providers.tls.version', …)`, and refuses a text that is no constraint.
   *
   * `constraint`: a version constraint of Terraform's, such as `~> 4.4`.
   */
  public static require(scope: Construct, constraint: string): TlsProviderVersion {
    checkCall('TlsProviderVersion.require', scope, constraint);
    within(scope, () => versionConstraint('constraint', concrete('constraint', constraint)));
    TerraformStack.of(scope).addOverride('terraform.required_providers.tls.version', constraint);
    return new TlsProviderVersion(constraint);
  }

  /** The version constraint. */
  public readonly constraint: string;

  private constructor(constraint: string) {
    this.constraint = constraint;
  }
}

/** The features for which a stack has the check already. */
const CHECKED = new WeakMap<TerraformStack, Set<TlsProviderFeature>>();

/** Makes synth fail if the stack of `scope` may get a tls provider without that feature. */
export function requireTlsFeature(scope: Construct, feature: TlsProviderFeature): void {
  const stack = TerraformStack.of(scope);
  const checked = CHECKED.get(stack) ?? new Set<TlsProviderFeature>();
  if (checked.has(feature)) return;
  CHECKED.set(stack, checked.add(feature));
  if (feature === WRITE_ONLY_KEYS) requireTerraform(stack, TERRAFORM_WITH_WRITE_ONLY);
  stack.node.addValidation({
    validate: () => featureFindings(stack.node.id, feature, requiredVersion(stack)).map(describe),
  });
}

/** Synth does not know which Terraform will run. Terraform itself refuses to, unless the user has said which one may. */
function requireTerraform(stack: TerraformStack, constraint: string): void {
  if (overridesOf(stack).terraform?.required_version !== undefined) return;
  stack.addOverride('terraform.required_version', constraint);
}

/** What CDKTF will write as the required version. */
function requiredVersion(stack: TerraformStack): string | undefined {
  const overridden = overridesOf(stack).terraform?.required_providers?.tls?.version;
  if (typeof overridden === 'string') return overridden;
  const last = stack.node.findAll().filter(isTlsProvider).at(-1)?.terraformGeneratorMetadata;
  return last?.providerVersion ?? last?.providerVersionConstraint;
}

function isTlsProvider(construct: unknown): construct is TerraformProvider {
  return TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === 'tls';
}
