import { timestampText } from './calendar';
import { TAG } from './der-reader';

/** Encodes one DER value (ITU-T X.690). */
export function encoded(tag: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.of(tag, ...lengthBytes(content.length)), content]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const digits = digitsOf(BigInt(length), 8n);
  return [0x80 | digits.length, ...digits];
}

/** A number that is not negative. */
export function encodedNumber(number: bigint): Uint8Array {
  const digits = digitsOf(number, 8n);
  // A first bit that is set would make the number negative.
  return encoded(TAG.INTEGER, Uint8Array.from((digits[0] ?? 0) < 0x80 ? digits : [0, ...digits]));
}

/** An object identifier, from its dotted form. */
export function encodedIdentifier(id: string): Uint8Array {
  const [first = 0n, second = 0n, ...others] = id.split('.').map(BigInt);
  const bytes = [first * 40n + second, ...others].flatMap((number) => {
    const digits = digitsOf(number, 7n);
    return digits.map((digit, index) => (index < digits.length - 1 ? 0x80 | digit : digit));
  });
  return encoded(TAG.OBJECT_IDENTIFIER, Uint8Array.from(bytes));
}

/** An instant in whole seconds. The years of `UTCTime` are 1950 to 2049 (RFC 5280 section 5.1.2.4). */
export function encodedTime(instant: number): Uint8Array {
  const digits = timestampText(instant).slice(0, 19).replace(/[-:T]/g, '');
  const isShort = digits >= '1950' && digits < '2050';
  const text = `${isShort ? digits.slice(2) : digits}Z`;
  return encoded(
    isShort ? TAG.UTC_TIME : TAG.GENERALIZED_TIME,
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
  );
}

/** Digits of so many bits, the most significant one first; at least one. */
function digitsOf(number: bigint, bits: bigint): number[] {
  const digits: number[] = [];
  let rest = number;
  do {
    digits.unshift(Number(rest & ((1n << bits) - 1n)));
    rest >>= bits;
  } while (rest > 0n);
  return digits;
}
