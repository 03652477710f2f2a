/** Two nodes under TLS options: the one with the option under test, and its peer. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OtpRelease, TlsVersions } from 'cdktf-erlang-tls';

import { nodeOptions, type SideOptions } from '../../../src/model/erlang/options/dist-options';
import { writeOptionFile } from '../../../src/model/erlang/options/option-file';
import { otherSide, type Side, type VersionSet } from '../../../src/model/erlang/options/ssl-option';
import { readTerm } from '../../../src/model/erlang/terms/term-reader';
import { type Connection, ErlangCluster, type ErlangNode, IMPATIENT, type Runtime } from '../erlang';
import { string } from '../erlang/text';
import { type OptionExample, WITNESS_MODULE } from './examples';
import type { OptionPki } from './pki';

export const OPTION_HOSTS = ['one.options.test', 'two.options.test'] as const;

/** The option files of both nodes. */
export interface PairFiles {
  readonly tested: string;
  readonly peer: string;
}

/** What one connection is made with. */
export interface Trial {
  readonly option: string;
  readonly side: Side;
  readonly versions: VersionSet;
  readonly example: OptionExample;
  /** The value of the option: the right one, the telling one, or the option is left out. */
  readonly value: 'given' | 'telling' | 'none';
}

const VERSIONS: Readonly<Record<VersionSet, TlsVersions>> = {
  '1.3 only': TlsVersions.TLS_1_3,
  '1.3 and 1.2': TlsVersions.TLS_1_3_AND_1_2,
  '1.2 only': TlsVersions.UNSAFE_TLS_1_2_ONLY,
};

export const VERSION_SETS = Object.keys(VERSIONS) as readonly VersionSet[];

/** Both files as the library renders them, with the trial's options in the side that the connection goes through. */
export function filesFor({ option, side, versions, example, value }: Trial, pki: OptionPki): PairFiles {
  const own = { ...example.beside, ...(value === 'telling' ? { [option]: example.telling } : {}) };
  const given = value === 'given' ? { [camelCase(option)]: example.given } : {};
  const meets12 = example.speaks12 === true && versions === '1.3 and 1.2';
  return {
    tested: render({ pki, index: 0, side, versions, given, raw: own }),
    peer: render({
      pki,
      index: 1,
      side: otherSide(side),
      versions: meets12 ? '1.2 only' : versions,
      given: {},
      raw: example.peer ?? {},
    }),
  };
}

interface Rendering {
  readonly pki: OptionPki;
  /** Which of the two hosts. */
  readonly index: 0 | 1;
  /** The side that has more than the usual options. */
  readonly side: Side;
  readonly versions: VersionSet;
  /** By the names and in the kinds of the typed options. */
  readonly given: Readonly<Record<string, unknown>>;
  /** By OTP's names, as Erlang text; undefined leaves an option out. */
  readonly raw: Readonly<Record<string, string | undefined>>;
}

function render({ pki, index, side, versions, given, raw }: Rendering): string {
  const certfile = pki.bundles[index] ?? '';
  const options = nodeOptions({
    otp: OtpRelease.OTP_29,
    certfile,
    keyfile: certfile,
    cacertfile: pki.root,
    versions: VERSIONS[versions],
    unsafeVerifyNone: false,
    serverOptions: side === 'server' ? given : {},
    clientOptions: side === 'client' ? given : {},
  });
  // A session of TLS 1.2 that is taken up again would pass over what a value changes in the handshake.
  const usual = versions === '1.3 only' ? {} : { reuse_sessions: 'false' };
  const changed = (of: Side, list: SideOptions): SideOptions =>
    withRaw({ ...usual, ...(of === side ? raw : {}) }, list);
  return writeOptionFile({
    server: changed('server', options.server ?? []),
    client: changed('client', options.client),
  });
}

/** No name twice: what the test wants in place of what the library wrote, and what was given in place of what is usual here. */
function withRaw(raw: Readonly<Record<string, string | undefined>>, options: SideOptions): SideOptions {
  const all = new Map(options);
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) all.delete(name);
    else if (name !== 'reuse_sessions' || !all.has(name)) all.set(name, readTerm(`${value}.`));
  }
  return [...all];
}

