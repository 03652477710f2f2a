import type { Construct } from 'constructs';

import type { Alarm } from '../../model/plan/alarms';
import { type Expiring, ExpiryCheck } from '../terraform/expiry-check';
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
  const expiring = new Map<string, Expiring & { readonly ends: Map<string, string> }>();
  for (const { rule, subject, of, hours } of alarms) {
    const isCa = 'generation' in of;
    const end = ends.get(isCa ? generationKey(of.generation) : of.member);
    if (end === undefined) continue;
    // A CA has an assertion of its own, so that a new certificate of a node does not put it off.
    const key = isCa ? subject : `certificates, ${hours} hours`;
    const alarm = expiring.get(key) ?? { key, rule, hours, ends: new Map<string, string>() };
    expiring.set(key, alarm);
    alarm.ends.set(subject, end);
  }
  new ExpiryCheck(scope, IDS.EXPIRY, [...expiring.values()]);
}
