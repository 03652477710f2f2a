import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { namesIn } from '../../erlang/options/tls-settings';
import type { PublicKeyFacts } from '../../x509/public-key-reader';

/**
 * Whether the lists in the options contain an algorithm that the key can sign with. Lists that hold anything but names are assumed to.
 *
 * A cipher suite of TLS 1.2 fits one type of key of the server. Suites of TLS 1.3 fit every key, and its signature schemes fit one curve.
 */
export function allowsSigningWith(
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

/** Names of signature schemes (RFC 8446 section 4.2.3), as OTP writes them, for each type of key. */
const SCHEMES: Readonly<Record<string, RegExp | undefined>> = {
  EC: /^ecdsa_/,
  RSA: /^rsa_(pss_rsae|pkcs1)_/,
  'RSASSA-PSS': /^rsa_pss_pss_/,
  Ed25519: /^(eddsa_)?ed25519$/,
  Ed448: /^(eddsa_)?ed448$/,
};

/** If TLS 1.3 is the only version. */
const SCHEMES_1_3: Readonly<Record<string, RegExp | undefined>> = {
  RSA: /^rsa_pss_rsae_/,
  'P-256': /^ecdsa_secp256r1_/,
  'P-384': /^ecdsa_secp384r1_/,
  'P-521': /^ecdsa_secp521r1_/,
};

/** Cipher suites of TLS 1.2 for each type of key. A suite without ECDSA in its name is for RSA. */
const SUITES: Readonly<Record<string, RegExp | undefined>> = {
  EC: /ECDSA/,
  RSA: /^(?!.*ECDSA)/,
  'RSASSA-PSS': /^(?!.*ECDSA)/,
};
