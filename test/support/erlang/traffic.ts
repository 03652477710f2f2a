/** Constant traffic between all ordered pairs of running nodes, and what they say became of it. */
import type { ErlangNode } from './node';
import { atom } from './text';

/** Calls that every pair must have had answered before a step counts as survived. */
const CALLS_PER_STEP = 50;

/** Numbered calls in both directions of every pair, with `global` names and node monitors beside them. */
export class Traffic {
  /** Connects the nodes and returns once each of them has answered every other one. */
  static async start(nodes: readonly ErlangNode[]): Promise<Traffic> {
    const traffic = new Traffic();
    for (const node of nodes) await traffic.add(node);
    await traffic.flows();
    return traffic;
  }

  private readonly nodes: ErlangNode[] = [];

  /** From now on this node calls all others, and they call it. */
  async add(node: ErlangNode): Promise<void> {
    await node.eval('harness_traffic:start()');
    for (const other of this.nodes) {
      await other.eval(`harness_traffic:call(${atom(node.name)})`);
      await node.eval(`harness_traffic:call(${atom(other.name)})`);
    }
    this.nodes.push(node);
  }

  /** From now on the disappearance of this node is not a loss. */
  async remove(node: ErlangNode): Promise<void> {
    this.nodes.splice(this.nodes.indexOf(node), 1);
    await Promise.all(this.nodes.map((other) => other.eval(`harness_traffic:leave(${atom(node.name)})`)));
  }

  /** Returns once every ordered pair has had so many more calls answered. */
  async flows(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.eval(`harness_traffic:progress(${CALLS_PER_STEP})`)));
  }

  /** How many calls were answered in every ordered pair, as `from to`. */
  async answered(): Promise<ReadonlyMap<string, number>> {
    const lines = (await this.lines('answered ')).map(({ node, line }) => ({ node, words: line.split(' ') }));
    return new Map(lines.map(({ node, words }) => [`${node} ${words[0] ?? ''}`, Number(words[1])]));
  }

  /** Every lost call, gap, `nodedown` and lost global name, with the node that saw it. Empty where nothing happened. */
  async losses(): Promise<string[]> {
    return (await this.lines('event ')).map(({ node, line }) => `${node}: ${line}`);
  }

  private async lines(kind: string): Promise<{ node: string; line: string }[]> {
    const reports = await Promise.all(this.nodes.map((node) => node.evalText('harness_traffic:report()')));
    return reports.flatMap((report, index) =>
      report
        .split('\n')
        .filter((line) => line.startsWith(kind))
        .map((line) => ({ node: this.nodes[index]?.name ?? '', line: line.slice(kind.length) })),
    );
  }
}
