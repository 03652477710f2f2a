/** One block of a PEM file. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, … */
  readonly label: string;
  readonly der: Uint8Array;
  /** Whether a header says that it is encrypted, as OpenSSL's traditional keys do. */
  readonly isEncrypted: boolean;
  /** The number of its first line, counted from 1. */
  readonly line: number;
}

/** Contents of a PEM file, in the order of the file. */
export interface PemFile {
  readonly blocks: readonly PemBlock[];
  /** The damage in words, without any text of the file. Absent if there is none. */
  readonly problem?: string;
}

const BEGIN = /^-----BEGIN ([A-Z0-9 ]+)-----\s*$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Reads PEM as OTP does (`decode/1` in `erlang/otp:lib/public_key/src/pubkey_pem.erl`): text outside blocks is ignored, lines may end with CRLF,
 * and blocks keep the order of the file. OTP drops a damaged block or crashes; this reader tells where the damage is.
 */
export function readPem(text: string): PemFile {
  const lines = text.split(/\r?\n/);
  const blocks: PemBlock[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const label = BEGIN.exec(lines[at] ?? '')?.[1];
    if (label === undefined) continue;
    const end = nextMark(lines, at + 1);
    if (end === undefined) return { blocks, problem: `line ${at + 1}: the block has no end` };
    if (lines[end]?.trimEnd() !== `-----END ${label}-----`) {
      return { blocks, problem: `line ${end + 1}: the block of line ${at + 1} does not end here as it begins` };
    }
    const { headers, body } = contentOf(lines.slice(at + 1, end));
    const der = decoded(body);
    if (der === undefined) return { blocks, problem: `line ${at + 1}: the block is not Base64` };
    blocks.push({ label, der, isEncrypted: headers.some((one) => /^Proc-Type:.*ENCRYPTED/.test(one)), line: at + 1 });
    at = end;
  }
  return blocks.length === 0 ? { blocks, problem: 'there is no PEM in it' } : { blocks };
}

function nextMark(lines: readonly string[], from: number): number | undefined {
  for (let at = from; at < lines.length; at += 1) if (lines[at]?.startsWith('-----')) return at;
  return undefined;
}

/** Headers end with an empty line. */
function contentOf(lines: readonly string[]): { headers: readonly string[]; body: string } {
  const headers = lines.filter((line) => line.includes(':'));
  return { headers, body: lines.slice(headers.length).join('').replace(/\s/g, '') };
}

function decoded(text: string): Uint8Array | undefined {
  if (text === '' || text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
