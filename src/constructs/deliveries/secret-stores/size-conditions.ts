import type { Construct } from 'constructs';

import { roomBeside, tooLarge } from '../../../model/deliveries/secret-stores/script-size';
import type { SecretStoreFacts } from '../../../model/deliveries/secret-stores/stores';
import { describe } from '../../../model/findings/finding';
import { Op, type Precondition, TerraformLocal } from '../../terraform/cdktf';
import { asTerraformReads, withChecksumTokens } from '../../terraform/checksums';
import { expression, operand } from '../../terraform/expression';
import { IDS } from '../../terraform/ids';
import { isToken, splitAtTokens } from '../../terraform/tokens';
import type { NodeScript } from '../node-script';

/**
 * Refuses a script that is too large for the store, as far as its texts are known, and lets Terraform refuse it as soon as it knows the others.
 * `names`: the line with the names of the pieces, if the body has secrets of its own.
 */
export function sizeConditions(
  scope: Construct,
  { nodeId, body, _fullHead }: NodeScript,
  facts: SecretStoreFacts,
  names: string | undefined,
): Precondition[] | undefined {
  const subject = `script of ${nodeId}`;
  const parts = splitAtTokens(withChecksumTokens(_fullHead) + (names ?? body));
  const known = parts.filter((part) => !isToken(part)).join('');
  const { inBase64 } = roomBeside(facts, subject, Buffer.byteLength(asTerraformReads(known)));
  const others = parts.filter(isToken).join('');
  if (others === '') return undefined;
  // A local value, because a message shows what a condition refers to.
  const size = new TerraformLocal(scope, IDS.SCRIPT_SIZE, expression(`length(base64encode(${operand(others)}))`));
  return [{ condition: Op.lte(size.asNumber, inBase64), errorMessage: describe(tooLarge(facts, subject)) }];
}
