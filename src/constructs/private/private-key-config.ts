import type { PrivateKeyConfig } from '@cdktf/provider-tls/lib/private-key';

import type { KeyAlgorithm } from '../../model/pki/key-algorithm';

/** The arguments of `tls_private_key`; the curve is always written, since the provider's default is P-224. */
export function privateKeyConfig({ algorithm, rsaBits, ecdsaCurve }: KeyAlgorithm): PrivateKeyConfig {
  return { algorithm, rsaBits, ecdsaCurve };
}
