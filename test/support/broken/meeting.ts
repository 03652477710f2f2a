/** The broken node of a site meets a whole one: whether each reaches the other, and what both log. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import {
  BootFailed,
  couchDistDirectory,
  ErlangCluster,
  type ErlangNode,
  IMPATIENT,
  type Runtime,
  withCluster,
} from '../erlang';
import { eventually } from '../programs/eventually';
import { inAnyOrder, reasonIn, reportsIn, type Seen } from './seen';
import { HOSTS, Site } from './site';

/** How two nodes meet, apart from their files. */
export interface MeetingOptions {
  /** Release of both nodes. */
  readonly runtime: Runtime;
  /** Environment of the broken node. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is recorded, which is waited for. */
  readonly before?: Seen;
}

/** Both nodes of a site start for one meeting. */
export async function meet(site: Site, options: MeetingOptions): Promise<Seen> {
  return withCluster({ hosts: HOSTS }, async (erlang) => {
    const [whole, broken] = await Promise.all([
      start(erlang, site, HOSTS[1], options.runtime),
      startBroken(erlang, site, options),
    ]);
    return typeof broken === 'string' ? noBoot(broken, site) : outcomeOf(broken, talker(whole, site), site, options);
  });
}

/**
 * A whole node that stays up from one meeting to the next, since a boot takes most of a meeting's time. It stands for the whole node of each site
 * that has the same files for it. What it shows is taken if that is recorded; else two nodes decide that start for this meeting alone.
 */
export class Host {
  private readonly directory = mkdtempSync(join(tmpdir(), 'whole-node-'));
  private readonly site = new Site(join(this.directory, 'site'));
  private readonly files = filesOfWhole(this.site);

  private constructor(
    private readonly erlang: ErlangCluster,
    private readonly runtime: Runtime,
  ) {}

  static async open(runtime: Runtime): Promise<Host> {
    return new Host(await ErlangCluster.create({ hosts: HOSTS }), runtime);
  }

  async meet(site: Site, options: MeetingOptions): Promise<Seen> {
    const { before } = options;
    if (before === undefined || !isDeepStrictEqual(filesOfWhole(site), this.files)) return meet(site, options);
    const seen = await this.receive(site, options);
    return isSame(seen, before) ? seen : meet(site, options);
  }

  async close(): Promise<void> {
    await this.erlang.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async receive(site: Site, options: MeetingOptions): Promise<Seen> {
    const [whole, broken] = await Promise.all([this.started(), startBroken(this.erlang, site, options)]);
    if (typeof broken === 'string') return noBoot(broken, site);
    try {
      return await outcomeOf(broken, talker(whole, this.site), site, options);
    } finally {
      await broken.stop();
      await isAlone(whole);
    }
  }

  private whole?: Promise<ErlangNode>;

  private async started(): Promise<ErlangNode> {
    this.whole ??= start(this.erlang, this.site, HOSTS[1], this.runtime);
    return this.whole;
  }
}

/** The files of the whole node, wherever they are. */
function filesOfWhole(site: Site): readonly unknown[] {
  const directory = site.directoryOf(HOSTS[1]);
  return readdirSync(directory).map((name) => {
    const { mode, uid, gid } = statSync(join(directory, name));
    return [name, mode, uid, gid, readFileSync(join(directory, name), 'latin1').replaceAll(site.directory, 'SITE')];
  });
}

/** A node with the directory that its log names, and where in its log a meeting begins. */
interface Talker {
  readonly node: ErlangNode;
  readonly directory: string;
  readonly from: number;
}

function talker(node: ErlangNode, { directory }: Site): Talker {
  return { node, directory: dirname(directory), from: node.log().length };
}

async function outcomeOf(broken: ErlangNode, whole: Talker, site: Site, { before }: MeetingOptions): Promise<Seen> {
  const own = { ...talker(broken, site), from: 0 };
  const first = await dial(own, whole);
  // The accepting node logs after the connecting one has given up, and before the next attempt.
  return isSame(first, before) ? first : dial(own, whole);
}

async function dial(broken: Talker, whole: Talker): Promise<Seen> {
  const dials = await broken.node.ping(whole.node);
  if (dials === 'pong') await broken.node.disconnect(whole.node);
  const isDialled = await whole.node.ping(broken.node);
  if (isDialled === 'pong') await whole.node.disconnect(broken.node);
  const [own, other] = await Promise.all([broken, whole].map(said));
  return { outcome: `${dials} ${isDialled}` as const, ...(own && { own }), ...(other && { other }) };
}

/** What a node has logged by the time that no handshake is under way; undefined for nothing. */
async function said({ node, directory, from }: Talker): Promise<readonly string[] | undefined> {
  const last = `all is said ${node.log().length}`;
  await node.eval(`
    Handshakes = fun() -> length([P || P <- processes(), proc_lib:translate_initial_call(P) =:= {ssl_gen_statem, init, 1}]) end,
    Connections = fun() -> length([C || {_, C} <- erlang:system_info(dist_ctrl), is_pid(C)]) end,
    Wait = fun Again() ->
      case Handshakes() =:= Connections() of
        true -> ok;
        false -> receive after 5 -> Again() end
      end
    end,
    Wait(),
    logger:error("${last}")`);
  const log = await eventually('the last word in the log', () => {
    const text = node.log().slice(from);
    return text.includes(last) ? text.replace(/^=.*\r?\nall is said.*\n/gm, '') : undefined;
  });
  const reports = reportsIn(log, directory);
  return reports.length === 0 ? undefined : reports;
}

/** Waits until a node knows that nobody is connected any more, and has logged all that it has to say about it. */
async function isAlone(node: ErlangNode): Promise<void> {
  await node.eval(`
    Wait = fun Again() ->
      case {erlang:system_info(dist_ctrl), ets:info(sys_dist, size)} of
        {[], 0} -> ok;
        _ -> receive after 5 -> Again() end
      end
    end,
    Wait()`);
  await said({ node, directory: '', from: node.log().length });
}

async function startBroken(
  erlang: ErlangCluster,
  site: Site,
  { runtime, env }: MeetingOptions,
): Promise<ErlangNode | string> {
  return start(erlang, site, HOSTS[0], runtime, env).catch((error: unknown) => {
    if (!(error instanceof BootFailed)) throw error;
    return error.output;
  });
}

async function start(
  erlang: ErlangCluster,
  site: Site,
  host: string,
  runtime: Runtime,
  env: MeetingOptions['env'] = {},
): Promise<ErlangNode> {
  const flags = ['-args_file', join(site.directoryOf(host), 'vm.args'), ...IMPATIENT];
  const args = [...flags, '-pa', couchDistDirectory(runtime)];
  return erlang.startNode({ runtime, name: `node@${host}`, args, env });
}

function noBoot(output: string, { directory }: Site): Seen {
  const own = reasonIn(output, dirname(directory));
  return { outcome: 'no boot', ...(own && { own }) };
}

function isSame(seen: Seen, before: Seen | undefined): boolean {
  return isDeepStrictEqual(inAnyOrder(seen), inAnyOrder(before));
}
