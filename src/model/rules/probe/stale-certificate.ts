import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { canonicalHost } from '../../network/ip-address';
import type { InstalledNode } from '../../observed/files/installed-node';
import { leafOf } from '../../observed/files/material';
import { dayText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { Judgement } from '../judgement';
import { type ProbedNode, shownCertificate } from './probed-node';

/** Findings about listening nodes whose certificate differs from their files: a node presents the old one until it has read the new one. */
export function staleCertificateFindings(
  probed: readonly ProbedNode[],
  nodes: readonly InstalledNode[],
  { signatures: { fingerprint } }: Judgement,
): readonly Finding[] {
  return probed.flatMap((running) => {
    const candidates = nodes.filter((node) => canBe(node, running));
    const isOnlyPair = probed.length === 1 && nodes.length === 1;
    const node = nodeBehind(running, candidates) ?? (isOnlyPair ? candidates[0] : undefined);
    const [shown, installed] = [shownCertificate(running), node && installedCertificate(node)];
    if (shown === undefined || installed === undefined || fingerprint(shown) === fingerprint(installed)) return [];
    const detail = `${certificateText(shown)}; ${node?.label} has ${certificateText(installed)}`;
    return [finding(PROBE_SHOWS_OTHER_CERTIFICATE, { subject: running.label, detail })];
  });
}

export const PROBE_SHOWS_OTHER_CERTIFICATE = rule({
  code: 'probe-shows-other-certificate',
  severity: 'warning',
  problem: 'presents another certificate than its files contain',
  expected: 'the certificate in the files that were given with it',
  remedy: `wait two minutes, in which a node notices changed files, and probe again; then check that its options name these files, and clear its cache (${documentation('rotation')})`,
  inErlang: 'nothing',
  source: 'pem_cache_validate in erlang/otp:lib/ssl/src/ssl_pem_cache.erl; test/real/probe.test.ts',
});

/** Whether the files may be those of the running node. Two full names that differ are two nodes, whatever their hosts. */
function canBe({ name, isTools }: InstalledNode, { label }: ProbedNode): boolean {
  return !isTools && (name === undefined || !label.includes('@') || name === label);
}

/** The installed node with the name, or the only one on the host. */
function nodeBehind({ label, host }: ProbedNode, nodes: readonly InstalledNode[]): InstalledNode | undefined {
  const named = nodes.find(({ name }) => name === label);
  const [one, ...more] = nodes.filter(
    (node) => node.host !== undefined && canonicalHost(node.host) === canonicalHost(host),
  );
  return named ?? (more.length === 0 ? one : undefined);
}

function installedCertificate({ sides }: InstalledNode): CertificateFacts | undefined {
  const server = sides.find(({ side }) => side === 'server');
  return server && leafOf(server.material);
}

function certificateText({ serialNumber, notAfter }: CertificateFacts): string {
  return `number ${serialNumber}, until ${dayText(notAfter)}`;
}
