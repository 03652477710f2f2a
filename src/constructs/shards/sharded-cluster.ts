import { checkCall } from '../../model/api/check-call';
import { NODE_UNKNOWN } from '../../model/cluster/cluster-node';
import { type Shard, SHARD_UNKNOWN } from '../../model/cluster/shard';
import { divide, idsOf } from '../../model/cluster/shard-division';
import { refuse } from '../../model/findings/finding';
import { GENERATION_SIGNING_COUNT, type GenerationPlan } from '../../model/pki/generation-plan';
import { clusterName, handoverDirectory, SHARD_WITHOUT_OWN_STACK } from '../../model/pki/handover';
import type { ClusterPlan } from '../../model/plan/cluster-plan';
import { plannedCluster } from '../cluster/cluster-spec';
import { type DeclaredNode, declareNodes } from '../cluster/declared-nodes';
import type { TlsClusterNodeProps } from '../cluster/tls-cluster-node';
import type { ClusterOptions } from '../cluster/tls-cluster-props';
import { type CaGeneration, type DeclaredGeneration, declaredGenerations } from '../issuers/ca-generation';
import type { TerraformStack } from '../terraform/cdktf';
import { concrete } from '../terraform/tokens';

/** Properties of a node of a `ShardedCluster`. */
export interface ShardedNodeProps extends TlsClusterNodeProps {
  /**
   * Id of the shard that the node goes to. Another one later moves the node, which gives it a new key.
   *
   * @default - by a stable hash of the node's id, so that one shard more moves few nodes
   */
  readonly shard?: string;
}

/** Properties of `ShardedCluster`. */
export interface ShardedClusterProps extends ClusterOptions {
  /** Name of the cluster, which its hand-over files and the common names of its shards' CAs contain. */
  readonly name: string;
  /** The nodes of all shards. Their order has no effect. */
  readonly nodes: ShardedNodeProps[];
  /** The shards. Their order has no effect. */
  readonly shards: Shard[];
  /**
   * Directory in which the stacks of the cluster hand over to each other what is public: certificates, requests, and times of deploys. A
   * relative path starts at the directory of the project, with `cdktf.json`. Commit the files, or pass them from job to job. Whoever can
   * change them can get a CA signed.
   */
  readonly handoverDirectory: string;
}

/**
 * The description of one cluster in several stacks, which Terraform plans and applies side by side. It is no construct: give it to one
 * `TlsClusterAuthority` and to a `TlsClusterShard` for each shard, each in a stack of its own.
 */
export class ShardedCluster {
  /** Name of the cluster. */
  public readonly name: string;
  /** The ids of the shards that nodes go to, sorted. */
  public readonly members: string[];
  /** @internal */
  public readonly _props: ShardedClusterProps;
  /** @internal */
  public readonly _declared: readonly DeclaredNode<ShardedNodeProps>[];
  /** @internal */
  public readonly _generations: GenerationPlan<DeclaredGeneration>;
  /** @internal */
  public readonly _signing: DeclaredGeneration;
  /**
   * The plan of the whole cluster.
   *
   * @internal
   */
  public readonly _plan: ClusterPlan;
  /** @internal */
  public readonly _handoverDirectory: string;

  private readonly shards: readonly Shard[];
  /** Ids of shards by the ids of their nodes. */
  private readonly places: ReadonlyMap<string, string>;
  /** The root CA and the shards that are defined, in any app. */
  private readonly parts: Part[] = [];

  public constructor(props: ShardedClusterProps) {
    checkCall('new ShardedCluster', props);
    this._props = { ...props, nodes: [...props.nodes], shards: [...props.shards] };
    this.name = clusterName(concrete('name', props.name));
    this._handoverDirectory = handoverDirectory(concrete('handoverDirectory', props.handoverDirectory));
    this.shards = [...props.shards];
    this.members = [...idsOf(this.shards, 'member')];
    this._declared = declareNodes(props.nodes, props);
    const placed = this._declared.map(({ node, props: { shard } }) => ({
      id: node.id,
      shard: concrete('shard', shard),
    }));
    this.places = divide(placed, this.shards);
    this._generations = declaredGenerations(props.certificateAuthority?.generations);
    const { ids, signing, trusted } = this._generations;
    // The CAs of the shards are below the one that signs.
    this._signing =
      signing ?? refuse(GENERATION_SIGNING_COUNT, { subject: 'CA generations of a sharded cluster', got: ids });
    this._plan = plannedCluster(this._props, this._declared, trusted);
  }

  /** Id of the shard that the node with that name or id goes to. Absent as long as no shard is a member. */
  public shardOf(nameOrId: string): string | undefined {
    checkCall('ShardedCluster.shardOf', nameOrId);
    const found = this._declared.find(({ node: { id }, props: { name } }) => id === nameOrId || name === nameOrId);
    return this.places.get((found ?? refuse(NODE_UNKNOWN, { subject: 'node', got: nameOrId })).node.id);
  }

  /** @internal */
  public _shard(id: string): Shard {
    const shard = this.shards.find((one) => one.id === id);
    return (
      shard ?? refuse(SHARD_UNKNOWN, { subject: 'shard', got: id, detail: this.shards.map((one) => one.id).join(', ') })
    );
  }

  /** @internal */
  public _generation(id: string): CaGeneration {
    return (this._generations.trusted.find((generation) => generation.id === id) ?? this._signing).declared;
  }

  /** @internal */
  public _nodesOf(shard: string): readonly DeclaredNode<ShardedNodeProps>[] {
    return this._declared.filter(({ node }) => this.places.get(node.id) === shard);
  }

  /**
   * Ids of the generations that sign in a shard: the signing one, and those that its nodes name.
   *
   * @internal
   */
  public _signersIn(shard: string): readonly string[] {
    const named = this._nodesOf(shard).flatMap(({ props: { signedBy } }) => concrete('signedBy', signedBy) ?? []);
    return [...new Set([this._signing.id, ...named])];
  }

  /**
   * Records in which stack the root CA or a shard is. Those of the shards depend on that of the root CA.
   *
   * @internal
   */
  public _placed(name: string, stack: TerraformStack): void {
    const others = this.parts.filter((other) => other.stack.node.root === stack.node.root);
    const taken = others.find((other) => other.name === name || other.stack === stack);
    if (taken !== undefined) {
      const detail = `${taken.name} is in stack ${JSON.stringify(taken.stack.node.id)}`;
      refuse(SHARD_WITHOUT_OWN_STACK, { subject: name, detail });
    }
    this.parts.push({ name, stack });
    for (const other of others) {
      if (name === ROOT_CA) other.stack.addDependency(stack);
      else if (other.name === ROOT_CA) stack.addDependency(other.stack);
    }
  }
}

/** The root CA, or a shard, by its name in messages. */
interface Part {
  readonly name: string;
  readonly stack: TerraformStack;
}

/** The name of the root CA in messages. */
export const ROOT_CA = 'the root CA';
