/** Starts real nodes with the deployed files, and shows which can connect to which. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { TlsCluster } from 'cdktf-erlang-tls';

import { BootFailed, type ErlangCluster, type ErlangNode, type Runtime, withCluster } from '../../test/support/erlang';
import { everyLink, hostOf, kindsOf, type Link, link } from '../../test/support/stacks/running-cluster';
import { clusterOf, type Example } from './examples';
import { installed } from './installed';
import { say, table } from './output';
import { DemoFailed } from './problems';

/** Starts the nodes of an example, connects each to every other one, and stops them. Whether they behave as promised. */
export async function showCluster(directory: string, example: Example, runtime: Runtime): Promise<boolean> {
  const cluster = clusterOf(example, directory);
  const hosts = [...cluster.nodes.map(({ name }) => hostOf(name)), hostOf(OUTSIDER)];
  return withCluster({ hosts }, async (erlang) => {
    const nodes = await startNodes(erlang, cluster, example, runtime, join(directory, `${example.stack}-nodes`));
    const outsider = await startOutsider(erlang, nodes, runtime);
    const links = await everyLink(nodes);
    const refused = await fromOutside(outsider, nodes);
    say(matrix(nodes, outsider, [...links, ...refused]), verdict(links, refused));
    return isTls(links) && isRefused(refused);
  });
}

async function startNodes(
  erlang: ErlangCluster,
  cluster: TlsCluster,
  { moreArgs, caveat }: Example,
  runtime: Runtime,
  directory: string,
): Promise<ErlangNode[]> {
  mkdirSync(directory);
  const files = installed(cluster, directory);
  say(files.description, ...(caveat === undefined ? [] : [caveat]));
  const nodes = await Promise.all(
    cluster.nodes.map((node) =>
      erlang.startNode({
        runtime: files.runtime(node, runtime),
        name: node.name,
        args: ['-args_file', files.vmArgs(node), ...(moreArgs?.(runtime) ?? [])],
      }),
    ),
  ).catch(refuseToBoot);
  say(
    `Running on OTP ${runtime.version}, each at its own loopback address, by which the others find it without epmd.\n`,
  );
  return nodes;
}

function refuseToBoot(error: unknown): never {
  throw error instanceof BootFailed ? new DemoFailed(error.message) : error;
}

/** A node like the others, but without TLS. */
const OUTSIDER = 'outsider@outside.example.com';

async function startOutsider(
  erlang: ErlangCluster,
  nodes: readonly ErlangNode[],
  runtime: Runtime,
): Promise<ErlangNode> {
  const outsider = await erlang.startNode({ runtime, name: OUTSIDER, args: ['-proto_dist', 'inet_tcp'] });
  const cookies = await Promise.all([outsider, ...nodes].map((node) => node.eval('erlang:get_cookie()')));
  if (new Set(cookies).size !== 1) throw new Error('the nodes have different cookies');
  return outsider;
}

async function fromOutside(outsider: ErlangNode, nodes: readonly ErlangNode[]): Promise<Link[]> {
  const links: Link[] = [];
  for (const node of nodes) links.push(await link(outsider, node));
  return links;
}

/** Rows connect, columns accept. */
function matrix(nodes: readonly ErlangNode[], outsider: ErlangNode, links: readonly Link[]): string {
  const cell = (from: ErlangNode, to: ErlangNode): string => {
    const found = links.find((one) => one.from === from.name && one.to === to.name);
    return found === undefined ? '-' : showLink(found);
  };
  const row = (from: ErlangNode, label: string): string[] => [label, ...nodes.map((to) => cell(from, to))];
  return table(
    ['from \\ to', ...nodes.map(({ name }) => hostOf(name))],
    [...nodes.map((node) => row(node, node.name)), row(outsider, 'plain TCP, right cookie')],
  );
}

function showLink({ kind, version, cipher }: Link): string {
  if (kind === 'none') return 'refused';
  return kind === 'tls' ? `${showVersion(version)}\n${cipher ?? ''}` : 'PLAIN TEXT';
}

/** `tlsv1.3` as people write it. */
function showVersion(version = ''): string {
  return version.replace(/^tlsv/, 'TLS ');
}

function verdict(links: readonly Link[], refused: readonly Link[]): string {
  const formed = links.filter(({ kind }) => kind === 'tls').length;
  const kept = refused.filter(({ kind }) => kind === 'none').length;
  return (
    `\n${formed} of ${links.length} connections between the nodes are TLS; ` +
    `${kept} of ${refused.length} attempts of a node with the right cookie and without TLS were refused.`
  );
}

function isTls(links: readonly Link[]): boolean {
  return kindsOf(links).join() === 'tls';
}

function isRefused(links: readonly Link[]): boolean {
  return kindsOf(links).join() === 'none';
}
