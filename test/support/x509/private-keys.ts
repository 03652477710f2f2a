/** Private keys, found in whatever form a text has them. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Identifies a key, and says to which certificate it belongs. */
export function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** The keys of blocks that Node's cryptography reads, also where line breaks are escaped. */
export function privateKeysIn(text: string): KeyObject[] {
  return blocksIn(text).flatMap((pem) => {
    try {
      return [createPrivateKey(pem)];
    } catch {
      return [];
    }
  });
}

/**
 * Whether a text has that key: its secret number, as bytes, in hexadecimal, or in base64 of any alignment, with and without line breaks, and
 * each of these once more below base64.
 */
export function has(text: string, key: KeyObject): boolean {
  const traces = tracesOf(key);
  return readingsOf(text).some((reading) => traces.some((trace) => reading.includes(trace)));
}

/** Blocks of private keys that are none of these keys. */
export function strangeBlocks(text: string, keys: readonly KeyObject[]): string[] {
  return readingsOf(text)
    .flatMap(blocksIn)
    .filter((pem) => !keys.some((key) => has(pem, key)));
}

/** An escaped line break, a true one, or none. */
const BREAK = String.raw`(?:\\+n|\\+r|[\s"+])`;
const BLOCK = new RegExp(
  String.raw`-----BEGIN ([A-Z ]*PRIVATE KEY)-----(${BREAK}*[A-Za-z0-9+/=](?:[A-Za-z0-9+/=]|${BREAK})*)-----END \1-----`,
  'g',
);

function blocksIn(text: string): string[] {
  return [...text.matchAll(BLOCK)].map(([, label = '', body = '']) => {
    const lines = withoutBreaks(body).match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
  });
}

function withoutBreaks(text: string): string {
  return text.replace(/\\+[nr]|\s+/g, '');
}

const readings = new Map<string, readonly string[]>();

/** Kept, as each text is asked for each key. */
function readingsOf(text: string): readonly string[] {
  const known = readings.get(text);
  if (known !== undefined) return known;
  const decoded = [...withoutBreaks(text).matchAll(/[A-Za-z0-9+/]{100,}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  const all = [text, ...decoded].flatMap((one) => [one, withoutBreaks(one)]);
  readings.set(text, all);
  return all;
}

function tracesOf(key: KeyObject): string[] {
  const { d = '' } = key.export({ format: 'jwk' });
  const padded = Buffer.from(d, 'base64url');
  // Some forms leave out zeros before the number.
  const secret = padded.subarray(padded.findIndex((byte) => byte !== 0));
  if (secret.length < 24) throw new Error('no secret number in this key');
  return [
    ...[secret.toString('latin1'), secret.toString('hex'), secret.toString('hex').toUpperCase(), d],
    // The characters that are of these bytes alone, whatever stands before and after them.
    ...[0, 1, 2].map((before) =>
      Buffer.concat([Buffer.alloc(before), secret])
        .toString('base64')
        .slice(before === 0 ? 0 : before + 1, Math.floor(((before + secret.length) * 8) / 6)),
    ),
  ];
}
