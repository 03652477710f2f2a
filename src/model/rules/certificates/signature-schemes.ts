import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { namesIn } from '../../erlang/options/tls-settings';
import type { PublicKeyFacts } from '../../x509/public-key-reader';

/**
 * Whether the lists that are given leave something by which a key can sign. Where they say it in another way than by names, they may.
 *
 * In TLS 1.2 a suite is for the key of the server; in 1.3, suites are for keys of each kind, and a scheme is for one curve.
 */
export function leaveRoomFor(
  { kind, curve = '' }: PublicKeyFacts,
  side: Side,
  options: readonly Option[],
  versions: readonly string[] = [],
): boolean {
  const isOneOf = (pattern: RegExp | undefined, names: readonly string[] | undefined): boolean =>
    pattern === undefined || names === undefined || names.length === 0 || names.some((name) => pattern.test(name));
  const isOnly = (version: string): boolean => versions.length === 1 && versions[0] === version;
  const scheme = (isOnly('tlsv1.3') ? SCHEMES_1_3[kind === 'EC' ? curve : kind] : undefined) ?? SCHEMES[kind];
  const suites = side === 'server' && isOnly('tlsv1.2') ? namesIn('ciphers', options) : undefined;
  return isOneOf(scheme, namesIn('signature_algs', options)) && isOneOf(SUITES[kind], suites);
}

/** The names of signature schemes (RFC 8446, section 4.2.3), as OTP has them, for each kind of key. */
const SCHEMES: Readonly<Record<string, RegExp | undefined>> = {
  EC: /^ecdsa_/,
  RSA: /^rsa_(pss_rsae|pkcs1)_/,
  'RSASSA-PSS': /^rsa_pss_pss_/,
  Ed25519: /^(eddsa_)?ed25519$/,
  Ed448: /^(eddsa_)?ed448$/,
};

/** With TLS 1.3 alone. */
const SCHEMES_1_3: Readonly<Record<string, RegExp | undefined>> = {
  RSA: /^rsa_pss_rsae_/,
  'P-256': /^ecdsa_secp256r1_/,
  'P-384': /^ecdsa_secp384r1_/,
  'P-521': /^ecdsa_secp521r1_/,
};

/** Cipher suites of TLS 1.2 for each kind of key. One without a signature has no name for it. */
const SUITES: Readonly<Record<string, RegExp | undefined>> = {
  EC: /ECDSA/,
  RSA: /^(?!.*ECDSA)/,
  'RSASSA-PSS': /^(?!.*ECDSA)/,
};
