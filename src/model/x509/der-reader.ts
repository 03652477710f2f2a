import { DAY, HOUR, MINUTE, monthStart } from './calendar';

/** One DER value (ITU-T X.690), in the forms that certificates, keys and revocation lists use. */
export interface DerValue {
  /** The identifier octet: class, constructed bit and tag number. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** The content with its identifier and length. */
  readonly whole: Uint8Array;
}

/** The bytes are not DER, or not of the expected structure. The readers of whole structures catch this; their callers never see it. */
export class MalformedDer extends Error {}

export const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OBJECT_IDENTIFIER: 0x06,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** The context-specific tag of a field, such as `[3]`. */
export const contextTag = (number: number, isConstructed: boolean): number =>
  0x80 | (isConstructed ? 0x20 : 0) | number;

/** Reads bytes that are exactly one value. */
export function readDer(bytes: Uint8Array): DerValue {
  const [value, ...others] = readAll(bytes);
  if (value === undefined || others.length > 0) throw new MalformedDer('not one value');
  return value;
}

/** Reads values that follow each other, such as those in the content of another value. */
export function readAll(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const value = valueAt(bytes, at);
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

/** The elements of a sequence or a set. */
export function partsOf(value: DerValue | undefined, tag: number = TAG.SEQUENCE): DerValue[] {
  return readAll(contentOf(value, tag));
}

export function contentOf(value: DerValue | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new MalformedDer(`tag ${value?.tag ?? 'none'} instead of ${tag}`);
  return value.content;
}

/** Limit on bytes: identifiers in use have about 20, and reading one takes time that grows with the square of its length. */
const LONGEST_IDENTIFIER = 256;

/** In dotted form: `2.5.29.17`. */
export function objectIdentifier(value: DerValue | undefined): string {
  const bytes = contentOf(value, TAG.OBJECT_IDENTIFIER);
  if (bytes.length > LONGEST_IDENTIFIER) throw new MalformedDer('an object identifier that is too long');
  const numbers: bigint[] = [];
  let number = 0n;
  for (const byte of bytes) {
    number = (number << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0n;
    }
  }
  const [first = 0n, ...others] = numbers;
  // The first number encodes the first two.
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...others].join('.');
}

/** The numbers of the set bits, counted from the most significant bit of the first byte. */
export function bitsOf(value: DerValue | undefined): number[] {
  const [, ...bytes] = contentOf(value, TAG.BIT_STRING);
  return bytes.flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte & (0x80 >> bit)) !== 0).map((bit) => index * 8 + bit),
  );
}

export function smallInteger(value: DerValue | undefined): number {
  const bytes = contentOf(value, TAG.INTEGER);
  if (bytes.length > 4) throw new MalformedDer('a number that is too large');
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** An instant in milliseconds since 1970. The years of `UTCTime` are 1950 to 2049 (RFC 5280 section 4.1.2.5.1). */
export function instant(value: DerValue | undefined): number {
  const isShort = value?.tag === TAG.UTC_TIME;
  const text = ascii(contentOf(value, isShort ? TAG.UTC_TIME : TAG.GENERALIZED_TIME));
  const parts = /^(\d{2})?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null || (parts[1] === undefined) !== isShort) throw new MalformedDer('a time in another form');
  const [century, year, month, day, hour, minute, second] = parts.slice(1).map(Number) as FieldsOfTime;
  const fullYear = isShort ? year + (year < 50 ? 2000 : 1900) : century * 100 + year;
  if (month < 1 || month > 12) throw new MalformedDer('a month that does not exist');
  return monthStart(fullYear, month) + (day - 1) * DAY + hour * HOUR + minute * MINUTE + second * 1000;
}

type FieldsOfTime = [century: number, year: number, ...ofYear: [number, number, number, number, number]];

export function ascii(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function valueAt(bytes: Uint8Array, start: number): DerValue {
  const tag = bytes[start];
  const { length, at } = lengthAt(bytes, start + 1);
  const end = at + length;
  if (tag === undefined || (tag & 0x1f) === 0x1f || end > bytes.length) throw new MalformedDer('truncated, or not DER');
  return { tag, content: bytes.subarray(at, end), whole: bytes.subarray(start, end) };
}

function lengthAt(bytes: Uint8Array, at: number): { length: number; at: number } {
  const first = bytes[at] ?? 0x80;
  if (first < 0x80) return { length: first, at: at + 1 };
  const size = first & 0x7f;
  // Four bytes are enough for any file; 0x80 announces an indefinite length, which DER does not have.
  if (size === 0 || size > 4) throw new MalformedDer('a length in another form');
  const digits = bytes.subarray(at + 1, at + 1 + size);
  return { length: digits.reduce((length, byte) => length * 256 + byte, 0), at: at + 1 + size };
}

/** What `read` gives. Absent if it meets DER that is malformed. */
export function ifWellFormed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}
