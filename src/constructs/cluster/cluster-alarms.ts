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
    const end = endOf(of, ends);
    if (end === undefined) continue;
    // A CA has an assertion of its own, so that a new certificate of a node does not put it off. So does a list.
    const key = 'member' in of ? `certificates, ${hours} hours` : subject;
    const alarm = expiring.get(key) ?? { key, rule, hours, ends: new Map<string, string>() };
    expiring.set(key, alarm);
    alarm.ends.set(subject, end);
  }
  new ExpiryCheck(scope, IDS.EXPIRY, [...expiring.values()]);
}

function endOf(of: Alarm['of'], ends: ReadonlyMap<string, string | undefined>): string | undefined {
  if ('endsAt' in of) return of.endsAt;
  return ends.get('generation' in of ? generationKey(of.generation) : of.member);
}
