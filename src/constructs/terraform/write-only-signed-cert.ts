import type { Construct } from 'constructs';

import { LocallySignedCert, type LocallySignedCertConfig } from './cdktf';

/** A private key that Terraform hands to the provider and does not keep. A new version tells of a new key. */
export interface WriteOnlyKeyConfig {
  readonly value: string;
  readonly version: number;
}

/** `tls_locally_signed_cert` with a write-only key, which the bindings of 4.1.0 do not know. */
export class WriteOnlySignedCert extends LocallySignedCert {
  public constructor(
    scope: Construct,
    id: string,
    private readonly key: WriteOnlyKeyConfig,
    config: Omit<LocallySignedCertConfig, 'caPrivateKeyPem'>,
  ) {
    super(scope, id, { ...config, caPrivateKeyPem: '' });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      ...super.synthesizeAttributes(),
      ca_private_key_pem: undefined,
      ca_private_key_pem_wo: this.key.value,
      ca_private_key_pem_wo_version: this.key.version,
    };
  }
}
