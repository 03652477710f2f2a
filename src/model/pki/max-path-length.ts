import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** Checks the number of CAs that may follow a CA. The tls provider ignores 0, and would make a CA without a limit. */
export function maxPathLength(subject: string, length: number): number {
  return Number.isSafeInteger(length) && length >= 1 && length <= LONGEST
    ? length
    : refuse(MAX_PATH_LENGTH_ILLEGAL, { subject, got: length });
}

/** No chain is longer, and every verifier can read it. */
const LONGEST = 255;

export const MAX_PATH_LENGTH_ILLEGAL = rule({
  code: 'max-path-length-illegal',
  severity: 'error',
  problem: 'is no path length that the tls provider sets',
  expected: 'a whole number from 1 to 255',
  remedy:
    'give 1 for a root with one level of CAs below it, or leave it out; the provider ignores 0, and makes a CA without a limit',
  source: 'hashicorp/terraform-provider-tls:internal/provider/common_cert.go, createCertificate',
});
