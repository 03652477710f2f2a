/** Encodes one DER value (ITU-T X.690), whose content is shorter than 64 KiB. */
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
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}
