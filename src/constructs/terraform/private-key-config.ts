import type { KeyAlgorithm } from '../../model/pki/key-algorithm';
import type { PrivateKeyConfig } from './cdktf';

/** The arguments of `tls_private_key`; the curve is always written, since the provider's default is P-224. */
export function privateKeyConfig({ algorithm, rsaBits, ecdsaCurve }: KeyAlgorithm): PrivateKeyConfig {
  return { algorithm, rsaBits, ecdsaCurve };
}
