/** Nodes with certificates of any issuer, made of the library's parts. */
import type { TerraformStack } from 'cdktf';
import {
  Delivery,
  type ICertificateIssuer,
  NodeCertificate,
  OtpRelease,
  SslDist,
  SslDistOptFile,
  type TlsClusterNode,
  VmArgs,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import type { Deployment } from '../stacks/deployment';

/** A node for each host, below a construct with the name of the host, delivered by install scripts. */
export function issuedNodes(
  stack: TerraformStack,
  deployment: Deployment,
  issuer: ICertificateIssuer,
  hosts: readonly string[],
  keyGenerations: Readonly<Record<string, string>> = {},
): TlsClusterNode[] {
  const delivery = Delivery.installScript({ outputDirectory: deployment.outputDirectory });
  return hosts.map((host) => {
    const scope = new Construct(stack, host);
    const name = `node@${host}`;
    const certificate = new NodeCertificate(scope, 'Certificate', {
      ...{ issuer, nodeName: name, keyGeneration: keyGenerations[host] },
    });
    const installDirectory = deployment.path(host);
    const path = (file: string): string => `${installDirectory}/${file}`;
    const otp = OtpRelease.OTP_25;
    const optionFile = new SslDistOptFile(scope, 'OptionFile', {
      ...{ path: path('ssl_dist.conf'), otp },
      ...{ certfile: path('node.pem'), cacertfile: path('ca.pem') },
    });
    const flags = new VmArgs(scope, 'VmArgs', {
      path: path('vm.args'),
      otp,
      sslDist: SslDist.optFile(optionFile.path),
    });
    const files = [
      { path: path('ca.pem'), content: issuer.trust.bundlePem, mode: '0644', sensitive: false },
      { path: path('node.pem'), content: certificate.bundlePem, mode: '0600', sensitive: true },
      optionFile.file,
      flags.file,
    ];
    const delivered = delivery.bind(scope, { nodeId: host, installDirectory, files });
    return {
      ...{ id: host, name, installDirectory, certificate, optionFile, files, delivered },
      bootFiles: [{ name: 'vm.args', text: flags.file.content }],
    };
  });
}
