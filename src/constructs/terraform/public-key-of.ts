import type { Construct } from 'constructs';

import { DataTlsPublicKey, TerraformElement } from './cdktf';

/**
 * An expression for the public key of a private key that only Terraform knows, as PEM. The state contains the private key once more, if it is not
 * ephemeral. The expression has no `${…}` around it.
 */
export function publicKeyOf(scope: Construct, id: string, privateKeyPem: string, isEphemeral: boolean): string {
  const { friendlyUniqueId } = isEphemeral
    ? new EphemeralPublicKey(scope, id, privateKeyPem)
    : new DataTlsPublicKey(scope, id, { privateKeyPem });
  return `${isEphemeral ? 'ephemeral' : 'data'}.tls_public_key.${friendlyUniqueId}.public_key_pem`;
}

/** CDKTF has no class for ephemeral resources. */
class EphemeralPublicKey extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly privateKeyPem: string,
  ) {
    super(scope, id, 'ephemeral.tls_public_key');
  }

  public override toTerraform(): object {
    return { ephemeral: { tls_public_key: { [this.friendlyUniqueId]: { private_key_pem: this.privateKeyPem } } } };
  }
}
