/** The section of `docs/performance.md` about the command line tool. */
import { markdownTable } from '../../scripts/docs/markdown-table';
import { AIMS, type CheckResults, type CheckRow } from './results';

export function checkSection(results: CheckResults): string {
  const { date, node, cores, rows } = results;
  return [
    INTRODUCTION,
    `Measured on ${date} with Node ${node} on ${cores} cores.`,
    markdownTable(
      ['command', 'written by', 'nodes', 'processor time', 'for each node', 'memory'],
      rows.map((row) => [
        `\`${row.command}\``,
        row.way,
        count(row.nodes),
        `${row.processor.toFixed(1)} s`,
        `${((1000 * row.processor) / row.nodes).toFixed(1)} ms`,
        `${Math.round(row.megabytes)} MB`,
      ]),
    ),
    ...AIMS.flatMap((aim) => verdict(aim, rows)),
  ].join('\n\n');
}

const INTRODUCTION = `## Checks of many nodes

\`npm run bench:check\` gives the commands what Terraform writes for a cluster, and measures each in a process of its own, with the start of Node. Each node
has a key and a certificate of its own. The plan is that of a step that changes every trust bundle. The commands use one core, so that on a
quiet machine they take about as long as their processor time.`;

function verdict({ nodes, seconds }: (typeof AIMS)[number], rows: readonly CheckRow[]): readonly string[] {
  const measured = rows.filter((row) => row.command === 'check' && row.nodes === nodes);
  if (measured.length === 0) return [];
  const most = Math.max(...measured.map(({ processor }) => processor));
  const isReached = most < seconds;
  return [
    `The aim for \`check\` is ${count(nodes)} nodes in less than ${seconds} s. It is ${isReached ? '' : '**not** '}reached.`,
  ];
}

function count(nodes: number): string {
  return nodes.toLocaleString('en-US');
}
