import type { Construct } from 'constructs';

import { signatures } from '../../crypto/signatures';
import { describe, type Evidence, finding, refuse } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import {
  type DeclaredList,
  declaredLists,
  REVOCATION_HASH_ILLEGAL,
  REVOCATION_LIST_ILLEGAL,
} from '../../model/pki/revocation-list';
import {
  generationsShown,
  listEnd,
  type ListIssuerName,
  missingListFindings,
  requiresLists,
  type RevocationSpec,
} from '../../model/plan/revocation';
import { CRL_EXPIRED } from '../../model/rules/certificates/revocation-lists';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import type { CertificateAuthority } from '../issuers/certificate-authority';
import { Fn, Op, type Precondition, propertyAccess, TerraformLocal, Token } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { report } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { concrete } from '../terraform/tokens';
import type { DeclaredNode } from './declared-nodes';
import type { ClusterOptions, RevocationOptions } from './tls-cluster-props';

/** The lists in the form of the model. Absent if the library delivers none. */
export function revocationSpec({ revocation }: ClusterOptions): RevocationSpec | undefined {
  if (revocation === undefined) return undefined;
  const { nameHash } = signatures();
  const lists = declaredLists('revocation.lists', concrete('revocation.lists', revocation.lists ?? []));
  const known = lists.map(({ facts, pem }): [string, string] => [nameHash(facts.canonicalIssuer), pem]);
  const texts = [...known, ...unknownTexts(revocation)].map(([hash, text]): [string, string] => [`${hash}.r0`, text]);
  return { texts: texts.sort(([one], [other]) => (one < other ? -1 : 1)), lists };
}

/** Lists of which Terraform knows the text, without what may be around the block. */
function unknownTexts({ listsByHash = {} }: RevocationOptions): readonly [hash: string, text: string][] {
  return Object.entries(listsByHash).map(([hash, text]) => {
    if (!/^[0-9a-f]{8}$/.test(hash)) refuse(REVOCATION_HASH_ILLEGAL, { subject: 'revocation.listsByHash', got: hash });
    return [hash, `${Fn.trimspace(text)}\n`];
  });
}

/** The CAs whose certificates nodes show. */
export function listIssuers(
  authority: CertificateAuthority,
  declared: readonly DeclaredNode[],
): readonly ListIssuerName[] {
  const asked = declared.flatMap(({ props: { signedBy } }) => signedBy ?? []);
  return generationsShown(authority._trusted, asked).map((id) => ({
    label: `CA generation "${id}"`,
    identity: authority.generation(id)._sourced().subject,
  }));
}

/**
 * Refuses what would keep every node out: CAs without a list at synth, and lists that are out of date when Terraform plans. Defines one
 * `terraform_data`, with a condition for each list.
 */
export function defineRevocation(
  scope: Construct,
  { revocation, tls = {} }: ClusterOptions,
  spec: RevocationSpec | undefined,
  issuers: readonly ListIssuerName[],
): void {
  if (revocation === undefined || spec === undefined) return;
  const isRequired = requiresLists(tls);
  if (isRequired) report(scope, missingListFindings(spec, issuers));
  const precondition = [...(isRequired ? notExpired(scope, spec.lists) : []), ...unknownConditions(revocation)];
  if (precondition.length > 0) new TerraformData(scope, IDS.REVOCATION, { lifecycle: { precondition } });
}

/** What `timecmp` gives for a time after another one. */
const AFTER = 1;

/** Terraform refuses a condition that refers to nothing, so the ends are a local value. */
function notExpired(scope: Construct, lists: readonly DeclaredList[]): readonly Precondition[] {
  if (lists.length === 0) return [];
  const { nameHash } = signatures();
  const named = lists.map((list) => ({ ...list, hash: nameHash(list.facts.canonicalIssuer) }));
  const ends = new TerraformLocal(
    scope,
    IDS.LIST_ENDS,
    Object.fromEntries(named.map((one) => [one.hash, listEnd(one)])),
  );
  return named.map((one) => ({
    condition: Op.eq(
      Fn.timecmp(Token.asString(propertyAccess(ends.expression, [one.hash])), Fn.plantimestamp()),
      AFTER,
    ),
    errorMessage: message(CRL_EXPIRED, {
      subject: 'every node',
      got: one.facts.issuerText,
      detail: `next update was due ${listEnd(one)}`,
    }),
  }));
}

/** The checks of `declaredLists`, as far as Terraform can make them. */
function unknownConditions({ listsByHash = {} }: RevocationOptions): readonly Precondition[] {
  return Object.entries(listsByHash).map(([hash, text]) => ({
    condition: Op.and(
      Fn.startswith(Fn.trimspace(text), '-----BEGIN X509 CRL-----'),
      Op.eq(Fn.lengthOf(Fn.regexall('-----BEGIN ', text)), 1),
    ),
    errorMessage: message(REVOCATION_LIST_ILLEGAL, { subject: `revocation.listsByHash["${hash}"]` }),
  }));
}

function message(rule: Rule, evidence: Evidence): string {
  return terraformLiteral(describe(finding(rule, evidence)));
}
