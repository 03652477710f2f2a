/** The section of `docs/performance.md` about connections between nodes. */
import { markdownTable } from '../../scripts/docs/markdown-table';
import { type Ahead, ahead, TOLERANCE } from './figures';
import { type Figure, type Measure, MEASURES, type Row, type Slice, type WireResults } from './results';

export function wireSection(results: WireResults): string {
  const of = (group: string): readonly Slice[] => results.slices.filter((slice) => slice.group === group);
  return [
    INTRODUCTION,
    measuredWith(results),
    '### Against plain TCP and the two documents',
    DOCUMENTS,
    documents(of('documents')),
    ...SWEEPS.flatMap(({ group, title, text, measures }) => {
      const slices = of(group);
      return slices.length === 0 ? [] : [`### ${title}`, text, sweep(slices, measures)];
    }),
    '### What beats the default',
    beaten(ahead(results.slices.filter(({ group }) => group !== 'documents'))),
  ].join('\n\n');
}

const INTRODUCTION = `## Connections between nodes

\`npm run bench:distribution\` connects pairs of real nodes on one machine, and measures them in turn: calls and messages, connections, and memory. A
ratio compares with the default of this library in the same round. Processor time is that of both nodes, and says more than a rate on a machine that
does other things. Each round makes new connections, because OTP draws by lot for each of them how many pieces of data it takes before it looks up.`;

const DOCUMENTS = `Rates of the default. The others are a ratio to it, above 1 if faster, and in brackets the ratio of the processor time for as much, below 1 if cheaper. The
documents are CouchDB's "TLS Erlang Distribution" and MongooseIM's block in \`vm.dist.args\`, with RSA keys of 2048 bits, the TLS version that the release
chooses, and stock buffers.`;

interface Sweep {
  readonly group: string;
  readonly title: string;
  readonly text: string;
  readonly measures: readonly Measure[];
}

const TRAFFIC = ['calls of 1 MB', 'casts of 64 kB'] as const;

const SWEEPS: readonly Sweep[] = [
  {
    group: 'buffers',
    title: 'Buffers',
    text: `Processor time for a megabyte as a ratio to the default, below 1 if cheaper. The row with the default's own value shows how much of a ratio is noise.
Memory is what a receiving node holds more while it is sent messages without pause: what arrives faster than it is decrypted waits in pieces of the
buffer's size. The middle of eight connections, and the most.`,
    measures: TRAFFIC,
  },
  {
    group: 'sockets',
    title: 'Other options of the socket',
    text: 'As above.',
    measures: TRAFFIC,
  },
  {
    group: 'suites',
    title: 'Suites and versions',
    text: 'As above. The default negotiates AES-256-GCM.',
    measures: TRAFFIC,
  },
  {
    group: 'handshakes',
    title: 'Handshakes',
    text: 'Processor time for a connection as a ratio to the default, which negotiates x25519 and has certificates with P-256.',
    measures: ['connections'],
  },
  {
    group: 'machine',
    title: 'The virtual machine',
    text: 'Processor time as a ratio to the default.',
    measures: [...TRAFFIC, 'calls of 100 bytes'],
  },
];

function measuredWith({ machine, slices }: WireResults): string {
  const days = slices.map(({ date }) => date.slice(0, 10)).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const loads = slices.map(({ load }) => load);
  const versions = [...new Set(slices.map(({ version }) => version))];
  const kernelTls = machine.kernelTls
    ? 'This kernel can encrypt TLS itself (`ktls`).'
    : 'This kernel cannot encrypt TLS itself, so `ktls` was not measured.';
  return (
    `Measured ${first === last ? `on ${first}` : `from ${first} to ${last}`} with OTP ${versions.join(', ')} and Linux ${machine.kernel}, on ` +
    `${machine.cores} cores with a load\nbetween ${Math.min(...loads).toFixed(1)} and ${Math.max(...loads).toFixed(1)}. ${kernelTls}`
  );
}

function documents(slices: readonly Slice[]): string {
  const measures = Object.keys(MEASURES) as Measure[];
  const rows = slices.flatMap(({ version, rows: all }) =>
    all.map(({ name, figures }, index) => [
      version,
      name,
      ...measures.map((measure) => rateCell(measure, figures[measure], index === 0)),
    ]),
  );
  return markdownTable(['OTP', '', ...measures], rows);
}

function rateCell(measure: Measure, figure: Figure | undefined, isDefault: boolean): string {
  if (figure === undefined) return '';
  const { rate, rateRatio, cpuRatio } = figure;
  return isDefault
    ? `${rate.toFixed(0)} ${MEASURES[measure]}`
    : `${rateRatio.median.toFixed(2)} (${cpuRatio.median.toFixed(2)})`;
}

/** One row for each configuration, with columns for each release. */
function sweep(slices: readonly Slice[], measures: readonly Measure[]): string {
  const names = [...new Set(slices.flatMap(({ rows }) => rows.slice(1).map(({ name }) => name)))];
  const withMemory = slices.some(({ rows }) => rows.some(({ memory }) => memory !== undefined));
  const cells = (slice: Slice, name: string): string[] => {
    const row = slice.rows.find((one) => one.name === name);
    const ratios = measures.map((measure) => row?.figures[measure]?.cpuRatio.median.toFixed(2) ?? '');
    return withMemory ? [...ratios, memoryCell(row)] : ratios;
  };
  const head = slices.flatMap(({ otp }) => [
    ...measures.map((measure) => `OTP ${otp}: ${measure}`),
    ...(withMemory ? ['memory'] : []),
  ]);
  return markdownTable(
    ['', ...head],
    names.map((name) => [name, ...slices.flatMap((slice) => cells(slice, name))]),
  );
}

function memoryCell(row: Row | undefined): string {
  if (row?.memory === undefined) return '';
  const [middle, most] = [row.memory.peak, row.memory.highestPeak].map((bytes) => (bytes / 1e6).toFixed(0));
  return `${middle}, ${most} MB`;
}

function beaten(better: readonly Ahead[]): string {
  const percent = TOLERANCE * 100;
  const rule = `by more than ${percent} % in rate and in processor time, and in three of four rounds`;
  if (better.length === 0) return `Nothing in these tables beats the default ${rule}.`;
  const items = better.map(
    ({ name, otp, measure, figure }) =>
      `- ${name}, OTP ${otp}, ${measure}: ${figure.rateRatio.median.toFixed(2)} times the rate, ${figure.cpuRatio.median.toFixed(2)} times the processor time`,
  );
  return `Ahead of the default ${rule}:\n\n${items.join('\n')}`;
}
