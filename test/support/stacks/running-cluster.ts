/** Deployed clusters as running Erlang nodes. */
import type { TlsCluster, TlsClusterNode, TlsClusterTools } from 'cdktf-erlang-tls';

import type { Connection, ErlangCluster, ErlangNode, NodeOptions, Runtime } from '../erlang';
import { installedAs } from './deployment';

/** What a start may differ in, beside the deployed flags. */
export type StartOptions = Pick<NodeOptions, 'leaveOut' | 'env' | 'cookie'> & {
  /** Flags after the deployed ones. */
  readonly moreArgs?: readonly string[];
};

/** Starts every node of a deployed cluster from its installed flags. */
export async function startAll(
  erlang: ErlangCluster,
  cluster: TlsCluster,
  runtime: Runtime,
  options: StartOptions = {},
): Promise<ErlangNode[]> {
  return Promise.all(cluster.nodes.map((node) => startDeployed(erlang, node, runtime, options)));
}

/** Starts one deployed node from its installed flags. */
export async function startDeployed(
  erlang: ErlangCluster,
  node: TlsClusterNode,
  runtime: Runtime,
  { moreArgs = [], ...options }: StartOptions = {},
): Promise<ErlangNode> {
  const args = ['-args_file', argsFileOf(node), ...moreArgs];
  return erlang.startNode({ runtime, name: node.name, args, ...options });
}

/** Where a node of a platform that reads its flags from one file looks for them. */
export function argsFileOf(node: TlsClusterNode): string {
  const [bootFile, ...others] = node.bootFiles;
  if (bootFile === undefined || others.length > 0) throw new Error(`${node.name} has not one file with flags`);
  return installedAs(bootFile.name, node);
}

/** The cluster of that title. */
export function clusterNamed(clusters: Readonly<Record<string, TlsCluster>>, title: string): TlsCluster {
  const cluster = clusters[title];
  if (cluster === undefined) throw new Error(`no cluster ${title} among ${Object.keys(clusters).join(', ')}`);
  return cluster;
}

/** What a cluster on a platform with tools of their own has for them. */
export function toolsOf(cluster: TlsCluster): TlsClusterTools {
  if (cluster.tools === undefined) throw new Error(`${cluster.node.path} has no tools`);
  return cluster.tools;
}

/** What the dialling node says of one connection. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: Connection['kind'];
  readonly version?: string;
  readonly cipher?: string;
  /** Subject of the certificate that the accepting node presented. */
  readonly peer?: string;
}

/** Dials in every ordered pair, so that each node is once the server and once the client of every other one. */
export async function everyLink(nodes: readonly ErlangNode[]): Promise<Link[]> {
  const pairs = nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));
  // Pairs do not disturb each other; the two directions of one pair would.
  const links = await Promise.all(pairs.map(async ([one, other]) => [await link(one, other), await link(other, one)]));
  return links.flat();
}

/** Dials anew. */
export async function link(from: ErlangNode, to: ErlangNode): Promise<Link> {
  const connection = await from.dial(to);
  const ends = { from: from.name, to: to.name, kind: connection.kind };
  if (connection.kind !== 'tls') return ends;
  const { version, cipher, peerCertificate } = connection;
  return { ...ends, version, cipher, peer: peerCertificate?.subject };
}

/** The result of `everyLink` if every node presents the certificate of its own host and all use the same TLS. */
export function tlsLinks(nodes: readonly ErlangNode[], version: string, cipher: string): Link[] {
  const pairs = nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));
  return pairs.flatMap(([one, other]) => [tlsLink(one, other), tlsLink(other, one)]);

  function tlsLink(from: ErlangNode, to: ErlangNode): Link {
    return { from: from.name, to: to.name, kind: 'tls', version, cipher, peer: `CN=${hostOf(to.name)}` };
  }
}

/** The kinds of these links, each once. */
export function kindsOf(links: readonly Link[]): Connection['kind'][] {
  return [...new Set(links.map(({ kind }) => kind))];
}

/** The part of a node name that TLS verifies. */
export function hostOf(name: string): string {
  return name.slice(name.indexOf('@') + 1);
}
