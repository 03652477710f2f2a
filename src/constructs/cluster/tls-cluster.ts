import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { Releases } from '../../model/otp/releases';
import { ALLOW_WITH_SHARED_IDENTITY } from '../../model/rules/nodes/shared-identity';
import { CaRollover } from '../issuers/ca-rollover';
import { CertificateAuthority } from '../issuers/certificate-authority';
import { IDS } from '../terraform/ids';
import { report, within } from '../terraform/report';
import { defineAlarms, generationKey } from './cluster-alarms';
import { ClusterMembers } from './cluster-members';
import { defineRevocation, listIssuers, withPublicLists } from './cluster-revocation';
import { plannedCluster, rootCommonName } from './cluster-spec';
import { declareNodes } from './declared-nodes';
import { hostsOf } from './member-request';
import { reportSettleTime } from './settle-time';
import { sharedMember } from './shared-member';
import type { TlsClusterNode, TlsClusterTools } from './tls-cluster-node';
import type { TlsClusterProps } from './tls-cluster-props';

/**
 * TLS for the distribution of one Erlang cluster: a root CA, a certificate for each node, option files and flags for the platform, and a
 * certificate for its tools, delivered as files.
 *
 * Defines: a `CertificateAuthority`, a `NodeCertificate` and files for each node, a `ToolCertificate` and files for the tools if the platform has some, a
 * `CaRollover`, and a `check` block. By default the Terraform state contains every private key; `CaSource` and
 * `NodeKey` change that (`docs/custody.md`).
 */
export class TlsCluster extends Construct {
  /** The CA. */
  public readonly certificateAuthority: CertificateAuthority;
  /** The nodes, in the order they were given. With a shared identity, one that stands for all of them. */
  public readonly nodes: TlsClusterNode[];
  /** The certificate and files of the tools. Absent if the platform's tools cannot have a certificate of their own. */
  public readonly tools?: TlsClusterTools;
  /** The guard of the steps from one generation of the CA to the next. */
  public readonly rollover: CaRollover;

  private readonly members: ClusterMembers;
  private readonly expression?: string;

  public constructor(scope: Construct, id: string, props: TlsClusterProps) {
    super(scope, id);
    within(this, () => checkCall('new TlsCluster', props));
    const options = withPublicLists(this, props);
    const declared = within(this, () => declareNodes(props.nodes, props));
    const shared = within(this, () => sharedMember(props, declared));
    const members = shared === undefined ? declared : [shared.member];
    const { rollover, ...authority } = props.certificateAuthority ?? {};
    this.certificateAuthority = new CertificateAuthority(this, IDS.CERTIFICATE_AUTHORITY, {
      ...authority,
      commonName: rootCommonName(props),
    });
    const { trustedGenerations: generations, _trusted: trusted } = this.certificateAuthority;
    const plan = within(this, () => plannedCluster(options, declared, trusted, shared));
    report(this, [...plan.findings, ...this.certificateAuthority._findingsFor(Releases.from(props.otp))]);
    defineRevocation(this, options, plan.revocation, listIssuers(this.certificateAuthority, props, members));

    this.expression = shared === undefined ? plan.allowExpression : undefined;
    this.members = new ClusterMembers(this, {
      ...{ props, declared: members, plan, identity: shared?.identity, hosts: hostsOf(declared) },
      authority: this.certificateAuthority,
      watched: this.certificateAuthority._watched,
    });
    this.nodes = this.members.nodes;
    this.tools = this.members.tools;
    this.rollover = new CaRollover(this, IDS.ROLLOVER, {
      ...rollover,
      certificateAuthority: this.certificateAuthority,
      deliveries: this.members.deliveries,
    });
    reportSettleTime(this, props);
    const { alarms, ends } = this.certificateAuthority._alarms();
    defineAlarms(
      this,
      [...plan.alarms, ...alarms],
      [
        ...ends,
        ...generations.map(({ node, expiresAt }) => [generationKey(node.id), expiresAt] as const),
        ...this.members.ends,
      ],
    );
  }

  /**
   * Erlang expression `net_kernel:allow([…])` with the nodes of this cluster. A node that has evaluated it connects only to these nodes.
   * Over TLS, OTP then also requires that a connecting peer's certificate is for the host of its node name, and that the host belongs to a
   * listed node. This excludes the tools of the cluster, whose certificate contains no host (`docs/identity.md`), and every node with a shared
   * identity, for which there is no such expression.
   */
  public get allowExpression(): string {
    const { expression } = this;
    return expression ?? within(this, () => refuse(ALLOW_WITH_SHARED_IDENTITY, { subject: 'allowExpression' }));
  }

  /** The node with that name or id. */
  public clusterNode(nameOrId: string): TlsClusterNode {
    within(this, () => checkCall('TlsCluster.clusterNode', nameOrId));
    return this.members.node(nameOrId);
  }
}
