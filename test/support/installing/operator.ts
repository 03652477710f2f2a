/** What an operator does on nodes that run while their material changes. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';

import type { TlsClusterNode } from 'cdktf-erlang-tls';

import { CLEAR_PEM_CACHE } from '../../../src/model/erlang/programs/pem-cache';
import type { ErlangNode } from '../erlang';
import { installedAs } from '../stacks/deployment';

/** Runs the install script of a node. */
export function install({ delivered }: TlsClusterNode): void {
  execFileSync('sh', delivered.outputs, { stdio: 'pipe' });
}

/** Does at once what a node does within two minutes. */
export async function readAgain(node: ErlangNode): Promise<void> {
  await node.eval(CLEAR_PEM_CACHE);
}

/** Keeps the files that a node has now, to give it back to the past. */
export async function setAside(node: TlsClusterNode): Promise<{ putBack: () => Promise<void> }> {
  const names = ['ca.pem', 'node.pem'].map((name) => installedAs(name, node));
  for (const path of names) await copyFile(path, `${path}.old`);
  return {
    putBack: async () => {
      for (const path of names) await copyFile(`${path}.old`, path);
    },
  };
}

/** The certificate that is installed for a node. */
export function installedCertificate(node: TlsClusterNode): X509Certificate {
  return new X509Certificate(readFileSync(installedAs('node.pem', node)));
}
