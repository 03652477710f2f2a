/** The section of `docs/performance.md` about `TlsCluster` and Terraform. */
import { markdownTable } from '../../scripts/docs/markdown-table';
import { type Aim, AIMS, judge, type Judgement, valueText } from './aims';
import {
  BY_HAND,
  type Cost,
  type Deployment,
  EDITS,
  isCost,
  RUNTIME_NAMES,
  RUNTIMES,
  type ScaleResults,
  type TooSlow,
} from './results';

export function scaleSection(results: ScaleResults): string {
  return [
    INTRODUCTION,
    measuredWith(results),
    '### Aims',
    aims(results),
    '### Synth',
    `Processor time of construct and synth, validations included, in a fresh process, without loading modules.`,
    synths(results),
    '### Terraform',
    TERRAFORM,
    ...deploymentsTogether(results).map(deployments),
  ].join('\n\n');
}

const INTRODUCTION = `## Many nodes

\`npm run bench\` declares a CouchDB cluster with \`TlsCluster\`, in each delivery, and by hand: resource by resource, with seven resources for each node,
without rollover guard and without expiry alarms. It first applies all of them with a few nodes, and checks that they bring the same files to the nodes,
also in a rollover. Ratios are of processor time, with that of all child processes. A small series is part of \`npm test\`, which fails if an aim is missed
by more than noise explains.`;

const TERRAFORM = `"To by hand" is the ratio of processor time; "wait" is the time on the clock. The HTTP backend is a small server on the same machine. The local backend
writes the whole state again after each resource.`;

function measuredWith({ machine, synths: some, deployments: others }: ScaleResults): string {
  const taken = [...some, ...others];
  const days = taken.map(({ date }) => date.slice(0, 10)).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const loads = taken.map(({ load }) => load);
  return (
    `Measured ${first === last ? `on ${first}` : `from ${first} to ${last}`} with Node ${machine.node}, CDKTF ${machine.cdktf}, ` +
    `Terraform ${machine.terraform} and the\n${machine.providers} providers, on ${machine.cores} cores with a load between ` +
    `${Math.min(...loads).toFixed(1)} and ${Math.max(...loads).toFixed(1)}.`
  );
}

/** Each aim with its worst measurement; then every measurement that misses its aim. */
function aims(results: ScaleResults): string {
  const judged = judge(results);
  const rows = AIMS.map((aim) => aimRow(aim, worst(judged.filter((one) => one.aim === aim))));
  const missed = judged.filter(({ isReached }) => !isReached);
  const notMeasured = AIMS.filter((aim) => judged.every((one) => one.aim !== aim));
  return [
    markdownTable(['aim', 'at most', 'worst', 'where', 'reached'], rows),
    missed.length === 0
      ? `Every aim that was measured is reached${notMeasured.length === 0 ? '.' : ', and the others were not measured.'}`
      : `Not reached:\n\n${missed.map(missedLine).join('\n')}`,
  ].join('\n\n');
}

function missedLine({ aim, where, value, why }: Judgement): string {
  return `- ${aim.what}, ${where}: ${valueText(aim, value)}${why === undefined ? '' : `. ${why}`}`;
}

function worst(judged: readonly Judgement[]): Judgement | undefined {
  return judged.reduce<Judgement | undefined>(
    (one, other) => (one && one.value >= other.value ? one : other),
    undefined,
  );
}

function aimRow(aim: Aim, found: Judgement | undefined): string[] {
  const limit = valueText(aim, aim.most);
  if (found === undefined) return [aim.what, limit, '', '', 'not measured'];
  return [aim.what, limit, valueText(aim, found.value), found.where, found.isReached ? 'yes' : '**no**'];
}

