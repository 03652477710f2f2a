import { type Finding, finding } from '../../errors';
import type { InstalledNode } from '../../observed/files/installed-node';
import { leafOf } from '../../observed/files/material';
import { dayText } from '../../x509/calendar';
import { type CertificateFacts, readCertificate } from '../../x509/certificate-reader';
import { hostFindings } from '../certificates/host-names';
import { validityFindings } from '../certificates/validity';
import type { Judgement } from '../judgement';

/** What a client heard of a node that listens. */
export interface ProbedNode {
  /** For people. */
  readonly label: string;
  readonly host: string;
  /** Undefined where no port is known. */
  readonly port?: number;
  /** Why nobody answers. Undefined where somebody listens. */
  readonly absence?: string;
  /** TLS versions that it takes, the newest first, by Erlang's names. None where it speaks no TLS. */
  readonly versions: readonly string[];
  readonly cipher?: string;
  /** DER, its own certificate first. */
  readonly certificates: readonly Uint8Array[];
  /** Whether it refuses a client that shows no certificate. Undefined where it closed the connection and did not say why. */
  readonly demandsCertificate?: boolean;
}

/** What is wrong with a node that listens, as far as a client without a certificate can tell. */
export function probeFindings(node: ProbedNode, judgement: Judgement): readonly Finding[] {
  const { label, host, absence, versions, demandsCertificate } = node;
  if (absence !== undefined) return [finding('probe-without-answer', { subject: label, detail: absence })];
  if (versions.length === 0) return [finding('probe-without-tls', { subject: label })];
  const leaf = shownBy(node);
  const shown = `certificate of ${label}`;
  return [
    ...(demandsCertificate !== false ? [] : [finding('probe-admits-anybody', { subject: label })]),
    ...(leaf === undefined
      ? []
      : [...validityFindings(shown, leaf, judgement), ...hostFindings(shown, leaf, host, [undefined], judgement.otp)]),
  ];
}

/** Whether nodes that listen show the certificates of their files: one that was replaced is shown until the node has read the new one. */
export function shownFindings(
  probed: readonly ProbedNode[],
  nodes: readonly InstalledNode[],
  { signatures: { fingerprint } }: Judgement,
): readonly Finding[] {
  return probed.flatMap((running) => {
    const candidates = nodes.filter((node) => mayBe(node, running));
    const node =
      filesOf(running, candidates) ?? (probed.length === 1 && nodes.length === 1 ? candidates[0] : undefined);
    const [shown, kept] = [shownBy(running), node && keptBy(node)];
    if (shown === undefined || kept === undefined || fingerprint(shown) === fingerprint(kept)) return [];
    const text = ({ serialNumber, notAfter }: CertificateFacts): string =>
      `number ${serialNumber}, until ${dayText(notAfter)}`;
    const detail = `${text(shown)}; ${node?.label} has ${text(kept)}`;
    return [finding('probe-shows-other-certificate', { subject: running.label, detail })];
  });
}

function shownBy({ certificates: [der] }: ProbedNode): CertificateFacts | undefined {
  return der && readCertificate(der);
}

function keptBy({ sides }: InstalledNode): CertificateFacts | undefined {
  const server = sides.find(({ side }) => side === 'server');
  return server && leafOf(server.material);
}

/** Two whole names that differ are two nodes, wherever they are. */
function mayBe({ name, isTools }: InstalledNode, { label }: ProbedNode): boolean {
  return !isTools && (name === undefined || !label.includes('@') || name === label);
}

/** Of several nodes on one host the name says which one it is. */
function filesOf({ label, host }: ProbedNode, nodes: readonly InstalledNode[]): InstalledNode | undefined {
  const named = nodes.find(({ name }) => name === label);
  const [one, ...more] = nodes.filter((node) => node.host === host);
  return named ?? (more.length === 0 ? one : undefined);
}
