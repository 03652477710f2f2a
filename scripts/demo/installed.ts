/** Lets nodes find their files at the install directory without writing to it on this machine. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { App, TerraformStack } from 'cdktf';
import type { TlsCluster, TlsClusterNode } from 'cdktf-erlang-tls';

import type { Runtime } from '../../test/support/erlang';
import { argsFileOf } from '../../test/support/stacks/running-cluster';
import { DemoFailed } from './problems';

/** The files of a cluster, where its nodes see them. */
export interface Installed {
  /** For people. */
  readonly description: string;
  /** The flags of a node, at the path where it sees them. */
  readonly vmArgs: (node: TlsClusterNode) => string;
  /** The runtime for a node that sees them there. */
  readonly runtime: (node: TlsClusterNode, runtime: Runtime) => Runtime;
}

/** The deployed files themselves if this machine allows mount namespaces, otherwise copies elsewhere. */
export function installed(cluster: TlsCluster, directory: string): Installed {
  const [first] = cluster.nodes;
  const unshare = first && UNSHARE.find((command) => isPermitted(command, first, directory));
  return unshare === undefined ? copied(cluster, directory) : mounted(unshare, cluster, directory);
}

/** As root, or as root of a user namespace. */
const UNSHARE = ['unshare --mount', 'unshare --user --map-root-user --mount'];

/** Whether a program can see the files of a node in this way: it looks for one. */
function isPermitted(unshare: string, node: TlsClusterNode, directory: string): boolean {
  const probe = join(directory, 'probe');
  writeWrapper(probe, unshare, node, 'test', directory);
  return spawnSync(probe, ['-f', argsFileOf(node)], { stdio: 'ignore' }).status === 0;
}

function mounted(unshare: string, { nodes }: TlsCluster, directory: string): Installed {
  return {
    description:
      `Each node sees the deployed files at ${nodes[0]?.installDirectory ?? ''}, in its own mount namespace; ` +
      'nothing is installed on this machine.',
    vmArgs: argsFileOf,
    runtime: (node, runtime) => {
      const erl = join(directory, `erl-${node.id}`);
      writeWrapper(erl, unshare, node, runtime.erl, directory);
      return { ...runtime, erl };
    },
  };
}

/** A program that runs another one with the deployed files of a node in their place. */
function writeWrapper(path: string, unshare: string, node: TlsClusterNode, program: string, directory: string): void {
  const script = join(__dirname, 'at-install-directory.sh');
  const words = [script, outputDirectory(node), node.installDirectory, join(directory, 'mountpoints'), program];
  writeFileSync(path, `#!/bin/sh\nexec ${unshare} sh ${words.map(shellWord).join(' ')} "$@"\n`, { mode: 0o700 });
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function copied({ nodes }: TlsCluster, directory: string): Installed {
  const placeOf = ({ id }: TlsClusterNode): string => join(directory, id);
  for (const node of nodes) copyFiles(node, placeOf(node));
  return {
    description:
      `The nodes read copies in which a temporary directory stands for ${nodes[0]?.installDirectory ?? ''}: ` +
      'this machine does not allow mount namespaces.',
    vmArgs: (node) => join(placeOf(node), basename(argsFileOf(node))),
    runtime: (_node, runtime) => runtime,
  };
}

/** The PEM files are the same byte for byte. */
function copyFiles(node: TlsClusterNode, place: string): void {
  // The files have the other path without quotes.
  if (!/^[\w@/.+-]+$/.test(place)) throw new DemoFailed(`${place} has special characters: set TMPDIR to a plain path.`);
  cpSync(outputDirectory(node), place, { recursive: true });
  for (const name of readdirSync(place).filter((file) => !file.endsWith('.pem'))) {
    const file = join(place, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(node.installDirectory, place));
  }
}

function outputDirectory({ delivered, id }: TlsClusterNode): string {
  const [output] = delivered.outputs;
  const [resource] = delivered.resources;
  if (output === undefined || resource === undefined) throw new Error(`nothing was delivered for ${id}`);
  // Terraform runs in the directory of the stack.
  return dirname(resolve(App.of(resource).outdir, 'stacks', TerraformStack.of(resource).node.id, output));
}
