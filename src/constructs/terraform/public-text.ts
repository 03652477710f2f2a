import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { KEY_IN_TEXT, misplacedKeyFindings } from '../../model/pki/kept-key';
import { type Precondition, TerraformLocal, TerraformStack } from './cdktf';
import { expression, operand, quoted } from './expression';
import { IDS } from './ids';
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

/**
 * The text as far as Terraform may keep and show it: a message that shows what a condition refers to shows no private key, and the text is then
 * refused by its conditions. Known text is returned as it is.
 */
export function withoutPrivateKey(scope: Construct, id: string, text: string): string {
  if (!isToken(text)) return text;
  const kept = `${holdsKey(text)} ? ${quoted('a private key, which is left out')} : ${operand(text)}`;
  return new TerraformLocal(scope, id, expression(kept)).asString;
}

/** The same as a condition, for a text that others have to read as it is. It refers to a local value, because a message would show the text. */
export function isPublic(scope: Construct, broken: Rule, subject: string, text: string): Precondition {
  const { asBoolean } = new TerraformLocal(scope, IDS.IS_PUBLIC, expression(`!${holdsKey(text)}`));
  return { condition: asBoolean, errorMessage: describe(finding(broken, { subject, detail: KEY_IN_TEXT })) };
}

/** The class of one character keeps the stack free of the words that a search for keys looks for. */
function holdsKey(text: string): string {
  return `can(regex("PRIVATE [K]EY-----", ${operand(text)}))`;
}
