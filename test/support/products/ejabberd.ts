/** ejabberd nodes on hosts, each started by Debian's own `ejabberdctl` from the files of a deployed cluster. */
import type { TlsCluster } from 'cdktf-erlang-tls';

import type { CommandResult, Host, HostProcess } from '../hosts';
import { eventually } from '../programs/eventually';
import { hostOf } from '../stacks/running-cluster';
import { hostFilesOf, nodeFor } from './deployed';
import { connectionKinds, kindsIn } from './dist-kinds';

/** Where the files of a cluster have to lie on its hosts. */
export const EJABBERD_DIRECTORY = '/etc/ejabberd/tls';

/** `ejabberdctl` runs the server and itself as this user. */
const USER = 'ejabberd';

/** No more than two nodes need to be one cluster: no certificates for users, no ports. */
const CONFIGURATION = `hosts: [localhost]
loglevel: info
listen: []
modules: {}
`;

/** One ejabberd node. */
export class EjabberdNode {
  private process: HostProcess | undefined;

  private constructor(
    readonly host: Host,
    readonly name: string,
  ) {}

  /** Installs the files of the node that this host is for, and boots it. */
  static async start(host: Host, cluster: TlsCluster): Promise<EjabberdNode> {
    const deployed = nodeFor(host, cluster);
    const own = { owner: USER, mode: '0600' };
    await host.install([
      ...hostFilesOf(deployed, USER),
      { path: '/var/lib/ejabberd/.erlang.cookie', content: 'ejabberd-test-cookie', ...own, mode: '0400' },
      { path: '/etc/ejabberd/vm.args', content: `-args_file ${EJABBERD_DIRECTORY}/vm.args\n`, ...own },
      { path: '/etc/ejabberd/ejabberd.yml', content: CONFIGURATION, ...own },
      { path: '/etc/default/ejabberd', content: `ERLANG_NODE=${deployed.name}\n` },
    ]);
    const node = new EjabberdNode(host, deployed.name);
    await node.boot();
    return node;
  }

  /** Resolves when the node says that it has started. */
  async boot(): Promise<void> {
    const process = this.host.start('ejabberdctl', ['foreground']);
    this.process = process;
    await eventually(
      `${this.name} is up`,
      () => {
        if (!process.isRunning) throw new Error(`${this.name} ended while booting:\n${process.log()}`);
        return process.log().includes('is started in the node') || undefined;
      },
      BOOT_DEADLINE_MS,
    );
  }

  /** Ends the virtual machine without a word, as a power failure would. */
  async kill(): Promise<void> {
    await this.host.output('pkill', ['-KILL', 'beam.smp']);
    await this.process?.exited;
  }

  /** What `ejabberdctl` on the node's own host prints. Throws where it fails. */
  async ctl(...args: readonly string[]): Promise<string> {
    return this.host.output('ejabberdctl', args);
  }

  /** The tool as it is where it does not find `vm.args`. */
  async ctlWithoutFlags(...args: readonly string[]): Promise<CommandResult> {
    return this.host.run('ejabberdctl', args, { env: { VMARGS: '/nonexistent/vm.args' } });
  }

  /** Which nodes are in the cluster, by the tool's word. */
  async members(): Promise<readonly string[]> {
    const listed = await this.ctl('list_cluster');
    return listed
      .split('\n')
      .map((line) => line.replaceAll("'", '').trim())
      .filter(Boolean)
      .sort();
  }

  /** Every node that this one is connected to, the one that asks among them, and through what. */
  async connectionKinds(): Promise<Readonly<Record<string, string>>> {
    const ask = `{ok, Info} = rpc:call('${this.name}', net_kernel, nodes_info, []), io:format("~0p", [${kindsIn('Info')}]), halt().`;
    const name = this.name.includes('.') ? '-name' : '-sname';
    const flags = [name, `asker@${hostOf(this.name)}`, '-hidden', '-noinput', '-args_file', '/etc/ejabberd/vm.args'];
    const words = ['erl', ...flags, '-eval', ask].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    return connectionKinds(await this.host.output('su', [USER, '-s', '/bin/sh', '-c', words.join(' ')]));
  }
}

/** Takes 2 s; test machines are shared. */
const BOOT_DEADLINE_MS = 60_000;
