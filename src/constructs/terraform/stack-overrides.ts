import type { TerraformStack } from './cdktf';

/** What a user may have added to the JSON of a stack, as far as this library looks at it. */
export interface StackOverrides {
  readonly terraform?: {
    readonly backend?: unknown;
    readonly cloud?: unknown;
    readonly required_version?: unknown;
    readonly required_providers?: Readonly<Record<string, { readonly source?: unknown; readonly version?: unknown }>>;
  };
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<
    Record<string, { readonly ephemeral?: unknown; readonly default?: unknown } | undefined>
  >;
}

/** The overrides of a stack (`addOverride`). CDKTF has no other way to read them. */
export function overridesOf(stack: TerraformStack): StackOverrides {
  return (stack as unknown as { readonly rawOverrides: StackOverrides }).rawOverrides;
}
