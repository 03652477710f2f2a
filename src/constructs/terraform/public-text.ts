import type { Construct } from 'constructs';

import { describe } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { misplacedKeyFindings } from '../../model/pki/kept-key';
import { TerraformStack } from './cdktf';
import { report } from './report';
import { resolved } from './resolved';
import { isToken } from './tokens';
import { variablesOf } from './variables';

/**
 * Refuses a private key where a certificate, a request or a list belongs, before the text gets into the synthesized stack: at once if it is seen in
 * the text, and at synth if it is within an expression. `broken`: what the text has to be.
 */
export function guardPublicText(scope: Construct, broken: Rule, subject: string, text: string): void {
  report(scope, misplacedKeyFindings(broken, subject, text, new Map()));
  if (!isToken(text) && !text.includes('${')) return;
  const stack = TerraformStack.of(scope);
  scope.node.addValidation({
    validate: () => {
      const expression = String(resolved(stack, text));
      // To find the variables of a stack takes a walk through all of it.
      const variables = expression.includes('var.') ? variablesOf(stack) : new Map();
      return misplacedKeyFindings(broken, subject, expression, variables).map(describe);
    },
  });
}
