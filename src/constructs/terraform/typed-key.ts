import type { Construct } from 'constructs';

import { describe } from '../../model/findings/finding';
import { typedKeyFindings } from '../../model/pki/kept-key';
import { TerraformStack } from './cdktf';
import { resolved } from './resolved';
import { variablesOf } from './variables';

/** Refuses at synth a private key that is typed into the program, wherever it is in the expression or in the default of a variable. */
export function refuseTypedKey(scope: Construct, subject: string, value: string): void {
  const stack = TerraformStack.of(scope);
  scope.node.addValidation({
    validate: () => typedKeyFindings(subject, String(resolved(stack, value)), variablesOf(stack)).map(describe),
  });
}
