import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { type CaGenerationFacts, type CaIdentity, labelOf, type MemberChange } from '../../observed/terraform/member';
import { dayText, instantOf } from '../../x509/calendar';
import { TRUSTED_CA_EXPIRED, validityFindings } from './validity';

/** Certificates that had expired before a plan was made, and that the plan does not replace. */
export function expiredBeforePlanFindings(
  members: readonly MemberChange[],
  generations: ReadonlyMap<CaIdentity, CaGenerationFacts>,
  timestamp: string,
): readonly Finding[] {
  const context = { now: instantOf(timestamp) ?? -Infinity, surface: 'planned' } as const;
  return [
    ...members.flatMap((member) => {
      const { before, after } = member;
      const notAfter = instantOf(after?.notAfter);
      if (notAfter === undefined || before?.certificate !== after?.certificate) return [];
      return validityFindings(`certificate of ${labelOf(member)}`, { notAfter }, context);
    }),
    ...[...generations.values()].flatMap((one) => keptAuthorityFindings(one, members, context.now)),
  ];
}

function keptAuthorityFindings(
  { identity, name, notAfter: end }: CaGenerationFacts,
  members: readonly MemberChange[],
  now: number,
): readonly Finding[] {
  const notAfter = instantOf(end);
  if (notAfter === undefined || notAfter >= now) return [];
  const signed = members.filter(({ after }) => after?.issuer === identity);
  if (signed.length === 0 && !members.some(({ after }) => after?.trusts.has(identity))) return [];
  const detail =
    signed.length === 0
      ? 'no certificate in use is signed with it'
      : `the certificates of ${nameList(signed.map(labelOf))} are signed with it`;
  const evidence = { subject: `certificate of ${name}`, got: dayText(notAfter), detail };
  return [finding(TRUSTED_CA_EXPIRED, evidence, 'planned')];
}
