import type { PemContent, Signatures } from '../observed/files/material';
import type { Releases } from '../otp/releases';

/** What certificates are judged by. */
export interface Judgement {
  readonly releases: Releases;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long before the end of a certificate that is worth a word, in milliseconds. */
  readonly notice: number;
  readonly signatures: Signatures;
}

/** Of one that is not, another finding tells. */
export function isWhole(content: PemContent | undefined): content is PemContent {
  return content?.file.kind === 'file' && content.problem === undefined;
}
