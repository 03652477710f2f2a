import { DOCUMENTATION } from '../findings/documentation';
import { type Finding, finding } from '../findings/finding';
import { rule } from '../findings/rule';
import { isOlder, oldestAllowed, type Version, VERSION_CONSTRAINT_ILLEGAL } from './version-constraint';

/** What not every version of Terraform's tls provider can do that its bindings allow. */
export interface TlsProviderFeature {
  /** As the user calls it. */
  readonly name: string;
  readonly since: Version;
}

export const WRITE_ONLY_KEYS: TlsProviderFeature = { name: 'a write-only private key', since: [4, 4, 0] };

/** 4.2.0 has it too, and replaces every certificate of an older version (hashicorp/terraform-provider-tls#735). */
export const PATH_LENGTHS: TlsProviderFeature = { name: 'maxPathLength', since: [4, 2, 1] };

/** The Terraform that has write-only arguments. */
export const TERRAFORM_WITH_WRITE_ONLY = '>= 1.11.0';

/** A finding if the stack may get a provider without that feature. `constraint`: the version that it requires, if any. */
export function featureFindings(
  stack: string,
  { name, since }: TlsProviderFeature,
  constraint: string | undefined,
): readonly Finding[] {
  const subject = `version of provider "tls" in stack "${stack}"`;
  const oldest = oldestAllowed(constraint ?? '>= 0');
  if (oldest === undefined) return [finding(VERSION_CONSTRAINT_ILLEGAL, { subject, got: constraint })];
  if (!isOlder(oldest, since)) return [];
  const expected = `${since.join('.')} or later, for ${name}`;
  return [finding(PROVIDER_VERSION_TOO_OLD, { subject, got: constraint ?? 'any', expected })];
}

export const PROVIDER_VERSION_TOO_OLD = rule({
  code: 'provider-version-too-old',
  severity: 'error',
  problem: 'allows a provider that cannot do what the stack asks for',
  expected: 'a version that can do it',
  remedy: `add TlsProviderVersion.require(this, '~> 4.4') to the stack: ${DOCUMENTATION}provider-versions.md`,
  source: 'docs/provider-versions.md; hashicorp/terraform-provider-tls#789',
});
