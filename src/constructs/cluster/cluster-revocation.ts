import type { Construct } from 'constructs';

import { SIGNATURES } from '../../crypto/signatures';
import { CrlCheck } from '../../model/erlang/options/crl-check';
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
  listSignatureFindings,
  missingListFindings,
  requiresLists,
  type RevocationSpec,
} from '../../model/plan/revocation';
import { CRL_EXPIRED } from '../../model/rules/certificates/revocation-lists';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { certificatesOf } from '../../model/x509/pem-certificates';
import type { CertificateAuthority } from '../issuers/certificate-authority';
import { Fn, Op, type Precondition } from '../terraform/cdktf';
import { withReference } from '../terraform/condition';
import { IDS } from '../terraform/ids';
import { guardPublicText, withoutPrivateKey } from '../terraform/public-text';
import { report } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { concrete, isToken } from '../terraform/tokens';
import type { DeclaredNode } from './declared-nodes';
import type { ClusterOptions, RevocationOptions } from './tls-cluster-props';

/**
 * The options with nothing but lists as lists: a private key in place of one is refused, or left out. It comes first: a function of CDKTF shows a
 * text that it does not take.
 */
export function withPublicLists<T extends ClusterOptions>(scope: Construct, options: T): T {
  const { revocation } = options;
  if (revocation?.listsByHash === undefined) return options;
  const lists = Object.entries(revocation.listsByHash).map(([hash, text]) => {
    guardPublicText(scope, REVOCATION_LIST_ILLEGAL, listSubject(hash), text);
    return [hash, withoutPrivateKey(scope, `${IDS.PUBLIC_TEXT}-${hash}`, text)] as const;
  });
  return { ...options, revocation: { ...revocation, listsByHash: Object.fromEntries(lists) } };
}

function listSubject(hash: string): string {
  return `revocation.listsByHash["${hash}"]`;
}

/** The lists in the form of the model. Absent if the library delivers none. */
export function revocationSpec({ revocation }: ClusterOptions): RevocationSpec | undefined {
  if (revocation === undefined) return undefined;
  const { nameHash } = SIGNATURES;
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
  { tls }: ClusterOptions,
  declared: readonly DeclaredNode[],
): readonly ListIssuerName[] {
  const asked = declared.flatMap(({ props: { signedBy } }) => signedBy ?? []);
  return generationsShown(authority._trusted, asked).flatMap((id) => {
    const { subject: identity, certificatePem, trustPem, known } = authority.generation(id)._sourced();
    const label = `CA generation "${id}"`;
    const there = isToken(certificatePem ?? trustPem) ? [] : certificatesOf(certificatePem ?? trustPem);
    const certificate = there.find(({ subject }) => subject.identity === identity);
    const above = tls?.crlCheck === CrlCheck.CHAIN ? known.map(({ issuer }) => issuer) : [];
    return [
      { label, identity, certificate },
      ...above.map((one) => ({ label: `${one.text}, above ${label}`, identity: one.identity })),
    ];
  });
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
  report(scope, listSignatureFindings(spec, issuers, SIGNATURES));
  if (isRequired) report(scope, missingListFindings(spec, issuers));
  const precondition = [...(isRequired ? notExpired(spec.lists) : []), ...unknownConditions(revocation)];
  if (precondition.length > 0) new TerraformData(scope, IDS.REVOCATION, { lifecycle: { precondition } });
}

/** What `timecmp` gives for a time after another one. */
const AFTER = 1;

function notExpired(lists: readonly DeclaredList[]): readonly Precondition[] {
  return lists.map((one) => ({
    condition: withReference(Op.eq(Fn.timecmp(listEnd(one), Fn.plantimestamp()), AFTER)),
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
    errorMessage: message(REVOCATION_LIST_ILLEGAL, { subject: listSubject(hash) }),
  }));
}

function message(rule: Rule, evidence: Evidence): string {
  return terraformLiteral(describe(finding(rule, evidence)));
}
