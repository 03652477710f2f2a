import { createHash } from 'node:crypto';

import type { Construct } from 'constructs';

import { publicKeyPem } from '../../crypto/public-key';
import { describe, finding } from '../../model/findings/finding';
import { CA_KEY_OF_ANOTHER_CERTIFICATE, keptKeyFindings, typedKeyFindings } from '../../model/pki/kept-key';
import { WRITE_ONLY_KEYS } from '../../model/terraform/provider-features';
import { type Precondition, TerraformStack } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { publicKeyOf } from '../terraform/public-key-of';
import { resolved } from '../terraform/resolved';
import { requireTlsFeature } from '../terraform/tls-provider-version';
import { variablesOf } from '../terraform/variables';
import type { SigningKey } from './tls-provider-signing';

/**
 * Judges a private key that a user hands in: at synth, where it comes from; and in a plan, before anything changes, whether it belongs to the
 * certificate. The condition is for a resource that signs with the key. Absent if the certificate is not known at synth.
 */
export function guardKey(
  scope: Construct,
  subject: string,
  key: SigningKey,
  certificate: Uint8Array | undefined,
): Precondition | undefined {
  const stack = TerraformStack.of(scope);
  const value = 'pem' in key ? key.pem : key.writeOnly.value;
  if ('writeOnly' in key) requireTlsFeature(scope, WRITE_ONLY_KEYS);
  scope.node.addValidation({
    validate: () => {
      const expression = String(resolved(stack, value));
      const variables = variablesOf(stack);
      return [
        ...typedKeyFindings(subject, expression, variables),
        ...('writeOnly' in key ? keptKeyFindings(subject, expression, variables) : []),
      ].map(describe);
    },
  });
  const expected = certificate && publicKeyPem(certificate);
  if (expected === undefined) return undefined;
  const given = publicKeyOf(scope, IDS.PUBLIC_KEY, value, 'writeOnly' in key);
  return {
    condition: `\${sha256(trimspace(${given})) == "${createHash('sha256').update(expected.trim()).digest('hex')}"}`,
    errorMessage: describe(finding(CA_KEY_OF_ANOTHER_CERTIFICATE, { subject })),
  };
}
