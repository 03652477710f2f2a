import type { Signatures } from '../observed/files/material';
import type { Releases } from '../otp/releases';

/** Circumstances in which certificates are judged. */
export interface Judgement {
  readonly releases: Releases;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long before its expiry a certificate is reported, in milliseconds. */
  readonly notice: number;
  readonly signatures: Signatures;
}
