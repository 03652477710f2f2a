import { ifWellFormed, objectIdentifier, partsOf, readDer } from './der-reader';
import type { PemBlock } from './pem-reader';

/** Format and encryption of a private key, without the key itself. */
export interface PrivateKeyFacts {
  readonly format: 'PKCS#1' | 'SEC1' | 'PKCS#8' | 'DSA';
  readonly isEncrypted: boolean;
  /** Whether OTP cannot decrypt it, whatever the password (`erlang/otp:lib/public_key/src/pubkey_pbe.erl`; run on OTP 25, 27 and 29). */
  readonly isUnsupported: boolean;
}

const FORMATS: Readonly<Record<string, PrivateKeyFacts['format']>> = {
  'RSA PRIVATE KEY': 'PKCS#1',
  'EC PRIVATE KEY': 'SEC1',
  'DSA PRIVATE KEY': 'DSA',
  'PRIVATE KEY': 'PKCS#8',
  'ENCRYPTED PRIVATE KEY': 'PKCS#8',
};

/** Reads a private key. Absent if the block is not one. */
export function readPrivateKey({ label, der, isEncrypted }: PemBlock): PrivateKeyFacts | undefined {
  const format = FORMATS[label];
  if (format === undefined) return undefined;
  const isEncryptedForm = label === 'ENCRYPTED PRIVATE KEY';
  return { format, isEncrypted: isEncrypted || isEncryptedForm, isUnsupported: isEncryptedForm && isUnsupported(der) };
}

/** Object identifiers of scrypt (RFC 7914 section 7), of the schemes of PKCS #12 (RFC 7292 appendix C), of Camellia (RFC 3657) and of ARIA. */
const UNSUPPORTED = [
  '1.3.6.1.4.1.11591.4.11',
  '1.2.840.113549.1.12.1.',
  '1.2.392.200011.61.1.1.1.',
  '1.2.410.200046.1.1.',
];

/**
 * Reads the algorithm of an `EncryptedPrivateKeyInfo`. The parameters of PBES2 are two algorithms: one derives a key from the password, and the
 * other one encrypts with that key (RFC 8018 section 6.2).
 */
function isUnsupported(der: Uint8Array): boolean {
  const algorithms = ifWellFormed(() => {
    const [algorithm] = partsOf(readDer(der));
    const [id, parameters] = partsOf(algorithm);
    const inner = objectIdentifier(id) === PBES2 ? partsOf(parameters).map((one) => partsOf(one)[0]) : [];
    return [id, ...inner].map(objectIdentifier);
  });
  return algorithms?.some((one) => UNSUPPORTED.some((start) => one.startsWith(start))) ?? false;
}

const PBES2 = '1.2.840.113549.1.5.13';
