import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { NODE_UNKNOWN } from '../../model/cluster/cluster-node';
import { AUTHORITY } from '../../model/cluster/shard';
import { refuse } from '../../model/findings/finding';
import { defineAlarms } from '../cluster/cluster-alarms';
import { ClusterMembers } from '../cluster/cluster-members';
import { defineRevocation } from '../cluster/cluster-revocation';
import { hostsOf } from '../cluster/member-request';
import { reportSettleTime } from '../cluster/settle-time';
import type { TlsClusterNode, TlsClusterTools } from '../cluster/tls-cluster-node';
import { RolloverWitnesses } from '../issuers/rollover-witnesses';
import { TerraformStack } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { report, within } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import { HandoverFile } from './handover-file';
import { ShardCa } from './shard-ca';
import type { ShardedCluster } from './sharded-cluster';

/** Properties of `TlsClusterShard`. */
export interface TlsClusterShardProps {
  /** The cluster that the shard is a part of. */
  readonly cluster: ShardedCluster;
  /** Id of the shard. */
  readonly shard: string;
}

/**
 * One shard of a cluster, in a stack of its own: an intermediate CA, and certificates and files for the nodes of this shard and for tools.
 *
 * Defines: for each trusted generation a `tls_private_key` and a `tls_cert_request`, and one `local_file` in the hand-over directory; for a
 * member also what `TlsCluster` defines for its nodes and tools, the witnesses and the guard of a rollover, and a `check` block. The state
 * contains the keys of this shard's CA and nodes, and no other. A shard that is leaving defines nothing.
 */
export class TlsClusterShard extends Construct {
  /** The nodes of this shard. None as long as it is joining. */
  public readonly nodes: TlsClusterNode[];
  /** The certificate and files of the tools, which can connect to every node of the cluster. Absent if the platform has none. */
  public readonly tools?: TlsClusterTools;
  /** The `terraform_data` resource with the conditions of a rollover. Absent with `unsafeWithoutGuard`, and without nodes. */
  public readonly guardResource?: Construct;
  /** Erlang expression `net_kernel:allow([…])` with the nodes of all shards, as `TlsCluster.allowExpression`. */
  public readonly allowExpression: string;

  private readonly members?: ClusterMembers;

  public constructor(scope: Construct, id: string, props: TlsClusterShardProps) {
    super(scope, id);
    within(this, () => checkCall('new TlsClusterShard', props));
    const { cluster } = props;
    const shard = within(this, () => cluster._shard(concrete('shard', props.shard)));
    within(this, () => cluster._placed(`shard ${JSON.stringify(shard.id)}`, TerraformStack.of(this)));
    // Warnings about the cluster are in the stack of the root CA.
    report(
      this,
      cluster._plan.findings.filter(({ severity }) => severity === 'error'),
    );
    this.allowExpression = cluster._plan.allowExpression;
    this.nodes = [];
    if (shard.standing === 'leaving') return;

    const isMember = shard.standing === 'member';
    const authority = new ShardCa(this, IDS.CERTIFICATE_AUTHORITY, {
      cluster: cluster.name,
      shard: shard.id,
      members: isMember ? cluster.members : undefined,
      signing: cluster._signing.id,
      generations: cluster._generations,
      options: cluster._props.certificateAuthority ?? {},
      signers: isMember ? cluster._signersIn(shard.id) : [],
      authority: new HandoverFile(this, cluster._handoverDirectory, AUTHORITY),
    });
    if (!isMember) {
      this.handOver(cluster, shard.id, authority);
      return;
    }
    this.members = this.defineMembers(cluster, shard.id, authority);
    this.nodes = this.members.nodes;
    this.tools = this.members.tools;
    const rollover = new RolloverWitnesses(new Construct(this, IDS.ROLLOVER), authority.watched, {
      ...cluster._props.certificateAuthority?.rollover,
      deliveries: this.members.deliveries,
    });
    this.guardResource = rollover.guard();
    reportSettleTime(this, cluster._props);
    this.handOver(cluster, shard.id, authority, rollover);
  }

  /** The node of this shard with that name or id. */
  public clusterNode(nameOrId: string): TlsClusterNode {
    within(this, () => checkCall('TlsClusterShard.clusterNode', nameOrId));
    return this.members?.node(nameOrId) ?? within(this, () => refuse(NODE_UNKNOWN, { subject: 'node', got: nameOrId }));
  }

  private defineMembers(cluster: ShardedCluster, shard: string, authority: ShardCa): ClusterMembers {
    const { _props: props, _plan: plan } = cluster;
    const declared = cluster._nodesOf(shard);
    // The CA of a shard has no certificate, and so no list, before its shard is a member: only check-plan knows which lists are missing.
    defineRevocation(this, props, plan.revocation, []);
    const members = new ClusterMembers(this, {
      ...{ props, declared, plan, authority, shard, hosts: hostsOf(declared) },
      watched: authority.watched,
    });
    const ids = new Set([...declared.map(({ node }) => node.id), IDS.TOOLS]);
    defineAlarms(
      this,
      plan.alarms.filter(({ of }) => 'endsAt' in of || ('member' in of && ids.has(of.member))),
      members.ends,
    );
    return members;
  }

  /** Hands over requests, and of a member the times of its witnesses, which are known when all deliveries are done. */
  private handOver(cluster: ShardedCluster, shard: string, authority: ShardCa, rollover?: RolloverWitnesses): void {
    const { trusted, retired } = cluster._generations;
    const generations = [...trusted, ...retired].map(({ id, phase }) => {
      const times = rollover?.times(id);
      const request = authority.requestPem(id);
      const root = request === undefined ? undefined : authority.rootChecksum(id);
      return [id, { phase, root, request, ...times }] as const;
    });
    const members = cluster.members.join(',');
    const membersSince = rollover?.witnessed(IDS.MEMBERS, members).text('applied');
    new HandoverFile(this, cluster._handoverDirectory, shard).write(this, IDS.HANDOVER_FILE, {
      ...{ cluster: cluster.name, shard },
      ...(rollover === undefined ? {} : { members, membersSince }),
      signing: cluster._signing.id,
      generations: Object.fromEntries(generations) as object,
    });
  }
}