function synths({ synths: all }: ScaleResults): string {
  const ways = [...new Set(all.map(({ way }) => way))];
  const ours = ways.filter((way) => way !== BY_HAND);
  const rows = [...new Set(all.map(({ nodes }) => nodes))].flatMap((nodes) =>
    RUNTIMES.map((runtime) => {
      const of = (wanted: string): (typeof all)[number] | undefined =>
        all.find((one) => one.nodes === nodes && one.runtime === runtime && one.way === wanted);
      const byHand = of(BY_HAND);
      return [
        String(nodes),
        RUNTIME_NAMES[runtime],
        byHand === undefined ? '' : `${byHand.milliseconds} ms`,
        ...ours.map((way) => of(way)?.ratio.toFixed(2) ?? ''),
        ...ways.map((way) => kilobytesEach(of(way)?.bytes, nodes)),
      ];
    }),
  );
  const head = ['nodes', '', BY_HAND, ...ours.map((way) => `${way}, to by hand`)];
  return markdownTable([...head, ...ways.map((way) => `\`cdk.tf.json\` per node, ${way}`)], rows);
}

/** Those of as many nodes in the same backend, by hand first. */
function deploymentsTogether({ deployments: all }: ScaleResults): Deployment[][] {
  const groups = new Map<string, Deployment[]>();
  for (const one of all) {
    const key = `${one.nodes} ${one.backend}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) =>
    [...group].sort((one, other) => Number(other.way === BY_HAND) - Number(one.way === BY_HAND)),
  );
}

function deployments(group: readonly Deployment[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const byHand = group.find(({ way }) => way === BY_HAND);
  const edits = EDITS.filter((edit) => group.some((one) => one.edits[edit] !== undefined));
  const commands = edits.flatMap((edit) =>
    (['plan', 'apply'] as const)
      .filter((command) => group.some((one) => one.edits[edit]?.[command] !== undefined))
      .map((command) => [
        `${edit}: ${command}`,
        ...group.flatMap((one) =>
          costCells(one.edits[edit]?.[command], byHand?.edits[edit]?.[command], one === byHand),
        ),
      ]),
  );
  const fact = (title: string, of: (one: Deployment) => string): string[] => [
    title,
    ...group.flatMap((one) => [of(one), '']),
  ];
  const rows = [
    ...commands,
    fact('resources', (one) => String(one.edits['from nothing']?.changes?.add ?? '')),
    fact('most memory of a command', (one) => `${peak(one)} MB`),
    fact('file of the plan from nothing, per node', (one) => kilobytesEach(one.bytes.plan, one.nodes)),
    fact('that plan as JSON, per node', (one) => kilobytesEach(one.bytes.planJson, one.nodes)),
    fact('state, per node', (one) => kilobytesEach(one.bytes.state, one.nodes)),
  ];
  const head = group.flatMap(({ way }) => [way === BY_HAND ? 'by hand, processor' : `${way}, to by hand`, 'wait']);
  return `#### ${first.nodes} nodes, ${first.backend} backend\n\n${markdownTable(['', ...head], rows)}`;
}

function costCells(cost: Cost | TooSlow | undefined, byHand: Cost | TooSlow | undefined, isByHand: boolean): string[] {
  if (cost === undefined) return ['', ''];
  if (!isCost(cost)) return ['', `over ${cost.abandonedAfterSeconds} s`];
  const wait = `${cost.wallSeconds.toFixed(1)} s`;
  if (isByHand) return [`${cost.processorSeconds.toFixed(1)} s`, wait];
  return [isCost(byHand) ? (cost.processorSeconds / byHand.processorSeconds).toFixed(2) : '', wait];
}

function peak({ edits }: Deployment): number {
  const costs = Object.values(edits).flatMap(({ plan, apply }) => [plan, apply].filter(isCost));
  return Math.max(0, ...costs.map(({ peakMegabytes }) => peakMegabytes));
}

function kilobytesEach(bytes: number | undefined, nodes: number): string {
  return bytes === undefined ? '' : `${(bytes / nodes / 1000).toFixed(1)} kB`;
}
