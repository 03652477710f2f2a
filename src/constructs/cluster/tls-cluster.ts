import { Construct } from 'constructs';

import { checkCall, checkedResult } from '../../model/api/check-call';
import { NODE_UNKNOWN } from '../../model/cluster/cluster-node';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { DELIVERY_WITHOUT_RESOURCE } from '../../model/pki/rollover-guard';
import { chosen } from '../../model/plan/certificate-plan';
import { type ClusterPlan, type NodePlan, planCluster, type ToolPlan } from '../../model/plan/cluster-plan';
import { withPems } from '../../model/plan/pem-files';
import type { IPlatformProfile } from '../../model/platforms/profile';
import type { CertificateOptions } from '../certificates/certificate-options';
import { NodeCertificate, type NodeCertificateOptions } from '../certificates/node-certificate';
import { ToolCertificate } from '../certificates/tool-certificate';
import { SslDistOptFile } from '../config/ssl-dist-opt-file';
import type { DeliveryRequest, DeliveryResult } from '../deliveries/delivery';
import { CaRollover, type CaRolloverOptions } from '../issuers/ca-rollover';
import type { ICertificateIssuer } from '../issuers/issuer';
import { RootCa } from '../issuers/root-ca';
import { platformPreconditions } from '../terraform/deferred-host';
import { ExpiryCheck } from '../terraform/expiry-check';
import { IDS } from '../terraform/ids';
import { report, within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { clusterSpec } from './cluster-spec';
import { type DeclaredNode, declareNodes } from './declared-nodes';
import type { TlsClusterNode, TlsClusterNodeProps, TlsClusterTools } from './tls-cluster-node';
import type { TlsClusterProps } from './tls-cluster-props';

/**
 * TLS for the distribution of one Erlang cluster: a root CA, a certificate for each node, option files and flags for the platform, and a
 * certificate for its tools, delivered as files.
 *
 * Defines: a `RootCa`, a `NodeCertificate` and files for each node, a `ToolCertificate` and files for the tools if the platform has some, a
 * `CaRollover`, and a `check` block. The Terraform state contains every private key.
 */
export class TlsCluster extends Construct {
  /** The CA. */
  public readonly certificateAuthority: RootCa;
  /** The nodes, in the order they were given. */
  public readonly nodes: TlsClusterNode[];
  /** The certificate and files of the tools. Absent if the platform's tools cannot have a certificate of their own. */
  public readonly tools?: TlsClusterTools;
  /** The guard of the steps from one generation of the CA to the next. */
  public readonly rollover: CaRollover;
  /**
   * Erlang expression `net_kernel:allow([…])` with the nodes of this cluster. A node that has evaluated it connects only to these nodes.
   * Over TLS, OTP then also requires that a connecting peer's certificate is for the host of its node name, and that the host belongs to a
   * listed node. This excludes the tools of the cluster, whose certificate contains no host (`docs/identity.md`).
   */
  public readonly allowExpression: string;

  private readonly plan: ClusterPlan;
  private commonOptionFile?: SslDistOptFile;

  public constructor(scope: Construct, id: string, props: TlsClusterProps) {
    super(scope, id);
    within(this, () => checkCall('new TlsCluster', props));
    const profile = props.platform._profile;
    const declared = within(this, () => declareNodes(props.nodes, props.installDirectory));
    const { rollover, ...authority } = props.certificateAuthority ?? {};
    this.certificateAuthority = new RootCa(this, IDS.CERTIFICATE_AUTHORITY, {
      ...authority,
      commonName: authority.commonName ?? `${profile.name} Root CA`,
    });
    const generations = this.certificateAuthority.trustedGenerations.map(({ node }) => node.id);
    this.plan = within(this, () => planCluster(clusterSpec(props, declared, generations), profile));
    report(this, this.plan.findings);
    within(this, () => checkBootFiles(this.plan, profile));

    this.allowExpression = this.plan.allowExpression;
    const plans = new Map(this.plan.nodes.map((plan) => [plan.id, plan]));
    this.nodes = declared.flatMap((node) => {
      const plan = plans.get(node.node.id);
      return plan === undefined ? [] : [this.defineNode(plan, node, props)];
    });
    this.tools = this.plan.tools && this.defineTools(this.plan.tools, props);
    this.rollover = this.defineRollover(rollover);
    this.defineAlarms();
  }

  /** The node with that name or id. */
  public clusterNode(nameOrId: string): TlsClusterNode {
    within(this, () => checkCall('TlsCluster.clusterNode', nameOrId));
    const node = this.nodes.find(({ id, name }) => id === nameOrId || name === nameOrId);
    return node ?? within(this, () => refuse(NODE_UNKNOWN, { subject: 'node', got: nameOrId }));
  }

  private issuerOf({ signedBy }: TlsClusterNodeProps): ICertificateIssuer {
    const id = concrete('signedBy', signedBy);
    return id === undefined ? this.certificateAuthority : this.certificateAuthority.issuer(id);
  }

  private defineRollover(rollover: CaRolloverOptions = {}): CaRollover {
    const deliveries = [...this.nodes, ...(this.tools === undefined ? [] : [this.tools])];
    return new CaRollover(this, IDS.ROLLOVER, {
      ...rollover,
      certificateAuthority: this.certificateAuthority,
      deliveries: deliveries.flatMap(({ delivered }) => delivered.resources),
    });
  }

  private defineAlarms(): void {
    const ends = new Map([
      ...this.certificateAuthority.trustedGenerations.map(
        ({ node, expiresAt }) => [`CA ${node.id}`, expiresAt] as const,
      ),
      ...this.nodes.map(({ id, certificate }) => [id, certificate.expiresAt] as const),
      [IDS.TOOLS, this.tools?.certificate.expiresAt] as const,
    ]);
    const alarms = this.plan.alarms.flatMap(({ rule, subject, of, hours }) => {
      const expiresAt = ends.get('generation' in of ? `CA ${of.generation}` : of.member);
      return expiresAt === undefined ? [] : [{ rule, subject, expiresAt, alarmHours: hours }];
    });
    new ExpiryCheck(this, IDS.EXPIRY, alarms);
  }

  private defineNode(plan: NodePlan, { node, props: nodeProps }: DeclaredNode, props: TlsClusterProps): TlsClusterNode {
    const { id, installDirectory, boot } = plan;
    const profile = props.platform._profile;
    const scope = new Construct(this, id);
    const certificate = new NodeCertificate(scope, IDS.CERTIFICATE, {
      ...certificateOptions(nodeProps, props.certificates),
      issuer: this.issuerOf(nodeProps),
      nodeName: nodeProps.name,
    });
    certificate._require(platformPreconditions(node.name, profile));
    const files = this.filled(plan.files, certificate);
    return {
      ...{ id, name: nodeProps.name, installDirectory, certificate, files },
      optionFile: this.nodeOptionFile(scope, plan, props),
      bootFiles: [...boot.bootFiles],
      delivered: deliver(scope, props, { nodeId: id, installDirectory, files, reload: profile.reload }),
    };
  }

  /** Nodes in the cluster's directory share one option file. */
  private nodeOptionFile(scope: Construct, plan: NodePlan, props: TlsClusterProps): SslDistOptFile | undefined {
    if (plan.hasOwnBootFiles) return defineOptionFile(scope, plan, props);
    this.commonOptionFile ??= defineOptionFile(this, plan, props);
    return this.commonOptionFile;
  }

  private defineTools(plan: ToolPlan, props: TlsClusterProps): TlsClusterTools | undefined {
    const { id, installDirectory, boot, command } = plan;
    const scope = new Construct(this, id);
    const certificate = new ToolCertificate(scope, IDS.CERTIFICATE, {
      ...props.certificates,
      issuer: this.certificateAuthority,
    });
    const optionFile = defineOptionFile(scope, plan, props, true);
    if (optionFile === undefined) return undefined;
    const files = this.filled(plan.files, certificate);
    return {
      ...{ certificate, optionFile, files, command },
      bootFiles: [...boot.bootFiles],
      delivered: deliver(scope, props, { nodeId: id, installDirectory, files, reload: '' }),
    };
  }

  private filled(files: NodePlan['files'], certificate: NodeCertificate | ToolCertificate): NodeFile[] {
    return withPems(files, {
      trust: this.certificateAuthority.trust.bundlePem,
      certificate: certificate.certificatePem,
      chain: certificate.chainPem,
      privateKey: certificate.privateKeyPem,
    });
  }
}

/** Defines the option file that is planned. Absent if the options are in the flags. */
function defineOptionFile(
  scope: Construct,
  { boot: { optionFile: path }, paths }: NodePlan | ToolPlan,
  { tls, otp }: TlsClusterProps,
  clientOnly = false,
): SslDistOptFile | undefined {
  if (path === undefined) return undefined;
  return new SslDistOptFile(scope, IDS.OPTION_FILE, { ...tls, ...paths, path, otp, clientOnly });
}

/** Delivers files. A delivery that the user implements may define no resource: then the rollover would not wait for it. */
function deliver(scope: Construct, { delivery }: TlsClusterProps, request: DeliveryRequest): DeliveryResult {
  return within(scope, () => {
    const delivered = checkedResult('IDelivery.bind', delivery.bind(scope, request));
    if (delivered.resources.length > 0) return delivered;
    return refuse(DELIVERY_WITHOUT_RESOURCE, { subject: 'delivery of', got: request.nodeId });
  });
}

/** A platform that the user implements may put tokens into its files. */
function checkBootFiles({ nodes, tools }: ClusterPlan, { name }: IPlatformProfile): void {
  for (const bootFiles of new Set(nodes.map(({ boot }) => boot.bootFiles))) concrete(`files of ${name}`, bootFiles);
  concrete('files of the tools', tools?.boot.bootFiles);
}

/** The options of the node, with those of the cluster as defaults. */
function certificateOptions(node: TlsClusterNodeProps, cluster: CertificateOptions = {}): NodeCertificateOptions {
  const { commonName, additionalDnsNames, additionalIpAddresses } = node;
  return {
    ...{ commonName, additionalDnsNames, additionalIpAddresses },
    ...chosen(node, cluster),
    keyGeneration: node.keyGeneration ?? cluster.keyGeneration,
  };
}
