import type { Construct } from 'constructs';

import type { Alarm } from '../../model/plan/alarms';
import { ExpiryCheck } from '../terraform/expiry-check';
import { IDS } from '../terraform/ids';

/** The end of a certificate, by its owner: the id of a node or of the tools, or `generationKey`. Absent if nobody tells it. */
export type CertificateEnd = readonly [owner: string, expiresAt: string | undefined];

/** The owner of the certificate of a CA generation. No node id has a space. */
export function generationKey(id: string): string {
  return `CA ${id}`;
}

/** Defines the alarms of those certificates whose end is known. */
export function defineAlarms(
  scope: Construct,
  alarms: readonly Alarm[],
  certificates: readonly CertificateEnd[],
): void {
  const ends = new Map(certificates);
  const expiring = alarms.flatMap(({ rule, subject, of, hours }) => {
    const expiresAt = ends.get('generation' in of ? generationKey(of.generation) : of.member);
    return expiresAt === undefined ? [] : [{ rule, subject, expiresAt, alarmHours: hours }];
  });
  new ExpiryCheck(scope, IDS.EXPIRY, expiring);
}