/** The name that the typed options have for one of OTP's. */
export function camelCase(option: string): string {
  return option.replace(/_[a-z]/g, (match) => match.slice(1).toUpperCase());
}

/** Two running nodes. */
export class NodePair {
  private constructor(
    private readonly cluster: ErlangCluster,
    private readonly tested: ErlangNode,
    private readonly peer: ErlangNode,
  ) {}

  /** Boots both from their option files. */
  static async boot(runtime: Runtime, files: PairFiles): Promise<NodePair> {
    const cluster = await ErlangCluster.create({ hosts: OPTION_HOSTS });
    try {
      const [tested, peer] = await Promise.all([
        bootNode(cluster, runtime, OPTION_HOSTS[0], files.tested),
        bootNode(cluster, runtime, OPTION_HOSTS[1], files.peer),
      ]);
      return new NodePair(cluster, tested, peer);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Gives both nodes other option files while they run, into the place where a boot puts them. */
  async reload(files: PairFiles): Promise<void> {
    await Promise.all([this.reloadNode(this.tested, files.tested), this.reloadNode(this.peer, files.peer)]);
  }

  /** One new connection with the tested node on this side of it: what both ends say of it, or `none`. */
  async connect(side: Side): Promise<string> {
    const [from, to] = side === 'server' ? [this.peer, this.tested] : [this.tested, this.peer];
    const dialling = await from.dial(to);
    return dialling.kind === 'none'
      ? 'none'
      : `${describeEnd(dialling)}, ${describeEnd(await to.connectionInfo(from))}`;
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
  }

  private async reloadNode(node: ErlangNode, content: string): Promise<void> {
    const file = optionFile(this.cluster, node.name, content);
    // The table belongs to `net_sup`, and only its owner can write to it.
    await node.eval(`
      Options = ssl_dist_sup:consult(${string(file)}),
      sys:replace_state(net_sup, fun(State) -> true = ets:insert(ssl_dist_opts, Options), State end),
      ok`);
  }
}

/** Pairs of nodes side by side: two cores are busy with three. */
const PAIRS = 3;

/** Does the work for each of these items, on pairs of nodes that boot from these files and stay for all of them. */
export async function onPairs<T>(
  runtime: Runtime,
  files: PairFiles,
  items: readonly T[],
  work: (pair: NodePair, item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const workAlong = async (): Promise<void> => {
    const pair = await NodePair.boot(runtime, files);
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(pair, item);
    } finally {
      await pair.stop();
    }
  };
  // All of them end before a failure is reported, because remaining ones would disturb the next runtime.
  const ends = await Promise.allSettled(Array.from({ length: PAIRS }, workAlong));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function bootNode(cluster: ErlangCluster, runtime: Runtime, host: string, content: string): Promise<ErlangNode> {
  const name = `node@${host}`;
  const args = ['-proto_dist', 'inet_tls', '-ssl_dist_optfile', optionFile(cluster, name, content), ...IMPATIENT];
  const node = await cluster.startNode({ runtime, name, args });
  await node.eval(`
    Forms = [begin
               {ok, Tokens, _} = erl_scan:string(Source ++ "."),
               {ok, Form} = erl_parse:parse_form(Tokens),
               Form
             end || Source <- string:split(${string(WITNESS_MODULE)}, ".\\n", all), string:trim(Source) =/= ""],
    {ok, Module, Code} = compile:forms(Forms),
    {module, Module} = code:load_binary(Module, "", Code)`);
  return node;
}

function optionFile(cluster: ErlangCluster, name: string, content: string): string {
  const file = join(cluster.directory, `${name}.conf`);
  writeFileSync(file, content);
  return file;
}

/** The serial number says which certificate the other end showed. */
function describeEnd(connection: Connection): string {
  if (connection.kind !== 'tls') return connection.kind;
  const { version, cipher, peerCertificate } = connection;
  return `${version} ${cipher} certificate ${peerCertificate?.serialNumber ?? 'none'}`;
}
