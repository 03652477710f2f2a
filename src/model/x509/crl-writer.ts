import { contextTag, hex, TAG } from './der-reader';
import { encoded, encodedIdentifier, encodedNumber, encodedTime, joined } from './der-writer';

/** What a revocation list says, apart from who signs it. */
export interface ListContent {
  /** The name of the CA, as its certificate encodes it. */
  readonly issuer: Uint8Array;
  /** The id of the CA's key, as its certificate has it. */
  readonly keyId: Uint8Array;
  readonly number: bigint;
  /** Milliseconds since 1970. Lists count in seconds. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Entries as they are encoded, each serial number once. */
  readonly entries: readonly Uint8Array[];
}

/** A certificate to be listed. */
export interface Revocation {
  /** In hexadecimal. */
  readonly serialNumber: string;
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  readonly reason?: RevocationReason;
}

export type RevocationReason = keyof typeof REASONS;

/** Reasons for which a certificate never comes back (RFC 5280 section 5.3.1). No reason stands for `unspecified`. */
export const REASONS = {
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

/** Algorithms that sign lists, by their usual names. */
export type ListSignature = keyof typeof ALGORITHMS;

/** Algorithm identifiers: RSA has parameters, which are NULL (RFC 4055, 5758 and 8410). */
const ALGORITHMS = {
  sha256WithRSAEncryption: algorithm('1.2.840.113549.1.1.11', Uint8Array.of(0x05, 0)),
  'ecdsa-with-SHA256': algorithm('1.2.840.10045.4.3.2'),
  'ecdsa-with-SHA384': algorithm('1.2.840.10045.4.3.3'),
  'ecdsa-with-SHA512': algorithm('1.2.840.10045.4.3.4'),
  Ed25519: algorithm('1.3.101.112'),
};

function algorithm(id: string, ...parameters: readonly Uint8Array[]): Uint8Array {
  return sequence(encodedIdentifier(id), ...parameters);
}

/** An entry of a list (RFC 5280 section 5.1.2.6). */
export function writeEntry({ serialNumber, revokedAt, reason }: Revocation): Uint8Array {
  const bytes = serialNumber.match(/../g) ?? [];
  const serial = encoded(
    TAG.INTEGER,
    Uint8Array.from(bytes, (one) => parseInt(one, 16)),
  );
  if (reason === undefined) return sequence(serial, encodedTime(revokedAt));
  const code = encoded(ENUMERATED, Uint8Array.of(REASONS[reason]));
  return sequence(serial, encodedTime(revokedAt), sequence(extension(REASON_CODE, code)));
}

/** The bytes of a list that its CA signs (RFC 5280 section 5.1.2). */
export function writeSigned(content: ListContent, signature: ListSignature): Uint8Array {
  const { issuer, keyId, number, thisUpdate, nextUpdate, entries } = content;
  const extensions = sequence(
    extension(AUTHORITY_KEY, sequence(encoded(contextTag(0, false), keyId))),
    extension(CRL_NUMBER, encodedNumber(number)),
  );
  return sequence(
    encodedNumber(1n),
    ALGORITHMS[signature],
    issuer,
    encodedTime(thisUpdate),
    encodedTime(nextUpdate),
    // An empty list of entries has to be absent.
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    encoded(contextTag(0, true), extensions),
  );
}

/** The whole list. */
export function writeCrl(signed: Uint8Array, signature: ListSignature, signatureBytes: Uint8Array): Uint8Array {
  const bits = encoded(TAG.BIT_STRING, joined([Uint8Array.of(0), signatureBytes]));
  return sequence(signed, ALGORITHMS[signature], bits);
}

/** A serial number as certificates encode it: a positive number of at most 20 bytes. Absent if the text is not one in hexadecimal. */
export function serialOf(text: string): string | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,40}|[0-9a-f]{2}(?::[0-9a-f]{2}){0,19})$/i.exec(text)?.[1]?.replaceAll(':', '');
  const number = digits === undefined ? 0n : BigInt(`0x${digits}`);
  // The tag and the length come first.
  return number === 0n ? undefined : hex(encodedNumber(number).subarray(2));
}

const ENUMERATED = 0x0a;
const CRL_NUMBER = '2.5.29.20';
const REASON_CODE = '2.5.29.21';
const AUTHORITY_KEY = '2.5.29.35';

function extension(id: string, value: Uint8Array): Uint8Array {
  return sequence(encodedIdentifier(id), encoded(TAG.OCTET_STRING, value));
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return encoded(TAG.SEQUENCE, joined(parts));
}
