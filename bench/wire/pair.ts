/** Two nodes with the same configuration, and what is measured on the connection between them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OtpRelease } from 'cdktf-erlang-tls';

import { type ErlangCluster, type ErlangNode, type Runtime, TestAuthority } from '../../test/support/erlang';
import type { KeyKind } from '../../test/support/erlang/certificates';
import { compiled } from '../../test/support/erlang/compiled';
import type { Configuration } from './configurations';
import type { Holding, Reading } from './figures';
import { type Measure, MEASURES } from './results';

/** What one measurement may take. */
export interface Effort {
  /** How long one load lasts. */
  readonly loadMs: number;
  /** How often all pairs are started. */
  readonly fleets: number;
  /** How often each is measured after a start. */
  readonly rounds: number;
  /** On how many connections memory is measured after a start. */
  readonly memories: number;
}

/** Two running nodes. */
export class Pair {
  static async start(
    cluster: ErlangCluster,
    runtime: Runtime,
    configuration: Configuration,
    number: number,
  ): Promise<Pair> {
    const authority = authorityOf(cluster, configuration.key ?? 'P-256');
    const start = async (role: string): Promise<ErlangNode> => {
      const host = hostOf(number, role);
      const { certificate, key } = authority.issue({ names: [host], key: configuration.key ?? 'P-256' });
      const otp = OtpRelease.of(String(runtime.otp));
      const placed = { directory: cluster.directory, host, otp, certificate, key, authority: authority.certificate };
      const { files, args } = configuration.setup(placed);
      for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
      return cluster.startNode({ runtime, name: `bench@${host}`, args: ['-pa', loadDirectory(runtime), ...args] });
    };
    const [caller, callee] = await Promise.all([start('caller'), start('callee')]);
    const pair = new Pair(configuration, caller, callee);
    await pair.requireKind();
    return pair;
  }

  static hosts(number: number): readonly string[] {
    return [hostOf(number, 'caller'), hostOf(number, 'callee')];
  }

  private constructor(
    readonly configuration: Configuration,
    readonly caller: ErlangNode,
    readonly callee: ErlangNode,
  ) {}

  /**
   * One round. It begins with new connections and uses the last of them: OTP draws by lot for each connection how many pieces of data it takes
   * before it looks up (`get_internal_active_n` in `ssl_config.erl`), so one connection says little of the next.
   */
  async round(measures: readonly Measure[], connections: number, { loadMs }: Effort): Promise<Map<Measure, Reading>> {
    const readings = new Map<Measure, Reading>([['connections', await this.connect(connections)]]);
    for (const [measure, kind, bytes] of LOADS) {
      if (measures.includes(measure)) readings.set(measure, await this.load(measure, kind, bytes, loadMs));
    }
    return readings;
  }

  /** Of new connections, for the same reason. */
  async holdings({ loadMs, memories }: Effort): Promise<Holding[]> {
    const holdings: Holding[] = [];
    for (let one = 0; one < memories; one += 1) {
      await this.caller.disconnect(this.callee);
      const [peak, idle] = await Promise.all([
        this.callee.eval(`wire_load:peak(${2 * loadMs})`),
        this.caller.eval(`wire_load:idle('${this.callee.name}', ${loadMs})`),
      ]);
      holdings.push({ peak: Number(peak), idle: Number(idle) });
    }
    return holdings;
  }

  private async connect(count: number): Promise<Reading> {
    let microseconds = 0;
    const before = this.cpuSeconds();
    for (let one = 0; one < count; one += 1) {
      await this.caller.disconnect(this.callee);
      microseconds += Number(await this.caller.eval(`wire_load:connect('${this.callee.name}')`));
    }
    return { units: count, seconds: microseconds / 1e6, cpuSeconds: this.cpuSeconds() - before };
  }

  private async load(measure: Measure, kind: string, bytes: number, milliseconds: number): Promise<Reading> {
    const before = this.cpuSeconds();
    const answer = await this.caller.eval(`wire_load:${kind}('${this.callee.name}', ${bytes}, ${milliseconds})`, {
      deadlineMs: DEADLINE_MS,
    });
    const [, count, microseconds] = /^\{(\d+),(\d+)\}$/.exec(answer) ?? [];
    const units = Number(count) * (MEASURES[measure] === 'MB/s' ? bytes / MEGABYTE : 1);
    return { units, seconds: Number(microseconds) / 1e6, cpuSeconds: this.cpuSeconds() - before };
  }

  /** Of both nodes since their start. */
  private cpuSeconds(): number {
    return [this.caller, this.callee].map(({ vm }) => cpuSecondsOf(vm.pid)).reduce((sum, one) => sum + one, 0);
  }

  private async requireKind(): Promise<void> {
    const { kind } = await this.caller.dial(this.callee);
    const wanted = this.configuration.tls ? 'tls' : 'tcp';
    if (kind !== wanted)
      throw new Error(`${this.configuration.name}: the connection is ${kind}, and has to be ${wanted}`);
  }
}

const MEGABYTE = 1 << 20;

const LOADS: readonly (readonly [Measure, 'calls' | 'casts', bytes: number])[] = [
  ['calls of 1 MB', 'calls', MEGABYTE],
  ['casts of 64 kB', 'casts', 1 << 16],
  ['calls of 100 bytes', 'calls', 100],
];

/** A load with time to spare. */
const DEADLINE_MS = 60_000;

function hostOf(number: number, role: string): string {
  return `${role}.p${number}.bench.test`;
}

function loadDirectory(runtime: Runtime): string {
  return compiled(runtime, [join(__dirname, 'wire_load.erl')]);
}

/** One for each kind of key in each cluster: a document that says RSA means its CA too. */
const authorities = new WeakMap<ErlangCluster, Map<KeyKind, TestAuthority>>();

function authorityOf(cluster: ErlangCluster, key: KeyKind): TestAuthority {
  const known = authorities.get(cluster) ?? new Map<KeyKind, TestAuthority>();
  authorities.set(cluster, known);
  const authority = known.get(key) ?? new TestAuthority(join(cluster.directory, `ca-${known.size}`), 'Bench CA', key);
  known.set(key, authority);
  return authority;
}

/** User and system time (fields 14 and 15 of `proc(5)`, in hundredths of a second); the name before them may hold blanks. */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
