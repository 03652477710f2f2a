import type { Option } from '../../erlang/options/option-file-reader';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { PROTOCOL_NAMES } from '../../platforms/registry';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { hostFindings } from '../certificates/host-names';
import { validityFindings } from '../certificates/validity';
import type { Judgement } from '../judgement';
import { CLIENT_CERTIFICATE_NOT_REQUIRED } from '../options/verification';
import { type ProbedNode, shownCertificate } from './probed-node';

/**
 * Findings about a listening node, as far as a client without a certificate can tell. `diallers`: client options of nodes that dial it. None are known
 * if no files are looked at.
 */
export function probeFindings(
  node: ProbedNode,
  judgement: Judgement,
  diallers: readonly (readonly Option[] | undefined)[] = [undefined],
): readonly Finding[] {
  const { label, absence, versions, requiresCertificate } = node;
  if (absence !== undefined) return [finding(PROBE_NO_ANSWER, { subject: label, detail: absence })];
  if (versions.length === 0) return [finding(PROBE_NO_TLS, { subject: label })];
  const leaf = shownCertificate(node);
  return [
    ...(requiresCertificate === false ? [finding(CLIENT_CERTIFICATE_NOT_REQUIRED, { subject: label })] : []),
    ...(leaf === undefined ? [] : certificateFindings(node, leaf, judgement, diallers)),
  ];
}

export const PROBE_NO_ANSWER = rule({
  code: 'probe-no-answer',
  severity: 'error',
  problem: 'cannot be reached',
  expected: 'a listening node; if the target is a node name, one that epmd of that host knows',
  remedy: 'start the node; check the port, -kernel inet_dist_listen_min, and firewalls on the way',
  inErlang: 'pang at once, or after a timeout if packets are dropped',
  source: 'test/real/probe.test.ts',
});

export const PROBE_NO_TLS = rule({
  code: 'probe-no-tls',
  severity: 'error',
  problem: 'does not speak TLS',
  expected: `the distribution port of a node with -proto_dist ${PROTOCOL_NAMES}`,
  remedy: 'check the flags of the running node: init:get_argument(proto_dist)',
  inErlang: 'a node that dials it over TLS waits for 7 seconds and gives up without a message',
  source: 'test/real/probe.test.ts',
});

function certificateFindings(
  { label, host }: ProbedNode,
  leaf: CertificateFacts,
  judgement: Judgement,
  diallers: readonly (readonly Option[] | undefined)[],
): readonly Finding[] {
  const subject = `certificate of ${label}`;
  return [
    ...validityFindings(subject, leaf, judgement),
    ...hostFindings(subject, leaf, host, diallers, judgement.releases),
  ];
}
