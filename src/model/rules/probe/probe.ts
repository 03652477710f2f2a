import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { canonicalHost } from '../../network/ip-address';
import type { InstalledNode } from '../../observed/files/installed-node';
import { leafOf } from '../../observed/files/material';
import { PROTOCOL_NAMES } from '../../platforms/registry';
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
  if (absence !== undefined) return [finding(PROBE_NO_ANSWER, { subject: label, detail: absence })];
  if (versions.length === 0) return [finding(PROBE_NO_TLS, { subject: label })];
  const leaf = shownBy(node);
  const shown = `certificate of ${label}`;
  return [
    ...(demandsCertificate !== false ? [] : [finding(PROBE_ADMITS_ANYBODY, { subject: label })]),
    ...(leaf === undefined
      ? []
      : [
          ...validityFindings(shown, leaf, judgement),
          ...hostFindings(shown, leaf, host, [undefined], judgement.releases),
        ]),
  ];
}

export const PROBE_NO_ANSWER = rule({
  code: 'probe-no-answer',
  severity: 'error',
  problem: 'is not reached',
  expected: 'a node that listens there, and whose name, if one is given, epmd of that host knows',
  remedy: 'start the node; look at the port, at -kernel inet_dist_listen_min, and at what stands between',
  inErlang: 'pang at once, or after a while where packets are dropped',
});

export const PROBE_NO_TLS = rule({
  code: 'probe-no-tls',
  severity: 'error',
  problem: 'speaks no TLS',
  expected: `a distribution port of a node with -proto_dist ${PROTOCOL_NAMES}`,
  remedy: 'look at the flags of the running node: init:get_argument(proto_dist)',
  inErlang: 'a node that dials it with TLS waits for 7 seconds and gives up, without a word',
});

export const PROBE_ADMITS_ANYBODY = rule({
  code: 'probe-admits-anybody',
  severity: 'error',
  problem: 'demands no certificate',
  expected:
    'a handshake that ends where the client shows none: verify_peer and fail_if_no_peer_cert on the server side',
  remedy: 'set both, and start the node anew: the option file is read at boot',
  inErlang: 'nothing: whoever has the cookie gets in',
});

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
    return [finding(PROBE_SHOWS_OTHER_CERTIFICATE, { subject: running.label, detail })];
  });
}

export const PROBE_SHOWS_OTHER_CERTIFICATE = rule({
  code: 'probe-shows-other-certificate',
  severity: 'warning',
  problem: 'shows another certificate than its files hold',
  expected: 'the certificate of the files that were given with it',
  remedy:
    'wait two minutes, in which a node looks whether its files have changed, and probe again; then look whether its options name these files, and clear its cache (docs/rotation.md)',
  inErlang: 'nothing',
});

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
  const [one, ...more] = nodes.filter(
    (node) => node.host !== undefined && canonicalHost(node.host) === canonicalHost(host),
  );
  return named ?? (more.length === 0 ? one : undefined);
}
