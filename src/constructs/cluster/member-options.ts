import type { Construct } from 'constructs';

import { chosen } from '../../model/plan/certificate-plan';
import type { NodePlan, ToolPlan } from '../../model/plan/cluster-plan';
import type { CertificateOptions } from '../certificates/certificate-options';
import type { Identity } from '../certificates/identity';
import type { NodeCertificateOptions } from '../certificates/node-certificate';
import { SslDistOptFile } from '../config/ssl-dist-opt-file';
import { IDS } from '../terraform/ids';
import { keyGenerationOf } from './member-key';
import type { TlsClusterNodeProps } from './tls-cluster-node';
import type { ClusterOptions } from './tls-cluster-props';

/** Defines the option file that is planned. Absent if the options are in the flags. */
export function defineOptionFile(
  scope: Construct,
  { boot: { optionFile: path }, paths }: NodePlan | ToolPlan,
  { tls, otp }: ClusterOptions,
  identity?: Identity,
  clientOnly = false,
): SslDistOptFile | undefined {
  if (path === undefined) return undefined;
  return new SslDistOptFile(scope, IDS.OPTION_FILE, { ...tls, ...paths, path, otp, identity, clientOnly });
}

/** The options of the node, with those of the cluster as defaults. */
export function certificateOptions(
  node: TlsClusterNodeProps,
  cluster: CertificateOptions = {},
): NodeCertificateOptions {
  const { commonName, additionalDnsNames, additionalIpAddresses } = node;
  return {
    ...{ commonName, additionalDnsNames, additionalIpAddresses },
    ...chosen(node, cluster),
    keyGeneration: keyGenerationOf(node, cluster),
  };
}
