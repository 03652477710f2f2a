/** How much a Secret may hold. */
import { rule } from '../../findings/rule';

/** `MaxSecretSize` in `kubernetes/kubernetes:pkg/apis/core/types.go`: all values together, before they are encoded. */
export const LARGEST_SECRET = 1024 * 1024;

/** A file in a Secret, as far as its size is known at synth. */
export interface SizedFile {
  /** Bytes that are known. */
  readonly knownBytes: number;
  /** Number of texts that only Terraform knows. */
  readonly unknownTexts: number;
  readonly sensitive: boolean;
}

/** The PEM texts of an Ed25519 key and of a certificate with such a key: no others are smaller. */
const SMALLEST_KEY = 119;
const SMALLEST_CERTIFICATE = 400;

/** More than any of the texts that are not known: a key or a chain of RSA with 8192 bits, or a bundle of several CAs. */
const LARGEST_TEXT = 16 * 1024;

/** The bytes that a file has at least. A chain may be empty. */
export function leastBytes({ knownBytes, unknownTexts, sensitive }: SizedFile): number {
  if (unknownTexts === 0) return knownBytes;
  if (!sensitive) return knownBytes + SMALLEST_CERTIFICATE;
  return knownBytes + SMALLEST_KEY + (unknownTexts > 1 ? SMALLEST_CERTIFICATE : 0);
}

/** Whether only Terraform can tell that the files are small enough. */
export function mayBeTooLarge(files: readonly SizedFile[]): boolean {
  const most = files.map(({ knownBytes, unknownTexts }) => knownBytes + unknownTexts * LARGEST_TEXT);
  return most.reduce((sum, bytes) => sum + bytes, 0) > LARGEST_SECRET;
}

export const SECRET_TOO_LARGE = rule({
  code: 'secret-too-large',
  severity: 'error',
  problem: 'gets more than Kubernetes takes',
  expected: 'at most 1 MiB in one Secret, which are some 300 nodes with ECDSA keys, or 150 with RSA keys of 4096 bits',
  remedy: 'set perNode: true in Delivery.kubernetesSecret, for a Secret per node, or divide the cluster into shards',
  source: 'MaxSecretSize in kubernetes/kubernetes:pkg/apis/core/types.go',
});
