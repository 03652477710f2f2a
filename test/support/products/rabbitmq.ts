/** RabbitMQ nodes on hosts, each started by Debian's own scripts from the files of a deployed cluster. */
import type { TlsCluster } from 'cdktf-erlang-tls';

import type { CommandResult, Host, HostProcess } from '../hosts';
import { eventually } from '../programs/eventually';
import { toolsOf } from '../stacks/running-cluster';
import { hostFilesOf, nodeFor } from './deployed';
import { connectionKinds, kindsIn } from './dist-kinds';

/** Where the files of a cluster have to lie on its hosts. */
export const RABBITMQ_DIRECTORY = '/etc/rabbitmq/tls';

/** Debian's scripts run the server and its tools as this user. */
const USER = 'rabbitmq';

/** One RabbitMQ node. */
export class RabbitMqNode {
  private process: HostProcess | undefined;

  private constructor(
    readonly host: Host,
    readonly name: string,
  ) {}

  /** Installs the files of the node that this host is for, and boots it. */
  static async start(host: Host, cluster: TlsCluster): Promise<RabbitMqNode> {
    const deployed = nodeFor(host, cluster);
    await installTools(host, cluster);
    await host.install([
      ...hostFilesOf(deployed, USER),
      { path: '/etc/rabbitmq/rabbitmq-env.conf', content: `. ${RABBITMQ_DIRECTORY}/rabbitmq-env.conf\n` },
    ]);
    const node = new RabbitMqNode(host, deployed.name);
    await node.boot();
    return node;
  }

  /** Resolves when the broker takes messages. */
  async boot(): Promise<void> {
    const process = this.host.start('rabbitmq-server');
    this.process = process;
    await eventually(
      `${this.name} is up`,
      () => {
        if (!process.isRunning) throw new Error(`${this.name} ended while booting:\n${process.log()}`);
        return /completed with \d+ plugins/.test(process.log()) || undefined;
      },
      BOOT_DEADLINE_MS,
    );
  }

  /** Ends the virtual machine without a word, as a power failure would. */
  async kill(): Promise<void> {
    await this.host.output('pkill', ['-KILL', 'beam.smp']);
    await this.process?.exited;
  }

  /** Becomes a member of the other node's cluster. */
  async join(other: RabbitMqNode): Promise<void> {
    await this.ctl('stop_app');
    await this.ctl('join_cluster', other.name);
    await this.ctl('start_app');
  }

  /** What `rabbitmqctl` on the node's own host prints. Throws where it fails. */
  async ctl(...args: readonly string[]): Promise<string> {
    return this.host.output('rabbitmqctl', args);
  }

  /** The value of an expression in the node, as Erlang writes it. */
  async eval(expression: string): Promise<string> {
    return (await this.ctl('eval', `${expression}.`)).trim();
  }

  /** Which nodes are in the cluster and run, by the tool's word. */
  async runningNodes(): Promise<readonly string[]> {
    return runningNodesIn(await this.ctl('cluster_status', '--formatter', 'json'));
  }

  /** Every node that this one is connected to, the tool among them, and through what. */
  async connectionKinds(): Promise<Readonly<Record<string, string>>> {
    return connectionKinds(await this.eval(kindsIn('element(2, net_kernel:nodes_info())')));
  }
}

/** A boot takes 5 s where three at once have two cores; test machines are shared. */
const BOOT_DEADLINE_MS = 90_000;

/** Puts there what `rabbitmqctl` needs, and nothing with which a host could be a node. */
export async function installTools(host: Host, cluster: TlsCluster): Promise<void> {
  const cookie = {
    path: '/var/lib/rabbitmq/.erlang.cookie',
    content: 'rabbitmq-test-cookie',
    mode: '0400',
    owner: USER,
  };
  await host.install([cookie, ...hostFilesOf(toolsOf(cluster), USER)]);
}

/** The command of the tools, as it is printed, on any host that has their files. */
export async function clusterStatusFrom(host: Host, cluster: TlsCluster): Promise<readonly string[]> {
  return runningNodesIn(await host.output('sh', ['-c', `${toolsOf(cluster).command} --formatter json`]));
}

/** The tool as it is without any of the files: it knows nothing but the name of the node. */
export async function plainClusterStatus(host: Host, nodeName: string, longNames: boolean): Promise<CommandResult> {
  const names = longNames ? ['--longnames'] : [];
  return host.run('rabbitmqctl', [...names, '--node', nodeName, 'cluster_status'], {
    env: { RABBITMQ_CONF_ENV_FILE: '/dev/null' },
  });
}

function runningNodesIn(json: string): readonly string[] {
  return [...(JSON.parse(json) as { running_nodes: string[] }).running_nodes].sort();
}
