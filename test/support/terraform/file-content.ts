import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

/** The content of a file, a byte for a character. A saved plan is a ZIP archive with the configuration, the state before and the changes. */
export function contentOf(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.length < 4 || bytes.readUInt32LE(0) !== ZIP_ENTRY) return bytes.toString('latin1');
  const starts = [...bytes.keys()].filter((at) => at + 30 < bytes.length && bytes.readUInt32LE(at) === ZIP_ENTRY);
  return starts.map((at) => entryOf(bytes.subarray(at))).join('');
}

const ZIP_ENTRY = 0x04034b50;

function entryOf(entry: Buffer): string {
  const data = entry.subarray(30 + entry.readUInt16LE(26) + entry.readUInt16LE(28));
  return inflateRawSync(data).toString('latin1');
}
