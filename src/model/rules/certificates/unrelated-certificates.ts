import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { type Chain, isSelfIssued } from '../../observed/files/chain';
import type { Material } from '../../observed/files/material';
import type { Judgement } from '../judgement';

/**
 * A finding if a certificate that a root signed is followed by a certificate of another CA, which OTP takes for the end of the chain. If there are
 * intermediate CAs, no release does so.
 */
export function unrelatedFindings(
  subject: string,
  [, root, ...more]: Chain,
  { identity }: Material,
  { releases, signatures: { fingerprint } }: Judgement,
): readonly Finding[] {
  if (root === undefined || more.length > 0 || releases.every('ignoresUnrelatedCertificates')) return [];
  const unrelated = (identity?.certificates.slice(1) ?? []).filter((one) => fingerprint(one) !== fingerprint(root));
  const [harmful] = releases.every('ignoresUnrelatedNonRoots') ? unrelated.filter(isSelfIssued) : unrelated;
  if (harmful === undefined) return [];
  return [finding(UNRELATED_CERTIFICATE_IN_CHAIN, { subject, detail: harmful.subject.text })];
}

export const UNRELATED_CERTIFICATE_IN_CHAIN = rule({
  code: 'unrelated-certificate-in-chain',
  severity: 'error',
  problem: 'is followed by a certificate that is not part of its chain',
  expected: 'only the CAs of the first certificate behind it, in any order',
  remedy: 'remove the unrelated certificate from certfile',
  inErlang: 'up to OTP 28 the other node logs "Unknown CA", or "certificate_required"; later releases ignore it',
  source:
    'docs/in-erlang.md; the harmless cases in test/model/rules/certificates/harmless.ts, run on OTP 25, 27 and 29',
});
