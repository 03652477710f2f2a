/** Three real nodes that run from the first deploy to the last, and call each other continuously. */
import type { TlsCluster } from 'cdktf-erlang-tls';

import { type ErlangNode, type Runtime, Traffic, withCluster } from '../../../test/support/erlang';
import { readAgain } from '../../../test/support/installing/operator';
import { hostOf, startAll } from '../../../test/support/stacks/running-cluster';
import { NODE_NAMES } from './walk';

/** What a walk may ask of the nodes. */
export interface RunningNodes {
  /** Starts those that are installed. */
  start(cluster: TlsCluster): Promise<void>;
  readAgain(name: string): Promise<void>;
  /** One line about what the nodes noticed, and whether that is as expected. */
  verdict(): Promise<{ readonly text: string; readonly isGood: boolean }>;
}

export async function withNodes<T>(runtime: Runtime, body: (nodes: RunningNodes) => Promise<T>): Promise<T> {
  return withCluster({ hosts: NODE_NAMES.map(hostOf) }, async (erlang) => {
    let running: readonly ErlangNode[] = [];
    let traffic: Traffic | undefined;
    return body({
      start: async (cluster) => {
        running = await startAll(erlang, cluster, runtime, { leaveOut: ['mesh'] });
        traffic = await Traffic.start(running);
      },
      readAgain: async (name) => {
        const node = running.find((one) => one.name === name);
        if (node !== undefined) await readAgain(node);
      },
      verdict: async () => {
        await traffic?.flows();
        const losses = (await traffic?.losses()) ?? [];
        const calls = [...((await traffic?.answered()) ?? new Map<string, number>()).values()].reduce(
          (a, b) => a + b,
          0,
        );
        return {
          text: `${calls} calls between the nodes so far; ${losses.length === 0 ? 'none was lost, and no node was missed' : losses.join('; ')}`,
          isGood: losses.length === 0,
        };
      },
    });
  });
}
