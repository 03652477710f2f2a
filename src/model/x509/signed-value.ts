import { contentOf, type DerValue, objectIdentifier, partsOf, readDer, TAG } from './der-reader';
import { signatureName } from './signature-algorithms';

/** What is signed, and how: the same form in certificates, lists and requests (RFC 5280 section 4.1, RFC 2986 section 4). */
export interface SignedFacts {
  readonly signed: Uint8Array;
  /** The usual name, or the object identifier if the library knows no name. */
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

/** The value that is signed, with its signature. */
export function signedValue(der: Uint8Array): { readonly value: DerValue | undefined; readonly facts: SignedFacts } {
  const [value, algorithm, signature] = partsOf(readDer(der));
  return {
    value,
    facts: {
      signed: value?.whole ?? new Uint8Array(),
      signatureAlgorithm: signatureName(objectIdentifier(partsOf(algorithm)[0])),
      // The first byte is the number of unused bits in the last one.
      signature: contentOf(signature, TAG.BIT_STRING).subarray(1),
    },
  };
}
