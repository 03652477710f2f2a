import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { type Rule, rule } from '../../findings/rule';
import { labelOf, type MemberChange, type Unseen } from '../../observed/terraform/member';

/** Members whose certificates or CAs a plan does not show: whether they and the others trust each other is not judged. */
export function unseenFindings(members: readonly MemberChange[]): readonly Finding[] {
  const more = members.filter(({ after }) => after?.mayTrustMore === true).map(labelOf);
  return [
    ...certificateFindings(members),
    ...(more.length === 0 ? [] : [finding(TRUST_NOT_IN_PLAN, { subject: nameList(more) })]),
  ];
}

function certificateFindings(members: readonly MemberChange[]): readonly Finding[] {
  return Object.entries(RULES).flatMap(([unseen, broken]) => {
    const found = members.filter(({ after }) => after?.unseen === unseen).map(labelOf);
    return found.length === 0 ? [] : [finding(broken, { subject: nameList(found) })];
  });
}

export const TRUST_NOT_IN_PLAN = rule({
  code: 'trust-not-in-plan',
  severity: 'warning',
  problem: 'is to trust CAs that the plan does not show, so that its trust was not judged',
  expected: 'certificates of CAs whose text is in the plan',
  remedy: `run check-plan once more after the apply, when they are known, or hand the certificates in as text (${documentation('custody')})`,
  source: 'Terraform, JSON Output Format: a value that is known in part is left out as a whole',
});

export const CERTIFICATE_MADE_IN_APPLY = rule({
  code: 'certificate-made-in-apply',
  severity: 'warning',
  problem: 'gets a certificate that an issuer makes in the apply, so that it was not judged',
  expected: 'a certificate that is in the plan',
  remedy: `run erlang-tls check on the files before they are installed, or run check-plan once more after the apply (${documentation('issuers')})`,
  source: 'Terraform, JSON Output Format: values that are known after the apply are not in a plan; docs/issuers.md',
});

export const CERTIFICATE_NOT_SIGNED_HERE = rule({
  code: 'certificate-not-signed-here',
  severity: 'warning',
  problem: 'gets what it is to trust, and no certificate, so that the one it shows was not judged',
  expected: 'a certificate of this plan',
  remedy: `if it waits for a certificate, hand in its request, or its certificate; if its certificate was made elsewhere, see that all others trust the CA of that one, as in the first deploy of an adoption (${documentation('adopt')})`,
  source: 'docs/custody.md; test/model/rules/check-plan-sources.test.ts',
});

const RULES: Readonly<Record<Unseen, Rule>> = {
  'made in the apply': CERTIFICATE_MADE_IN_APPLY,
  'not signed here': CERTIFICATE_NOT_SIGNED_HERE,
};
