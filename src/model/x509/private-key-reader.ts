import { MalformedDer, objectIdentifier, partsOf, readDer } from './der-reader';
import type { PemBlock } from './pem-reader';

/** How a private key is kept. Nothing of the key itself is in it. */
export interface PrivateKeyFacts {
  readonly format: 'PKCS#1' | 'SEC1' | 'PKCS#8' | 'DSA';
  readonly isEncrypted: boolean;
  /** Whether it is encrypted in a way that OTP cannot undo (`erlang/otp:lib/public_key/src/pubkey_pbe.erl`; run on 25, 27 and 29). */
  readonly isUnsupported: boolean;
}

const FORMATS: Readonly<Record<string, PrivateKeyFacts['format']>> = {
  'RSA PRIVATE KEY': 'PKCS#1',
  'EC PRIVATE KEY': 'SEC1',
  'DSA PRIVATE KEY': 'DSA',
  'PRIVATE KEY': 'PKCS#8',
  'ENCRYPTED PRIVATE KEY': 'PKCS#8',
};

/** Undefined where the block is no private key. */
export function readPrivateKey({ label, der, isEncrypted }: PemBlock): PrivateKeyFacts | undefined {
  const format = FORMATS[label];
  if (format === undefined) return undefined;
  const isEncryptedForm = label === 'ENCRYPTED PRIVATE KEY';
  return { format, isEncrypted: isEncrypted || isEncryptedForm, isUnsupported: isEncryptedForm && isUnsupported(der) };
}

/** scrypt (RFC 7914, section 7), what PKCS #12 has (RFC 7292, appendix C), Camellia (RFC 3657) and ARIA (RFC 5794). */
const UNSUPPORTED = [
  '1.3.6.1.4.1.11591.4.11',
  '1.2.840.113549.1.12.1.',
  '1.2.392.200011.61.1.1.1.',
  '1.2.410.200046.1.1.',
];

/**
 * `EncryptedPrivateKeyInfo`: an algorithm and its parameters, which with PBES2 are two algorithms, one that makes a key of the password and one
 * that uses it (RFC 8018, section 6.2).
 */
function isUnsupported(der: Uint8Array): boolean {
  try {
    const [algorithm] = partsOf(readDer(der));
    const [id, parameters] = partsOf(algorithm);
    const inner = objectIdentifier(id) === PBES2 ? partsOf(parameters).map((one) => partsOf(one)[0]) : [];
    return [id, ...inner].map(objectIdentifier).some((one) => UNSUPPORTED.some((start) => one.startsWith(start)));
  } catch (error) {
    if (error instanceof MalformedDer) return false;
    throw error;
  }
}

const PBES2 = '1.2.840.113549.1.5.13';
