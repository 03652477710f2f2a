import type { KeyAlgorithm } from '../../model/pki/key-algorithm';
import type { PrivateKeyConfig } from './cdktf';

/** The arguments of `tls_private_key`. The curve is always given, because the provider's default is P-224. */
export function privateKeyConfig({ algorithm, rsaBits, ecdsaCurve }: KeyAlgorithm): PrivateKeyConfig {
  return { algorithm, rsaBits, ecdsaCurve };
}
