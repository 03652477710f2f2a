import { createPublicKey, verify } from 'node:crypto';

import type { RequestFacts } from '../model/x509/request-reader';

/** Whether the key in the request has signed it. Absent if Node has no name for the algorithm. */
export function isRequestSigned({
  signed,
  signature,
  signatureAlgorithm,
  publicKey,
}: RequestFacts): boolean | undefined {
  const [digest] = /sha\d+/i.exec(signatureAlgorithm) ?? [];
  if (digest === undefined && !signatureAlgorithm.startsWith('Ed')) return undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey.identity, 'hex'), format: 'der', type: 'spki' });
    return verify(digest?.toLowerCase(), signed, key, signature);
  } catch {
    return false;
  }
}
