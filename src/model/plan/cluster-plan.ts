import { checkedResult } from '../api/check-call';
import { inDirectory } from '../cluster/absolute-path';
import { isShortName } from '../cluster/node-name';
import { allowExpression } from '../erlang/programs/allow-expression';
import type { NodeFile } from '../files/node-file';
import { type TlsPaths, tlsPaths } from '../files/tls-paths';
import type { Finding } from '../findings/finding';
import { KeyAlgorithm } from '../pki/key-algorithm';
import type { IPlatformProfile, ToolBoot } from '../platforms/profile';
import { keyFindings } from '../rules/certificates/declared';
import { parameterFindings } from '../rules/flags/application-parameters';
import { listenFindings } from '../rules/nodes/declared-listening';
import { clusterFindings } from '../rules/nodes/declared-nodes';
import { sharedIdentityFindings } from '../rules/nodes/shared-identity';
import { clusterOptionFindings } from '../rules/options/declared-options';
import { type Alarm, alarms, type PlannedMember } from './alarms';
import { type BootContext, type BootPlan, nodeBoot, toolBoot, toolBootFiles } from './boot-files';
import { chosen, nodeCertificate, sharedCertificate, toolCertificate } from './certificate-plan';
import type { ClusterSpec, NodeSpec } from './cluster-spec';
import { type PemFile, pemFiles } from './pem-files';
import { listFiles, listOptionFindings, type RevocationSpec, withLists } from './revocation';

/** Everything that a cluster consists of, before any of it is defined. */
export interface ClusterPlan {
  /** In the order of the declaration. */
  readonly nodes: readonly NodePlan[];
  /** Absent if the platform's tools have no identity of their own. */
  readonly tools?: ToolPlan;
  readonly alarms: readonly Alarm[];
  /** Absent if the library delivers no revocation lists. */
  readonly revocation?: RevocationSpec;
  /** The findings about the declaration as a whole. */
  readonly findings: readonly Finding[];
  /** The Erlang expression with which a node admits only these nodes. */
  readonly allowExpression: string;
}

/** A node or the tools: a certificate and files. */
interface MemberPlan extends PlannedMember {
  readonly installDirectory: string;
  readonly paths: TlsPaths;
  readonly boot: BootPlan;
  /** The PEM files and the boot files. */
  readonly files: readonly (NodeFile | PemFile)[];
}

export interface NodePlan extends MemberPlan {
  /** Whether the boot files are its own. Nodes in the cluster's directory share one set. */
  readonly hasOwnBootFiles: boolean;
}

export interface ToolPlan extends MemberPlan {
  /** Command line that connects to the first node. */
  readonly command: string;
}

/** Plans a cluster on a platform. The plan of a node does not depend on other nodes or on their order. A declaration with an error has no plan. */
export function planCluster(spec: ClusterSpec, platform: IPlatformProfile): ClusterPlan {
  const findings = specFindings(spec, platform);
  const expression = allowExpression(spec.nodes.map(({ node }) => node.name.text));
  if (findings.some(({ severity }) => severity === 'error')) {
    return { nodes: [], alarms: [], findings, allowExpression: expression };
  }
  const longNames = spec.shared?.identity.longNames ?? !spec.nodes.some(({ node }) => isShortName(node.name));
  const boot = bootOfTools(spec, platform, longNames);
  const nodes = planNodes(spec, platform, { longNames, tools: boot });
  const tools = boot && planTools(spec, platform, boot);
  const { revocation } = spec;
  return { nodes, tools, revocation, alarms: alarms(spec, nodes, tools), findings, allowExpression: expression };
}

function specFindings(spec: ClusterSpec, platform: IPlatformProfile): readonly Finding[] {
  const common = spec.certificates.keyAlgorithm ?? KeyAlgorithm.ECDSA_P256;
  const keys = [common, ...spec.nodes.map(({ certificate }) => certificate.keyAlgorithm ?? common)];
  const nodes = spec.nodes.map(({ node }) => node);
  const paths = withLists(tlsPaths(spec.installDirectory, 'node', spec.separateKeyFile), spec.installDirectory, spec);
  return [
    ...clusterFindings(
      nodes,
      membersOf(spec).map(({ node }) => node),
      platform,
      spec.takenIds,
    ),
    ...(spec.shared ? sharedIdentityFindings(spec.shared.identity, { ...spec.shared.beside, nodes }) : []),
    ...listenFindings(
      spec.distribution,
      nodes.map(({ name }) => name),
      platform,
    ),
    ...keys.flatMap((key) => keyFindings('nodes', key, spec.tls.versions)),
    ...parameterFindings(spec.flags),
    ...listOptionFindings(spec),
    ...clusterOptionFindings({ ...spec.tls, ...paths, otp: spec.otp }),
  ];
}

/** Those with a certificate and files. */
function membersOf({ nodes, shared }: ClusterSpec): readonly NodeSpec[] {
  return shared === undefined ? nodes : [shared.node];
}

function planNodes(spec: ClusterSpec, platform: IPlatformProfile, context: BootContext): readonly NodePlan[] {
  let shared: BootPlan | undefined;
  return membersOf(spec).map(({ node, label, hasOwnDirectory, certificate }) => {
    const { id, name, installDirectory } = node;
    const paths = withLists(tlsPaths(installDirectory, 'node', spec.separateKeyFile), installDirectory, spec);
    const choice = { ...certificate, ...chosen(certificate, spec.certificates) };
    const plan = (): BootPlan => nodeBoot(spec, platform, installDirectory, paths, context);
    const boot = hasOwnDirectory ? plan() : (shared ??= plan());
    return {
      ...{ id, installDirectory, paths, boot, hasOwnBootFiles: hasOwnDirectory },
      certificate: spec.shared ? sharedCertificate(spec.shared.identity, choice) : nodeCertificate(name, label, choice),
      files: [...listFiles(paths, spec), ...pemFiles(paths), ...boot.files],
    };
  });
}

/** The tools' files are in a directory of their own, so that users of the tools need no access to a node's key. */
function bootOfTools(spec: ClusterSpec, { tools }: IPlatformProfile, longNames: boolean): ToolBoot | undefined {
  if (tools === undefined) return undefined;
  const directory = inDirectory(spec.installDirectory, spec.toolsId);
  return toolBoot(tools, directory, spec, { nodeName: spec.nodes[0]?.node.name.text ?? ANY_NODE, longNames });
}

/** The name of a node in commands, for people to replace. */
const ANY_NODE = 'NODE@HOST';

function planTools(spec: ClusterSpec, { tools }: IPlatformProfile, boot: ToolBoot): ToolPlan | undefined {
  if (tools === undefined) return undefined;
  const { directory: installDirectory } = boot;
  const paths = withLists(tlsPaths(installDirectory, 'tool', false), installDirectory, spec);
  const files = toolBootFiles(spec, tools, boot, paths);
  return {
    ...{ id: spec.toolsId, installDirectory, paths, boot: files },
    certificate: toolCertificate(spec.certificates),
    files: [...listFiles(paths, spec), ...pemFiles(paths), ...files.files],
    command: checkedResult('IToolProfile.command', tools.command(boot)),
  };
}
