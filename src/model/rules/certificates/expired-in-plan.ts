import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import {
  type CaGenerationFacts,
  type CaIdentity,
  listed,
  type MemberChange,
  namesOf,
} from '../../observed/terraform/member';

/** What has ended before the plan, and stays as it is: that is not this plan's doing, but nobody can connect with it. */
export function endedFindings(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
  timestamp: string,
): readonly Finding[] {
  return [
    ...members.flatMap((member) => certificateFindings(member, timestamp)),
    ...[...generations.values()].flatMap((generation) => authorityFindings(generation, members, timestamp)),
  ];
}

function certificateFindings({ name, before, after }: MemberChange, timestamp: string): readonly Finding[] {
  const hasEnded = after?.notAfter !== undefined && isBefore(after.notAfter, timestamp);
  if (!hasEnded || before?.certificate !== after.certificate) return [];
  return [finding(PLAN_KEEPS_ENDED_CERTIFICATE, { subject: `certificate of ${name}`, got: after.notAfter })];
}

export const PLAN_KEEPS_ENDED_CERTIFICATE = rule({
  code: 'plan-keeps-ended-certificate',
  severity: 'warning',
  problem: 'has ended before this plan was made',
  expected: 'a certificate that is valid',
  remedy: 'run cdktf deploy without -target, and look why it was not renewed',
});

function authorityFindings(
  { identity, name, notAfter }: CaGenerationFacts,
  members: readonly MemberChange[],
  timestamp: string,
): readonly Finding[] {
  if (notAfter === undefined || !isBefore(notAfter, timestamp)) return [];
  const trusting = members.filter(({ after }) => after?.trusts.has(identity));
  const signed = members.filter(({ after }) => after?.issuer === identity);
  if (trusting.length + signed.length === 0) return [];
  const detail =
    signed.length === 0
      ? 'no certificate in use is signed with it'
      : `the certificates of ${listed(namesOf(signed))} are signed with it`;
  return [finding(PLAN_KEEPS_ENDED_CA, { subject: `certificate of ${name}`, got: notAfter, detail })];
}

export const PLAN_KEEPS_ENDED_CA = rule({
  code: 'plan-keeps-ended-ca',
  severity: 'warning',
  problem: 'has ended before this plan was made and is still trusted or used',
  expected: 'CAs that are valid',
  remedy:
    'where certificates are signed with it, nobody connects: introduce a new generation (docs/rotation.md); where none are, retire it',
});

/** Both as Terraform writes times, in UTC: the seconds are enough. */
function isBefore(one: string, other: string): boolean {
  const seconds = '2026-01-01T00:00:00'.length;
  return one.slice(0, seconds) < other.slice(0, seconds);
}
