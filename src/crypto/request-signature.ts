import { createPublicKey } from 'node:crypto';

import type { RequestFacts } from '../model/x509/request-reader';
import { isVerified } from './verified';

/** Whether the key in the request has signed it. Absent if Node has no name for the algorithm. */
export function isRequestSigned(request: RequestFacts): boolean | undefined {
  try {
    const der = Buffer.from(request.publicKey.identity, 'hex');
    return isVerified(request, createPublicKey({ key: der, format: 'der', type: 'spki' }));
  } catch {
    return false;
  }
}
