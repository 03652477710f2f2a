/** Rules for the steps of a rollover. `CaRollover` makes preconditions from most of them. */
import { documentation } from '../findings/documentation';
import { type Finding, finding } from '../findings/finding';
import { rule } from '../findings/rule';
import { LONGEST_MINUTES } from './lifetime';

export const GENERATIONS_WITHOUT_ROLLOVER = rule({
  code: 'generations-without-rollover',
  severity: 'error',
  problem: 'have more than one that nodes trust or have trusted, and no CaRollover to guard them',
  expected: 'a CaRollover with the files of every node, or a TlsCluster, which has one',
  remedy: 'add new CaRollover(this, …): without it, a step too many in one deploy takes the cluster down',
  source: 'docs/rotation.md; test/real/rotation.test.ts, where a rotation without the steps between breaks connections',
});

export const GENERATION_NOT_TRUSTED_YET = rule({
  code: 'generation-not-trusted-yet',
  severity: 'error',
  problem: 'signs certificates, and not every node has trusted it for long enough',
  expected: 'a generation that an earlier deploy, long enough ago, has put into every trust bundle',
  remedy:
    'declare it as CaGeneration.trusted(…), deploy, install the files on every node, wait, and only then let it sign',
  source: 'docs/rotation.md; test/real/rollover-guards.test.ts',
});

export const GENERATION_IN_USE = rule({
  code: 'generation-in-use',
  severity: 'error',
  problem: 'is retired, and not long enough ago it still signed certificates of this cluster',
  expected: 'a generation that nothing has been signed with since an earlier deploy, long enough ago',
  remedy: 'keep it as CaGeneration.trusted(…), deploy, install the files on every node, wait, and only then retire it',
  source: 'docs/rotation.md; test/real/rollover-guards.test.ts',
});

export const GENERATION_CHANGED = rule({
  code: 'generation-changed',
  severity: 'error',
  problem: 'has another certificate than the one that was known under this id',
  expected:
    'one key and certificate for each id, for ever: an id is never used again, and keyAlgorithm and validityHours of a generation stay',
  remedy: `put back what was changed, or retire this id and add a new generation behind it; a CA that has expired needs the steps for one that leaked (${documentation('rotation')})`,
  source: 'docs/rotation.md; test/real/rollover-guards.test.ts',
});

export const GENERATION_REMOVED = rule({
  code: 'generation-removed',
  severity: 'error',
  problem: 'lacks ids that it had',
  expected: 'every id that was ever in it; ids are retired, never removed',
  remedy: 'put the id back, as CaGeneration.retired(…) where nothing is signed with it any more',
  source: 'docs/rotation.md; test/real/rollover-guards.test.ts',
});

export const GENERATION_EXPIRED = rule({
  code: 'generation-expired',
  severity: 'error',
  problem: 'is to sign, and what nodes trust of it has expired',
  expected: 'a CA that is valid for longer than the certificates that it signs',
  remedy: `introduce the next generation with CaGeneration.trusted(…), see ${documentation('rotation')}`,
  source: 'RFC 5280 section 6.1; docs/custody.md',
});

export const ISSUER_REQUESTED_AFTER_ROLLOVER = rule({
  code: 'issuer-requested-after-rollover',
  severity: 'error',
  problem: 'is asked to sign, and the CaRollover that was made before does not watch over it',
  expected: 'every CertificateAuthority.issuer(…) before the CaRollover',
  remedy: 'move new CaRollover(…) behind the certificates, which it waits for anyway',
  source: 'test/constructs/refusals.test.ts',
});

export const DELIVERY_WITHOUT_RESOURCE = rule({
  code: 'delivery-without-resource',
  severity: 'error',
  problem: 'holds no Terraform resource',
  expected: 'the resources of deliveries (DeliveryResult.resources), or constructs that hold them',
  remedy:
    'pass what brings the files to the nodes, or return it from bind of a delivery of your own: the rollover has to wait for it',
  source: 'test/constructs/refusals.test.ts',
});

export const SETTLE_MINUTES_ILLEGAL = rule({
  code: 'settle-minutes-illegal',
  severity: 'error',
  problem: 'is no number of minutes',
  expected: `a whole number from 0 to ${LONGEST_MINUTES}`,
  remedy: 'leave it out for 10 minutes: nodes read renewed files within two',
  source: 'docs/rotation.md; test/constructs/refusals.test.ts',
});

/** Minutes between two steps, if the user does not say how many. */
export const SETTLE_MINUTES = 10;

/** A finding if a rollover waits for less than a delivery takes. `needed` is absent if nobody knows how long that is. */
export function settleFindings(minutes: number = SETTLE_MINUTES, needed = 0): readonly Finding[] {
  if (minutes >= needed) return [];
  const expected = `at least ${needed} minutes, which is what this delivery takes until every running node uses new files`;
  return [finding(SETTLE_MINUTES_SHORT, { subject: 'settleMinutes', got: minutes, expected })];
}

export const SETTLE_MINUTES_SHORT = rule({
  code: 'settle-minutes-short',
  severity: 'warning',
  problem: 'is shorter than the way of the files to the nodes',
  expected: 'at least the minutes that the delivery takes',
  remedy: 'leave it out: the guard would allow the next step while nodes still read old files',
  source: 'docs/kubernetes.md',
});
