import { checkCall } from '../api/check-call';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** RFC 8017 allows any size. Providers, OpenSSL and OTP agree on the sizes between these two. */
const LARGEST_RSA_MODULUS = 8192;
const SMALLEST_RSA_MODULUS = 2048;

/**
 * Algorithm of a private key, and of the public key in its certificate.
 *
 * `ECDSA_P256` is the default everywhere. Every OTP release from 24 on supports it in TLS 1.2 and 1.3, and its handshakes cost several
 * times less than those of RSA.
 */
export class KeyAlgorithm {
  /** ECDSA on NIST P-256 (secp256r1). The default. */
  public static readonly ECDSA_P256 = new KeyAlgorithm('ECDSA', undefined, 'P256');
  /** ECDSA on NIST P-384 (secp384r1). */
  public static readonly ECDSA_P384 = new KeyAlgorithm('ECDSA', undefined, 'P384');
  /** RSA with a modulus of 3072 bits. */
  public static readonly RSA_3072 = new KeyAlgorithm('RSA', 3072);
  /** RSA with a modulus of 4096 bits. */
  public static readonly RSA_4096 = new KeyAlgorithm('RSA', 4096);
  /** Ed25519. It works with TLS 1.3 only; every handshake of OTP with TLS 1.2 fails. */
  public static readonly ED25519 = new KeyAlgorithm('ED25519');

  /**
   * RSA with a modulus of the given number of bits.
   *
   * Refused: fewer than 2048 bits (`key-too-weak`), more than 8192 bits, and sizes that are not a multiple of 1024
   * (`key-size-unsupported`).
   */
  public static rsa(bits: number): KeyAlgorithm {
    checkCall('KeyAlgorithm.rsa', bits);
    if (bits < SMALLEST_RSA_MODULUS) refuse(KEY_TOO_WEAK, { subject: 'RSA modulus', got: bits });
    if (bits % 1024 !== 0 || bits > LARGEST_RSA_MODULUS)
      refuse(KEY_SIZE_UNSUPPORTED, { subject: 'RSA modulus', got: bits });
    return new KeyAlgorithm('RSA', bits);
  }

  /**
   * ECDSA on a curve by its name in Terraform: `"P256"` or `"P384"`.
   *
   * Refused: `"P224"`, which is the default of `tls_private_key` (`key-too-weak`), and all other curves (`key-curve-unsupported`).
   */
  public static ecdsa(curve: string): KeyAlgorithm {
    checkCall('KeyAlgorithm.ecdsa', curve);
    if (curve === 'P256') return KeyAlgorithm.ECDSA_P256;
    if (curve === 'P384') return KeyAlgorithm.ECDSA_P384;
    return refuse(curve === 'P224' ? KEY_TOO_WEAK : KEY_CURVE_UNSUPPORTED, { subject: 'ECDSA curve', got: curve });
  }

  /** Argument `algorithm` of `tls_private_key`: `ECDSA`, `RSA` or `ED25519`. */
  public readonly algorithm: string;
  /** Argument `rsa_bits` of `tls_private_key`. Absent for other algorithms. */
  public readonly rsaBits?: number;
  /** Argument `ecdsa_curve` of `tls_private_key`. Absent for other algorithms. */
  public readonly ecdsaCurve?: string;

  private constructor(algorithm: string, rsaBits?: number, ecdsaCurve?: string) {
    this.algorithm = algorithm;
    this.rsaBits = rsaBits;
    this.ecdsaCurve = ecdsaCurve;
  }

  /** Whether the key works with TLS 1.3 only: OTP has no cipher suite of TLS 1.2 for it. */
  public get requiresTls13(): boolean {
    return this.algorithm === 'ED25519';
  }
}

export const KEY_TOO_WEAK = rule({
  code: 'key-too-weak',
  severity: 'error',
  problem: 'is too weak',
  expected: 'RSA of 2048 bits or more, P256, P384 or Ed25519',
  remedy: 'use KeyAlgorithm.ECDSA_P256, the default',
  source: 'NIST SP 800-131A, for RSA; RFC 8446 section 4.2.7, which does not list secp224r1',
});

export const KEY_SIZE_UNSUPPORTED = rule({
  code: 'key-size-unsupported',
  severity: 'error',
  problem: 'is no size that all programs involved take',
  expected: 'a multiple of 1024 up to 8192',
  remedy: 'use KeyAlgorithm.RSA_3072 or RSA_4096',
  source: 'test/model/pki/key-algorithm.test.ts',
});

export const KEY_CURVE_UNSUPPORTED = rule({
  code: 'key-curve-unsupported',
  severity: 'error',
  problem: 'is no curve that this library supports',
  expected: '"P256" or "P384"',
  remedy: 'use KeyAlgorithm.ECDSA_P256, the default',
  source: 'ecdsa_curve of tls_private_key in hashicorp/tls; test/real/openssl.test.ts',
});
