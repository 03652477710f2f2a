import { type KeyLike, verify } from 'node:crypto';

import type { SignedFacts } from '../model/x509/signed-value';

/** Whether that key has signed it. Absent if Node has no name for the algorithm. */
export function isVerified({ signed, signature, signatureAlgorithm }: SignedFacts, key: KeyLike): boolean | undefined {
  const [digest] = /sha\d+/i.exec(signatureAlgorithm) ?? [];
  if (digest === undefined && !signatureAlgorithm.startsWith('Ed')) return undefined;
  return verify(digest?.toLowerCase(), signed, key, signature);
}
