import { DAY, HOUR, MINUTE, monthStart } from './calendar';

/** One value of DER (ITU-T X.690). Only what certificates, keys and revocation lists need of it. */
export interface DerValue {
  /** The identifier octet: class, whether it is constructed, and the tag's number. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** With identifier and length. */
  readonly whole: Uint8Array;
}

/** The bytes are no DER, or not of the shape that was expected. Caught by the readers of whole structures, and never by their callers. */
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

/** The tag of a field that is marked with a number: `[3]`, and `[3]` of several parts. */
export const contextTag = (number: number, isConstructed: boolean): number =>
  0x80 | (isConstructed ? 0x20 : 0) | number;

/** The one value that the bytes are. */
export function readDer(bytes: Uint8Array): DerValue {
  const [value, ...others] = readAll(bytes);
  if (value === undefined || others.length > 0) throw new MalformedDer('not one value');
  return value;
}

/** The values side by side in the content of another one. */
export function readAll(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const value = valueAt(bytes, at);
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

/** The parts of a sequence or a set. */
export function partsOf(value: DerValue | undefined, tag: number = TAG.SEQUENCE): DerValue[] {
  return readAll(contentOf(value, tag));
}

export function contentOf(value: DerValue | undefined, tag: number): Uint8Array {
  if (value?.tag !== tag) throw new MalformedDer(`tag ${value?.tag ?? 'none'} instead of ${tag}`);
  return value.content;
}

/** The longest in use have 20 bytes or so. To read numbers without an end would take time without an end. */
const LONGEST_IDENTIFIER = 256;

/** In dotted form: `2.5.29.17`. */
export function objectIdentifier(value: DerValue | undefined): string {
  const bytes = contentOf(value, TAG.OBJECT_IDENTIFIER);
  if (bytes.length > LONGEST_IDENTIFIER) throw new MalformedDer('an object identifier without an end');
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
  // The first number holds the first two.
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...others].join('.');
}

/** Numbers of the bits that are set, from the most significant one of the first byte. */
export function bitsOf(value: DerValue | undefined): number[] {
  const [, ...bytes] = contentOf(value, TAG.BIT_STRING);
  return bytes.flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte & (0x80 >> bit)) !== 0).map((bit) => index * 8 + bit),
  );
}

export function smallInteger(value: DerValue | undefined): number {
  const bytes = contentOf(value, TAG.INTEGER);
  if (bytes.length > 4) throw new MalformedDer('a number that should be small');
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** Milliseconds since 1970. `UTCTime` has years from 1950 to 2049 (RFC 5280, section 4.1.2.5.1). */
export function instant(value: DerValue | undefined): number {
  const isShort = value?.tag === TAG.UTC_TIME;
  const text = ascii(contentOf(value, isShort ? TAG.UTC_TIME : TAG.GENERALIZED_TIME));
  const parts = /^(\d{2})?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null || (parts[1] === undefined) !== isShort) throw new MalformedDer('a time of another form');
  const [century, year, month, day, hour, minute, second] = parts.slice(1).map(Number) as FieldsOfTime;
  const fullYear = isShort ? year + (year < 50 ? 2000 : 1900) : century * 100 + year;
  if (month < 1 || month > 12) throw new MalformedDer('a time that is none');
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
  if (tag === undefined || (tag & 0x1f) === 0x1f || end > bytes.length) throw new MalformedDer('cut off, or no DER');
  return { tag, content: bytes.subarray(at, end), whole: bytes.subarray(start, end) };
}

function lengthAt(bytes: Uint8Array, at: number): { length: number; at: number } {
  const first = bytes[at] ?? 0x80;
  if (first < 0x80) return { length: first, at: at + 1 };
  const size = first & 0x7f;
  // A length of more bytes than these is longer than any file here; 0x80 is BER.
  if (size === 0 || size > 4) throw new MalformedDer('a length of another form');
  const digits = bytes.subarray(at + 1, at + 1 + size);
  return { length: digits.reduce((length, byte) => length * 256 + byte, 0), at: at + 1 + size };
}
