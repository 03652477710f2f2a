import { Construct } from 'constructs';

import { checkedResult } from '../../model/api/check-call';
import { ownValue } from '../../model/api/own-values';
import { NODE_UNKNOWN } from '../../model/cluster/cluster-node';
import type { NodeFile } from '../../model/files/node-file';
import { refuse } from '../../model/findings/finding';
import { DELIVERY_WITHOUT_RESOURCE } from '../../model/pki/rollover-guard';
import type { ClusterPlan, NodePlan, ToolPlan } from '../../model/plan/cluster-plan';
import { isKeyFile, isTrustBundle, withPems } from '../../model/plan/pem-files';
import { waitingFindings } from '../../model/rules/certificates/keys-on-nodes';
import type { Identity } from '../certificates/identity';
import { keyOnNode, waiting } from '../certificates/key-on-node';
import { NodeCertificate } from '../certificates/node-certificate';
import { ToolCertificate } from '../certificates/tool-certificate';
import type { SslDistOptFile } from '../config/ssl-dist-opt-file';
import type { DeliveryRequest, DeliveryResult, KeyOnNode } from '../deliveries/delivery';
import type { ICertificateIssuer } from '../issuers/issuer';
import type { WatchedGenerations } from '../issuers/watched-generations';
import { hostPreconditions, ipAddresses, platformPreconditions } from '../terraform/deferred-host';
import { IDS } from '../terraform/ids';
import { report, within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { awaitCertificate } from './awaited-certificate';
import type { CertificateEnd } from './cluster-alarms';
import type { DeclaredNode } from './declared-nodes';
import { keyGenerationOf, memberKey } from './member-key';
import { certificateOptions, defineOptionFile } from './member-options';
import { type Hosts, nodeRequest, toolRequest } from './member-request';
import type { TlsClusterNode, TlsClusterNodeProps, TlsClusterTools } from './tls-cluster-node';
import type { ClusterOptions } from './tls-cluster-props';

/** A CA that signs with its signing generation, or with the one of that id. */
export interface ClusterIssuer extends ICertificateIssuer {
  /** Whether a generation signs for nodes that name none. */
  readonly canSign: boolean;
  issuer(generationId: string): ICertificateIssuer;
}

/** What the members consist of, and who signs for them. */
export interface MembersPlan {
  readonly props: ClusterOptions;
  readonly declared: readonly DeclaredNode[];
  readonly plan: Pick<ClusterPlan, 'nodes' | 'tools'>;
  readonly authority: ClusterIssuer;
  /** The generations of the CA, to which members that wait for a certificate are recorded. */
  readonly watched: WatchedGenerations;
  /** Id of the shard, if the members are a part of a cluster. */
  readonly shard?: string;
  /** Absent if each node has its own. */
  readonly identity?: Identity;
  /** Host parts of the names of the nodes, by their ids. */
  readonly hosts: Hosts;
}

/** The nodes and tools below one construct: their certificates, their files, and the delivery. */
export class ClusterMembers {
  /** The nodes, in the order they were declared. */
  public readonly nodes: TlsClusterNode[];
  /** Absent if the platform's tools cannot have a certificate of their own. */
  public readonly tools?: TlsClusterTools;

  private readonly props: ClusterOptions;
  private readonly authority: ClusterIssuer;
  private readonly watched: WatchedGenerations;
  /** Of tools that wait for their certificate. */
  private readonly waitingTools: Construct[] = [];
  private readonly shard?: string;
  private readonly identity?: Identity;
  private readonly hosts: Hosts;
  private commonOptionFile?: SslDistOptFile;

  public constructor(
    private readonly scope: Construct,
    { props, declared, plan, authority, watched, shard, identity, hosts }: MembersPlan,
  ) {
    this.props = props;
    this.authority = authority;
    this.watched = watched;
    this.shard = shard;
    this.identity = identity;
    this.hosts = hosts;
    const plans = new Map(plan.nodes.map((one) => [one.id, one]));
    this.nodes = declared.flatMap((node) => {
      const planned = plans.get(node.node.id);
      return planned === undefined ? [] : [this.defineNode(planned, node)];
    });
    this.tools = plan.tools && authority.canSign ? this.defineTools(plan.tools) : undefined;
  }

  /** What delivers the files of all members. */
  public get deliveries(): Construct[] {
    const members = [...this.nodes, ...(this.tools === undefined ? [] : [this.tools])];
    return [...members.flatMap(({ delivered }) => delivered.resources), ...this.waitingTools];
  }

  /** The end of each certificate, by the id of its owner. Absent if the issuer does not tell it. */
  public get ends(): readonly CertificateEnd[] {
    return [
      ...this.nodes.map(({ id, certificate }) => [id, certificate?.expiresAt] as const),
      [IDS.TOOLS, this.tools?.certificate.expiresAt],
    ];
  }

  /** The node with that name or id. */
  public node(nameOrId: string): TlsClusterNode {
    const node = this.nodes.find(({ id, name }) => id === nameOrId || name === nameOrId);
    return node ?? within(this.scope, () => refuse(NODE_UNKNOWN, { subject: 'node', got: nameOrId }));
  }

  /** Absent as long as nobody signs for members that name no generation, or that one. */
  private signerFor({ signedBy }: Pick<TlsClusterNodeProps, 'signedBy'>): ICertificateIssuer | undefined {
    const generation = concrete('signedBy', signedBy);
    if (generation !== undefined) return this.authority.issuer(generation);
    return this.authority.canSign ? this.authority : undefined;
  }

  /** Whether the issuer has no certificate for the member yet. It may show one of any generation, so none is idle. */
  private awaits(member: string, issuer: ICertificateIssuer): boolean {
    const isAwaited = issuer.issuesOnlyFor?.includes(member) === false;
    if (isAwaited) this.watched.waits(member);
    return isAwaited;
  }

  private defineNode(plan: NodePlan, { node, props: nodeProps }: DeclaredNode): TlsClusterNode {
    const { id, installDirectory, boot } = plan;
    const { props } = this;
    const profile = props.platform._profile;
    const scope = new Construct(this.scope, id);
    const own = within(scope, () => memberKey(id, nodeProps, props.certificates));
    const key = own.isOnNode ? keyOnNode(plan.certificate, plan.paths, node.name) : undefined;
    if (own.isWaiting) this.reportWaiting(scope, id);
    const issuer = own.isWaiting ? undefined : this.signerFor(nodeProps);
    const isAwaited = issuer !== undefined && this.awaits(id, issuer);
    if (isAwaited) {
      awaitCertificate(scope, id, plan.certificate, {
        ...{ key: own.key, keyGeneration: keyGenerationOf(nodeProps, props.certificates) },
        ipAddresses: ipAddresses(node.name, plan.certificate),
        preconditions: hostPreconditions(node.name, plan.certificate, issuer.commonName),
      });
    }
    if (issuer === undefined || isAwaited) return this.trustingNode(scope, plan, nodeProps.name, waiting(key));
    const order = ownValue('NodeCertificateProps', {
      ...certificateOptions(nodeProps, props.certificates),
      issuer,
      key: own.key,
      nodeName: nodeProps.name,
      identity: this.identity,
    });
    const certificate = new NodeCertificate(scope, IDS.CERTIFICATE, order);
    certificate._require(platformPreconditions(node.name, profile));
    const files = this.filled(plan.files, certificate);
    return {
      ...{ id, name: nodeProps.name, installDirectory, certificate, files },
      optionFile: this.nodeOptionFile(scope, plan),
      bootFiles: [...boot.bootFiles],
      delivered: this.deliver(scope, {
        ...nodeRequest(plan, this.props.platform._profile, this.hosts, this.identity),
        ...{ files, keyOnNode: key, uniform: !plan.hasOwnBootFiles },
      }),
    };
  }

  /** A node that gets what it is to trust and nothing else, so that nothing else on it is touched. `key`: one that stays on the node. */
  private trustingNode(scope: Construct, plan: NodePlan, name: string, key?: KeyOnNode): TlsClusterNode {
    const { id, installDirectory } = plan;
    const files = this.trustOf(plan);
    return {
      ...{ id, name, installDirectory, files },
      bootFiles: [],
      delivered: this.deliver(scope, {
        ...nodeRequest(plan, this.props.platform._profile, this.hosts, this.identity),
        ...{ files, uniform: true, keyOnNode: key },
      }),
    };
  }

  private trustOf({ files }: NodePlan | ToolPlan): NodeFile[] {
    return withPems(files.filter(isTrustBundle), { trust: this.authority.trust.bundlePem });
  }

  /** It may show a certificate of any generation, so none is idle. */
  private reportWaiting(scope: Construct, id: string): void {
    report(scope, waitingFindings([id]));
    this.watched.waits(id);
  }

  /** Nodes in the cluster's directory share one option file. */
  private nodeOptionFile(scope: Construct, plan: NodePlan): SslDistOptFile | undefined {
    if (plan.hasOwnBootFiles) return defineOptionFile(scope, plan, this.props, this.identity);
    this.commonOptionFile ??= defineOptionFile(this.scope, plan, this.props, this.identity);
    return this.commonOptionFile;
  }

  private defineTools(plan: ToolPlan): TlsClusterTools | undefined {
    const { id, boot, command } = plan;
    const { props } = this;
    const scope = new Construct(this.scope, id);
    const own = within(scope, () => memberKey(id, {}, props.certificates));
    const key = own.isOnNode ? keyOnNode(plan.certificate, plan.paths) : undefined;
    if (own.isWaiting) {
      this.reportWaiting(scope, id);
      return this.letToolsWait(scope, plan, waiting(key));
    }
    if (this.awaits(id, this.authority)) {
      awaitCertificate(scope, id, plan.certificate, { ...props.certificates, key: own.key });
      return this.letToolsWait(scope, plan, waiting(key));
    }
    const certificate = new ToolCertificate(scope, IDS.CERTIFICATE, {
      ...props.certificates,
      issuer: this.authority,
      key: own.key,
    });
    const optionFile = defineOptionFile(scope, plan, props, this.identity, true);
    if (optionFile === undefined) return undefined;
    const files = this.filled(plan.files, certificate);
    return {
      ...{ certificate, optionFile, files, command },
      bootFiles: [...boot.bootFiles],
      delivered: this.deliver(scope, toolRequest(plan, this.hosts, { files, keyOnNode: key })),
    };
  }

  private letToolsWait(scope: Construct, plan: ToolPlan, key?: KeyOnNode): undefined {
    const delivered = this.deliver(scope, toolRequest(plan, this.hosts, { files: this.trustOf(plan), keyOnNode: key }));
    this.waitingTools.push(...delivered.resources);
  }

  /** A file that consists of a key alone is not delivered if the key stays on the node. */
  private filled(files: NodePlan['files'], certificate: NodeCertificate | ToolCertificate): NodeFile[] {
    const privateKey = certificate._privateKeyPem;
    return withPems(privateKey === undefined ? files.filter((file) => !isKeyFile(file)) : files, {
      trust: this.authority.trust.bundlePem,
      certificate: certificate.certificatePem,
      chain: certificate.chainPem,
      privateKey,
    });
  }

  /** A delivery that the user implements may define no resource: then the rollover would not wait for it. */
  private deliver(scope: Construct, request: DeliveryRequest): DeliveryResult {
    return within(scope, () => {
      const { installDirectory: clusterDirectory, delivery } = this.props;
      const whole = ownValue('DeliveryRequest', { ...request, clusterDirectory, shard: this.shard });
      const delivered = checkedResult('IDelivery.bind', delivery.bind(scope, whole));
      if (delivered.resources.length > 0) return delivered;
      return refuse(DELIVERY_WITHOUT_RESOURCE, { subject: 'delivery of', got: request.nodeId });
    });
  }
}
