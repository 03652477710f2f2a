import { MalformedDer, objectIdentifier, partsOf, readDer } from './der-reader';
import type { PemBlock } from './pem-reader';

/** How a private key is kept. Nothing of the key itself is in it. */
export interface PrivateKeyFacts {
  readonly format: 'PKCS#1' | 'SEC1' | 'PKCS#8' | 'DSA';
  readonly isEncrypted: boolean;
  /** Whether its password is turned into a key by scrypt, which OTP does not know (`pubkey_pbe.erl`). */
  readonly isScrypt: boolean;
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
  return { format, isEncrypted: isEncrypted || isEncryptedForm, isScrypt: isEncryptedForm && usesScrypt(der) };
}

/** RFC 7914, section 7. */
const SCRYPT = '1.3.6.1.4.1.11591.4.11';

/** `EncryptedPrivateKeyInfo` with PBES2 (RFC 8018, section 6.2): algorithm, parameters, key derivation function, its identifier. */
function usesScrypt(der: Uint8Array): boolean {
  try {
    const [algorithm] = partsOf(readDer(der));
    const [, parameters] = partsOf(algorithm);
    const [derivation] = partsOf(parameters);
    return objectIdentifier(partsOf(derivation)[0]) === SCRYPT;
  } catch (error) {
    if (error instanceof MalformedDer) return false;
    throw error;
  }
}
