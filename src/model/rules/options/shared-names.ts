import type { DistOptionsInput } from '../../erlang/options/dist-options';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { behaves } from '../../otp/behaviour';

/** Whether nodes of this release can expect one name in place of each host. */
export function sharedNameFindings({
  sharedNames,
  otp,
}: Pick<DistOptionsInput, 'sharedNames' | 'otp'>): readonly Finding[] {
  if (sharedNames === undefined || !('serverName' in sharedNames) || behaves(otp, 'serverNameReplacesHost')) return [];
  const detail = `OTP ${otp.toString()} compares the host that is dialled`;
  return [finding(SHARED_NAME_NOT_IN_RELEASE, { subject: 'serverName', got: sharedNames.serverName, detail })];
}

export const SHARED_NAME_NOT_IN_RELEASE = rule({
  code: 'shared-name-not-in-release',
  severity: 'error',
  problem: 'has no effect on the oldest release of the cluster',
  expected: 'OTP 26 or later for a fixed name',
  remedy: 'use Identity.sharedByWildcard if hosts have DNS names, or raise otp when no node runs an earlier release',
  inErlang: '"hostname_check_failed" at every node that dials',
  source: 'docs/in-erlang.md; test/real/shared-identity.test.ts',
});
