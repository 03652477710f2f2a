import type { KeyVariable } from '../../model/pki/kept-key';
import { type TerraformStack, TerraformVariable } from './cdktf';
import { resolved } from './resolved';
import { overridesOf } from './stack-overrides';

/** The variables of a stack by name, as they are synthesized. */
export function variablesOf(stack: TerraformStack): ReadonlyMap<string, KeyVariable> {
  const constructs = stack.node.findAll().filter((construct) => construct instanceof TerraformVariable);
  const declared = constructs.map(
    (variable) => (resolved(stack, variable.toTerraform()) as { variable: Variables }).variable,
  );
  const all = [...declared, overridesOf(stack).variable ?? {}].flatMap((variables) => Object.entries(variables));
  return all.reduce((found, [name, { ephemeral, default: given } = {}]) => {
    const { isEphemeral = false, default: before } = found.get(name) ?? {};
    return found.set(name, {
      isEphemeral: ephemeral === undefined ? isEphemeral : ephemeral === true,
      default: typeof given === 'string' ? given : before,
    });
  }, new Map<string, KeyVariable>());
}

type Variables = Readonly<Record<string, { readonly ephemeral?: unknown; readonly default?: unknown } | undefined>>;
