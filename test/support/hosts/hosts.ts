/** The hosts of one test, in a network of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { eventually } from '../programs/eventually';
import { Host } from './host';

/** Which hosts a test wants. */
export interface HostsOptions {
  /** Directory with the system that each host starts from. It is never written to. */
  readonly root: string;
  /** Short host names. */
  readonly names: readonly string[];
}

/** The domain of every host: of those that no name server knows (RFC 6761). */
const DOMAIN = 'cluster.test';

/**
 * Hosts on one network, which nothing else is on.
 *
 * All of it, processes, mounts, network and files, lives in namespaces of one process, which ends when its standard input
 * does: by `stop`, or because this process is gone, whatever ended it. Nothing is written outside of these namespaces.
 */
export class Hosts {
  /** Ready when all hosts are. Call `stop` in `afterAll`. */
  static async create({ root, names }: HostsOptions): Promise<Hosts> {
    const lab = spawn('unshare', [...NAMESPACES, 'sh', script('lab.sh'), script('host.sh'), root, DOMAIN, ...names], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Ctrl-C is for the test run, which then stops the hosts.
      detached: true,
    });
    try {
      const pids = await readyHosts(lab, names);
      return new Hosts(
        lab,
        names.map((name) => new Host(name, `${name}.${DOMAIN}`, pids.get(name) ?? 0)),
      );
    } catch (error) {
      await end(lab);
      throw error;
    }
  }

  private constructor(
    private readonly lab: ChildProcess,
    /** In the order of their names. */
    readonly all: readonly Host[],
  ) {}

  /** The host of that short name. */
  get(name: string): Host {
    const host = this.all.find((one) => one.name === name);
    if (host === undefined) throw new Error(`no host ${name} among ${this.all.map((one) => one.name).join(', ')}`);
    return host;
  }

  /** Ends all processes of all hosts at once. A second call does nothing. */
  async stop(): Promise<void> {
    await end(this.lab);
  }
}

const NAMESPACES = ['--mount', '--net', '--pid', '--ipc', '--fork', '--kill-child'];

function script(name: string): string {
  return join(__dirname, name);
}

/** Each host prints its name and its process, among what goes wrong. */
async function readyHosts(lab: ChildProcess, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const said = listen(lab);
  return eventually(
    `hosts ${names.join(', ')} are ready`,
    () => {
      const output = said.join('');
      if (lab.exitCode !== null || FAILED.test(output)) throw new Error(`the hosts could not be made:\n${output}`);
      const pids = new Map([...output.matchAll(READY)].map(([, name = '', pid]) => [name, Number(pid)]));
      return names.every((name) => pids.has(name)) ? pids : undefined;
    },
    READY_DEADLINE_MS,
  );
}

const READY = /^(\S+) (\d+)$/gm;
const FAILED = /^\S+ failed$/m;

/** Takes half a second; a busy machine is allowed much more. */
const READY_DEADLINE_MS = 30_000;

function listen(lab: ChildProcess): readonly string[] {
  const said: string[] = [];
  for (const stream of [lab.stdout, lab.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => said.push(chunk));
  }
  return said;
}

/** The kernel ends every process of a process namespace with its first one, and the rest goes with the last process. */
async function end(lab: ChildProcess): Promise<void> {
  if (lab.exitCode !== null || lab.signalCode !== null) return;
  const exited = once(lab, 'exit');
  lab.stdin?.end();
  const timer = setTimeout(() => lab.kill('SIGKILL'), END_DEADLINE_MS);
  await exited;
  clearTimeout(timer);
}

/** The script has nothing to do at its end; past this, it is stuck. */
const END_DEADLINE_MS = 5000;
