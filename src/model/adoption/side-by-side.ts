import type { NodeFile } from '../files/node-file';
import { type Finding, findingAt } from '../findings/finding';
import { carriersByReader, optionFileAmong } from '../observed/files/configuring-files';
import { type FoundFile, missingFile } from '../observed/files/found-file';
import { type InstalledNode, readInstalled } from '../observed/files/installed-node';
import { installedSituation, type MeetingContext } from '../observed/files/installed-situation';
import type { Material, PemContent } from '../observed/files/material';
import type { NodePlan } from '../plan/cluster-plan';
import { certificateFindings } from '../rules/certificates/sides';
import { partnersAmong } from '../rules/certificates/verifiers';
import { situationFindings } from '../rules/check-situation';
import type { Judgement } from '../rules/judgement';
import type { CertificateFacts } from '../x509/certificate-reader';
import type { Adoption } from './adoption';
import { PlannedCertificates } from './planned-certificates';

/** A node as it is, and as it will be once it has been restarted with the files of the stack. */
interface Pair {
  readonly old: InstalledNode;
  readonly next: InstalledNode;
  readonly certificate: CertificateFacts;
}

/**
 * Findings about nodes with old and with new files that meet while one after the other is restarted. Each certificate is judged by the options of
 * the other kind of nodes, and each pair of nodes by what both have to agree on. By then all of them trust the old CA and the new one.
 */
export function sideBySideFindings(adoption: Adoption, judgement: Judgement): readonly Finding[] {
  const { cluster, profile, plan, authorities } = adoption;
  const planned = new PlannedCertificates(`${profile.name} Root CA`, judgement.now);
  const context = { ...judgement, signatures: planned.signatures(judgement.signatures) };
  const trusted = [...authorities.adopted.map(({ certificate }) => certificate), planned.authority];
  const pairs = pairsOf(adoption, planned);
  const tools = cluster.members.map(({ installed }) => installed).filter(({ isTools }) => isTools);
  const trust = (path: string): PemContent => content(path, trusted);
  const nextTrust = trust(plan.nodes[0]?.paths.cacertfile ?? '');
  // Each kind of options with the certificates of the other kind.
  const oldByNew = pairs.map(({ old, next }) =>
    withMaterial(next, (side) => ({ ...materialOf(old, side), trust: nextTrust, others: [] })),
  );
  const newByOld = pairs.map(({ old, certificate }) =>
    withMaterial(old, (_side, own) => ({
      identity: content('the certificate to come', [certificate]),
      trust: own.trust && trust(own.trust.file.path),
      others: [],
    })),
  );
  return distinct([
    ...judged('a new node meets an old one', oldByNew, context),
    ...judged('an old node meets a new one', newByOld, context),
    ...situationFindings(situationOf([...pairs], tools, trust, context)),
  ]);
}

function pairsOf({ nodes, plan }: Adoption, planned: PlannedCertificates): readonly Pair[] {
  return nodes.flatMap(({ member: { installed: old } }, index) => {
    const node = plan.nodes[index];
    if (node === undefined) return [];
    const certificate = planned.ofNode(node.certificate);
    const { paths } = node;
    const identity = content(paths.certfile, [certificate]);
    const next = withMaterial(readPlanned(old, node), () => ({ identity, others: [] }));
    return [{ old, next, certificate }];
  });
}

/** The node with the files that it reads at boot. */
export function readPlanned({ label, host }: InstalledNode, { files }: NodePlan): InstalledNode {
  const texts = files
    .filter((file): file is NodeFile => 'content' in file)
    .map(({ path, content: text }) => ({ name: path.slice(path.lastIndexOf('/') + 1), text, path }));
  const { ofNode } = carriersByReader(texts, (name) => name);
  const optionFile = optionFileAmong(texts);
  return readInstalled({
    ...{ label, host, carriers: ofNode, isTools: false },
    optionFile: optionFile && texts.find(({ name }) => name === optionFile.name)?.path,
    fileAt: (path) => {
      const text = texts.find((one) => one.path === path)?.text;
      return text === undefined ? missingFile(path) : { ...read(path), bytes: new TextEncoder().encode(text) };
    },
    filesIn: () => new Map(),
  });
}

function withMaterial(
  node: InstalledNode,
  material: (side: 'server' | 'client', own: Material) => Material,
): InstalledNode {
  return { ...node, sides: node.sides.map((one) => ({ ...one, material: material(one.side, one.material) })) };
}

function materialOf({ sides }: InstalledNode, side: 'server' | 'client'): Material {
  return (sides.find((one) => one.side === side) ?? sides[0])?.material ?? { others: [] };
}

function judged(place: string, nodes: readonly InstalledNode[], judgement: Judgement): readonly Finding[] {
  const partnersOf = partnersAmong(nodes);
  return nodes.flatMap((node) =>
    certificateFindings(node, judgement, partnersOf(node)).map((one) => ({
      ...findingAt(place, one),
      nodes: [node.label],
    })),
  );
}

/** Old and new nodes at once. Each node meets all others, but not its own other kind. */
function situationOf(
  pairs: readonly Pair[],
  tools: readonly InstalledNode[],
  trust: (path: string) => PemContent,
  context: MeetingContext,
): ReturnType<typeof installedSituation> {
  const trusting = (node: InstalledNode, path?: string): InstalledNode =>
    withMaterial(node, (_side, own) => ({
      ...own,
      trust: own.trust === undefined && path === undefined ? undefined : trust(path ?? own.trust?.file.path ?? ''),
    }));
  const olds = installedSituation(
    [...pairs.map(({ old }) => trusting(old)), ...tools.map((one) => trusting(one))],
    context,
  );
  const news = installedSituation(
    pairs.map(({ next }) => trusting(next, 'ca.pem')),
    context,
  );
  const members = [
    ...olds.members.map((one, index) => ({ ...one, node: pairs[index]?.old ?? one.node, moment: 'before' as const })),
    ...news.members.map((one, index) => ({ ...one, node: pairs[index]?.old ?? one.node, moment: 'after' as const })),
  ];
  return { surface: 'planned', members, releases: context.releases };
}

function content(path: string, certificates: readonly CertificateFacts[]): PemContent {
  return { file: read(path), certificates, keys: [], text: '' };
}

function read(path: string): FoundFile {
  return { path, kind: 'file', bytes: new Uint8Array(), parents: [] };
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [one.message, one])).values()];
}
