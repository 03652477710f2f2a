import type { KeyAlgorithm } from './key-algorithm';

/**
 * What `openssl` needs for a key and its request. The words of `openssl`, of certificates and of Terraform differ, so each of them is in one
 * table.
 */

/** Options of `openssl genpkey`. The curve is named, because OTP reads no other form. */
export function keyOptions({ algorithm, rsaBits, ecdsaCurve }: KeyAlgorithm): string {
  if (rsaBits !== undefined) return `-algorithm RSA -pkeyopt rsa_keygen_bits:${rsaBits}`;
  if (ecdsaCurve === undefined) return `-algorithm ${algorithm}`;
  return `-algorithm EC -pkeyopt ec_paramgen_curve:${curveName(ecdsaCurve)} -pkeyopt ec_param_enc:named_curve`;
}

/** The kind of a key in the words of `publicKeyText`. */
export function keyText({ rsaBits, ecdsaCurve }: KeyAlgorithm): string {
  if (rsaBits !== undefined) return `RSA ${rsaBits}`;
  return ecdsaCurve === undefined ? 'Ed25519' : `EC ${curveName(ecdsaCurve)}`;
}

/** Terraform's `P256` is `P-256` elsewhere. */
function curveName(curve: string): string {
  return curve.replace(/^P/, 'P-');
}

/** Uses by their names in certificates and in `openssl`. */
export interface RequestedUses {
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
}

/** The uses of a request, from their names in Terraform. */
export function requestedUses(uses: readonly string[]): RequestedUses {
  const isExtended = (use: string): boolean => use.endsWith('_auth');
  const name = (use: string): string => use.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return {
    keyUsage: uses.filter((use) => !isExtended(use)).map(name),
    extendedKeyUsage: uses.filter(isExtended).map(name),
  };
}

/** The names of a request. Each is a text for the file, so that a part may be an expression of Terraform. */
export interface RequestText {
  /** As `opensslValue` writes it. */
  readonly commonName: string;
  /** `DNS:db1.example.com,IP:10.0.0.1`. Empty for none. */
  readonly alternativeNames: string;
  readonly uses: readonly string[];
}

/** A configuration file of `openssl req`. */
export function requestConfiguration({ commonName, alternativeNames, uses }: RequestText): string {
  const { keyUsage, extendedKeyUsage } = requestedUses(uses);
  return [
    ...['[req]', 'prompt = no', 'utf8 = yes', 'string_mask = utf8only'],
    ...['distinguished_name = subject', 'req_extensions = extensions', ''],
    ...['[subject]', `CN = ${commonName}`, ''],
    '[extensions]',
    ...(alternativeNames === '' ? [] : [`subjectAltName = ${alternativeNames}`]),
    `keyUsage = critical, ${keyUsage.join(', ')}`,
    `extendedKeyUsage = ${extendedKeyUsage.join(', ')}`,
    '',
  ].join('\n');
}

/** A text as a value in a configuration file (`config(5)` of OpenSSL): in quotes, a backslash escapes, and nothing else is special. */
export function opensslValue(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
