import { ownValue } from '../../model/api/own-values';
import type { NodeName } from '../../model/cluster/node-name';
import type { TlsPaths } from '../../model/files/tls-paths';
import { keyOptions, opensslValue, requestConfiguration } from '../../model/pki/openssl-request';
import type { CertificatePlan } from '../../model/plan/certificate-plan';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import type { KeyOnNode } from '../deliveries/delivery';
import { onlyHostCharacters, requestedNames } from '../terraform/deferred-host';
import { isToken } from '../terraform/tokens';

/** What a delivery has to know of a key that stays on the node. `name` is absent for the tools, whose certificate names no host. */
export function keyOnNode(
  plan: CertificatePlan,
  { certfile, keyfile = certfile }: TlsPaths,
  name?: NodeName,
): KeyOnNode {
  return ownValue('KeyOnNode', {
    keyPath: keyfile,
    certificatePath: certfile,
    keyOptions: keyOptions(plan.keyAlgorithm),
    requestConfiguration: requestConfiguration({
      commonName: commonNameText(plan.commonName),
      alternativeNames: name === undefined ? '' : requestedNames(name, plan),
      uses: plan.uses,
    }),
  });
}

/** The same as long as there is no certificate. */
export function waiting(key: KeyOnNode | undefined): KeyOnNode | undefined {
  return key && ownValue('KeyOnNode', { ...key, certificatePath: undefined });
}

function commonNameText(commonName: string): string {
  return isToken(commonName) ? `"${onlyHostCharacters(commonName)}"` : terraformLiteral(opensslValue(commonName));
}
