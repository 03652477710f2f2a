// What the distribution buffers of `VmArgs` are worth: two pairs of real nodes that differ in nothing else, on every Erlang of this machine.
//
//   npx tsx --tsconfig tsconfig.dev.json bench/distribution.ts
//
// Needs `erl` and `openssl`; scripts/runtimes/erlang-runtimes.sh brings more releases.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { App, TerraformStack } from 'cdktf';
import { OtpRelease, SslDist, SslDistOptFile, VmArgs } from 'cdktf-erlang-tls';

import { table } from '../scripts/demo/output';
import {
  availableRuntimes,
  type ErlangCluster,
  type ErlangNode,
  type Runtime,
  TestAuthority,
  withCluster,
} from '../test/support/erlang';
import { isUsable, type Program, remedy } from '../test/support/programs/requires';
import { median, medianRatio } from './statistics';

const PAIRS = ['default', 'buffers'] as const;
type Pair = (typeof PAIRS)[number];

const ROUNDS = 9;

/** Long enough for dozens of calls also where they are slow. */
const ROUND_MS = 1000;

void main();

async function main(): Promise<void> {
  const missing = (['erl', 'openssl'] satisfies Program[]).filter((program) => !isUsable(program));
  if (missing.length > 0) {
    console.error(`Missing: ${remedy(missing)}`);
    process.exitCode = 1;
    return;
  }
  console.log(
    `${cpus().length} cores. Calls with 1 MB over TLS 1.3 between two nodes of one machine, in MB/s: medians of ${ROUNDS} rounds in turn.\n`,
  );
  const rows: string[][] = [];
  for (const runtime of availableRuntimes()) rows.push(await measure(runtime));
  console.log(table(['OTP', 'stock buffers', 'ours', 'ratio', 'least', 'most'], rows));
}

async function measure(runtime: Runtime): Promise<string[]> {
  const hosts = PAIRS.flatMap((pair) => [hostOf(pair, 'caller'), hostOf(pair, 'callee')]);
  return withCluster({ hosts }, async (cluster) => {
    const authority = new TestAuthority(join(cluster.directory, 'authority'));
    const [stock, ours] = await Promise.all(PAIRS.map((pair) => startPair(cluster, runtime, authority, pair)));
    if (stock === undefined || ours === undefined) throw new Error('two pairs are compared');
    const rates: Record<Pair, number[]> = { default: [], buffers: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.default.push(await callRate(...stock));
      rates.buffers.push(await callRate(...ours));
    }
    const ratios = rates.buffers.map((rate, round) => rate / (rates.default[round] ?? NaN));
    return [
      runtime.version,
      ...PAIRS.map((pair) => median(rates[pair]).toFixed(0)),
      ...[medianRatio(rates.buffers, rates.default), Math.min(...ratios), Math.max(...ratios)].map((ratio) =>
        ratio.toFixed(1),
      ),
    ];
  });
}

async function startPair(
  cluster: ErlangCluster,
  runtime: Runtime,
  authority: TestAuthority,
  pair: Pair,
): Promise<[caller: ErlangNode, callee: ErlangNode]> {
  const start = async (role: string): Promise<ErlangNode> => {
    const host = hostOf(pair, role);
    const args = writeFiles(cluster.directory, authority, host, pair);
    return cluster.startNode({ runtime, name: `bench@${host}`, args: ['-args_file', args] });
  };
  const [caller, callee] = await Promise.all([start('caller'), start('callee')]);
  const connection = await caller.dial(callee);
  if (connection.kind !== 'tls') throw new Error(`the nodes of OTP ${runtime.version} are not connected over TLS`);
  return [caller, callee];
}

function hostOf(pair: Pair, role: string): string {
  return `${role}.${pair}.bench.test`;
}

/** As the constructs write them, for the oldest release that takes every file. */
function writeFiles(directory: string, authority: TestAuthority, host: string, pair: Pair): string {
  const stack = new TerraformStack(new App({ outdir: directory }), 'bench');
  const otp = OtpRelease.OTP_25;
  const { certificate, key } = authority.issue({ names: [host] });
  const optionFile = new SslDistOptFile(stack, 'options', {
    path: join(directory, `${host}.conf`),
    otp,
    certfile: certificate,
    keyfile: key,
    cacertfile: authority.certificate,
  });
  const vmArgs = new VmArgs(stack, 'args', {
    path: join(directory, `${host}.args`),
    otp,
    sslDist: SslDist.optFile(optionFile.path),
    distribution: { buffers: pair === 'buffers' },
  });
  for (const { path, text } of [optionFile, vmArgs]) writeFileSync(path, text);
  return vmArgs.path;
}

/** Megabytes a second, one call after the other. */
async function callRate(caller: ErlangNode, callee: ErlangNode): Promise<number> {
  const answer = await caller.eval(
    `Megabyte = binary:copy(<<0>>, 1 bsl 20),
     Start = erlang:monotonic_time(microsecond),
     Count = fun Again(Calls) ->
       1048576 = erpc:call('${callee.name}', erlang, byte_size, [Megabyte]),
       case erlang:monotonic_time(microsecond) - Start of
         Elapsed when Elapsed >= ${ROUND_MS * 1000} -> {Calls, Elapsed};
         _ -> Again(Calls + 1)
       end
     end,
     Count(1)`,
    { deadlineMs: CALL_DEADLINE_MS },
  );
  const [, calls, microseconds] = /^\{(\d+),(\d+)\}$/.exec(answer) ?? [];
  return Number(calls) / (Number(microseconds) / 1_000_000);
}

/** A round with time to spare. */
const CALL_DEADLINE_MS = 60_000;
