import { contentOf, type DerValue, hex, MalformedDer, objectIdentifier, partsOf, readDer, TAG } from './der-reader';

/** Properties of a public key that rules judge. */
export interface PublicKeyFacts {
  /** `RSA`, `RSASSA-PSS`, `DSA`, `EC`, `Ed25519`, `Ed448`, or an object identifier. */
  readonly kind: string;
  /** The length of an RSA or RSASSA-PSS key. */
  readonly bits?: number;
  /** The curve of an EC key: `P-256`, `P-384`, `P-521`, `brainpoolP256r1` and so on, an object identifier, or `explicit parameters`. */
  readonly curve?: string;
  /** The encoded key in hexadecimal: equal for equal keys. */
  readonly identity: string;
}

/** `RSA 2048`, `EC P-256`, `Ed25519`. */
export function publicKeyText({ kind, bits, curve }: PublicKeyFacts): string {
  return [kind, bits ?? curve].filter((one) => one !== undefined).join(' ');
}

/** Reads a `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7). */
export function readPublicKey(value: DerValue | undefined): PublicKeyFacts {
  if (value === undefined) throw new MalformedDer('no public key');
  const [algorithm, key] = partsOf(value);
  const [id, parameters] = partsOf(algorithm);
  const name = objectIdentifier(id);
  const kind = KINDS[name] ?? name;
  return {
    kind,
    bits: kind.startsWith('RSA') ? modulusBits(key) : undefined,
    curve: kind === 'EC' ? curveName(parameters) : undefined,
    identity: hex(value.whole),
  };
}

/** The length of the modulus, which is the first number in the key. */
function modulusBits(key: DerValue | undefined): number {
  const [modulus] = partsOf(readDer(contentOf(key, TAG.BIT_STRING).subarray(1)));
  const bytes = contentOf(modulus, TAG.INTEGER);
  // A zero byte precedes a number whose first bit is set.
  const digits = bytes[0] === 0 ? bytes.subarray(1) : bytes;
  return digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
}

function curveName(parameters: DerValue | undefined): string {
  if (parameters?.tag !== TAG.OBJECT_IDENTIFIER) return 'explicit parameters';
  const id = objectIdentifier(parameters);
  return CURVES[id] ?? id;
}

/** Object identifiers of key types (RFC 3279, 4055, 5480 and 8410). */
const KINDS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

/** Object identifiers of curves (RFC 5480 and 5639). */
const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
};
