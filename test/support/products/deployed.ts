/** Deployed clusters as files on hosts, where an operator would put them. */
import type { TerraformStack } from 'cdktf';
import { OtpRelease, type TlsCluster, type TlsClusterNode } from 'cdktf-erlang-tls';

import type { Host, HostFile } from '../hosts';
import { eventually } from '../programs/eventually';
import { type Delivered, Deployment } from '../stacks/deployment';
import { hostOf } from '../stacks/running-cluster';
import { mustSucceed } from '../terraform';

/** Declares and applies. The files stay where Terraform wrote them, until hosts are there to take them. */
export async function deploy<T>(
  define: (stack: TerraformStack, deployment: Deployment) => T,
): Promise<{ deployment: Deployment; declared: T }> {
  const deployment = await Deployment.create();
  try {
    const declared = await deployment.declare(define);
    mustSucceed(await deployment.terraform.apply());
    return { deployment, declared };
  } catch (error) {
    await deployment.remove();
    throw error;
  }
}

/** All files of a node or of the tools, with the permissions that the library names, for the user that a product runs as. */
export function hostFilesOf({ files, delivered }: Delivered, owner: string): HostFile[] {
  return files.map(({ path, mode }, index) => {
    const sourcePath = delivered.outputs[index];
    if (sourcePath === undefined) throw new Error(`${path} was not delivered`);
    return { path, mode, owner, sourcePath };
  });
}

/** The node that a host is for, told by the host's short or long name. */
export function nodeFor(host: Host, cluster: TlsCluster): TlsClusterNode {
  const node = cluster.nodes.find(({ name }) => [host.name, host.longName].includes(hostOf(name)));
  if (node === undefined)
    throw new Error(`no node for ${host.name}: ${cluster.nodes.map(({ name }) => name).join(', ')}`);
  return node;
}

/** Waits until a log file of the host has the handshake that its node refused. */
export async function logsRefusal(host: Host, directory: string): Promise<void> {
  await eventually(`${directory} on ${host.name} has a refused handshake`, async () => {
    const { stdout } = await host.run('sh', ['-c', `cat ${directory}/*.log`]);
    return /TLS server: In state \w+.*\s+.*Fatal - /.test(stdout) || undefined;
  });
}

/** The cluster settings for the release that a product runs on. */
export function otpRelease(otp: number): OtpRelease {
  const release = { 25: OtpRelease.OTP_25, 27: OtpRelease.OTP_27, 29: OtpRelease.OTP_29 }[otp];
  if (release === undefined) throw new Error(`no test is written for OTP ${otp}`);
  return release;
}
