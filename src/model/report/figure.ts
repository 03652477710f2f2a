import { dayText } from '../pki/calendar';
import type { Authority } from './authority';
import { position } from './axis';
import { counted, durationText } from './duration';
import { headline } from './headline';
import { type Markup, markup } from './markup';
import { isGrouped, type Overview } from './overview';
import type { Validity } from './picture';
import type { NodeRow } from './rows';

/** Pixels of the figure. */
const WIDTH = 1000;
const ROW = 24;
const TOP = 34;
const PLOT = { left: 284, right: 800 } as const;
const BAR = 10;
const COLUMN = 26;
const END = WIDTH - 4;
/** Longer labels lose their middle. */
const LONGEST_LABEL = 38;

/** The timeline of every certificate beside the matrix of trust, one row for each CA and each node or group of nodes. */
export function figure(overview: Overview): Markup {
  const { authorities, rows } = overview;
  const gap = authorities.length > 0 && rows.length > 0 ? ROW / 2 : 0;
  const height = TOP + (authorities.length + rows.length) * ROW + gap + 24;
  const nodesTop = TOP + authorities.length * ROW + gap;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="figure-title figure-description">
<title id="figure-title">${`Certificates and trust of ${overview.title}`}</title>
<desc id="figure-description">${description(overview)}</desc>
<rect class="ground" width="${WIDTH}" height="${height}"/>
${axisMarks(overview, height)}
${authorities.map((one, index) => authorityRow(one, overview, TOP + index * ROW))}
${heads(overview, nodesTop)}
${rows.map((row, index) => nodeRow(row, overview, nodesTop + index * ROW))}
${today(overview, height)}
</svg>`;
}

function description(overview: Overview): string {
  const { authorities, nodes } = overview;
  return `${headline(overview)}. ${counted(authorities.length, 'CA certificate')}, ${counted(nodes.length, 'node')}. The same is in the tables of the page.`;
}

function axisMarks({ axis }: Overview, height: number): readonly Markup[] {
  return axis.ticks.map(({ instant, label }) => {
    const x = xOf(position(axis, instant));
    return markup`<line class="tick" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${height - 18}"/><text class="head" x="${x + 3}" y="${TOP - 14}">${label}</text>`;
  });
}

function heads({ authorities, rows }: Overview, top: number): Markup {
  if (rows.length === 0) return markup``;
  const y = top - ROW / 4;
  return markup`<line class="rule" x1="0" x2="${WIDTH}" y1="${y}" y2="${y}"/>
${authorities.map(({ letter }, index) => markup`<text class="head mid" x="${columnOf(index, authorities.length)}" y="${TOP - 14}">${letter}</text>`)}
<text class="head end" x="${END}" y="${TOP - 14}">ends in</text>`;
}

function today({ axis, now }: Overview, height: number): Markup {
  const x = xOf(position(axis, now));
  return markup`<line class="now" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${height - 18}"/><text class="today mid" x="${x}" y="${height - 5}">${dayText(now)}</text>`;
}

function authorityRow({ letter, name, validity, signs }: Authority, overview: Overview, top: number): Markup {
  const middle = top + ROW / 2;
  const bar = validity === undefined ? markup`` : barOf(validity, overview, top, 'authority');
  const label = `${letter}${signs ? ', signs' : ''}: ${name}`;
  const ends = validity === undefined ? 'unknown' : endText(validity.notAfter, overview.now);
  return markup`<g><title>${label}</title><text class="small" x="0" y="${middle + 4}">${shortened(label)}</text>${bar}${endLabel(ends, middle, '')}</g>`;
}

const CLASSES: Readonly<Record<NodeRow['standing'], string>> = {
  ended: 'bad',
  'not yet valid': 'bad',
  'no certificate': 'bad',
  'renewal due': 'due',
  valid: '',
};

function nodeRow(row: NodeRow, overview: Overview, top: number): Markup {
  const { certificate, standing } = row;
  const middle = top + ROW / 2;
  const kind = CLASSES[standing];
  const label = rowLabel(row, isGrouped(overview));
  const ends = certificate === undefined ? 'no certificate' : endText(certificate.notAfter, overview.now);
  return markup`<g><title>${`${label}: ${standing}`}</title><text class="mono" x="0" y="${middle + 4}">${shortened(label)}</text>${
    certificate === undefined ? undefined : barOf(certificate, overview, top, kind)
  }${certificate?.renewFrom === undefined ? undefined : renewal(certificate.renewFrom, certificate.notAfter, overview, top)}
${overview.authorities.map((one, index) => mark(row, one, columnOf(index, overview.authorities.length), middle))}${endLabel(ends, middle, kind)}</g>`;
}

/** What a row stands for: a node, or the first of those that are alike, and how many more. */
export function rowLabel({ nodes }: NodeRow, isOfMany: boolean): string {
  const [first] = nodes;
  const more = nodes.length - 1;
  return isOfMany && more > 0 ? `${first?.name ?? ''} +${more}` : (first?.name ?? '');
}

/** A disc: it presents a certificate of this CA. A ring: it trusts it. */
function mark({ issuer, trusts }: NodeRow, { letter }: Authority, x: number, y: number): Markup {
  const trust = trusts.has(letter) ? markup`<circle class="trusts" cx="${x}" cy="${y}" r="7"/>` : markup``;
  const presents =
    issuer?.letter === letter ? markup`<circle class="presents" cx="${x}" cy="${y}" r="3.5"/>` : markup``;
  return markup`${trust}${presents}`;
}

function barOf(validity: Validity, { axis }: Overview, top: number, kind: string): Markup {
  const from = xOf(position(axis, validity.notBefore));
  const width = Math.max(2, xOf(position(axis, validity.notAfter)) - from);
  return markup`<rect class="${`bar ${kind}`.trimEnd()}" x="${from}" y="${top + (ROW - BAR) / 2}" width="${width}" height="${BAR}" rx="2"/>`;
}

/** Notches from when on the next apply renews it: a shape, and no colour. */
function renewal(from: number, to: number, { axis }: Overview, top: number): Markup {
  const [start, end] = [xOf(position(axis, from)), xOf(position(axis, to))];
  const y = top + ROW / 2;
  const notches = Array.from(
    { length: Math.max(0, Math.floor((end - start) / 7)) },
    (_, index) => start + 4 + index * 7,
  );
  return markup`${notches.map((x) => markup`<line class="window" x1="${x}" x2="${x - 4}" y1="${y - BAR / 2}" y2="${y + BAR / 2}"/>`)}`;
}

function endLabel(text: string, middle: number, kind: string): Markup {
  const look = kind === '' ? 'end' : `end ${kind}-text`;
  return markup`<text class="${look}" x="${END}" y="${middle + 4}">${text}</text>`;
}

/** The mark says by its shape what its colour says too. */
function endText(notAfter: number, now: number): string {
  return notAfter < now ? `▲ ${durationText(now - notAfter)} ago` : durationText(notAfter - now);
}

/** Bars that run out of the plot end at its edge. */
function xOf(where: number): number {
  return PLOT.left + Math.min(1, Math.max(0, where)) * (PLOT.right - PLOT.left);
}

function columnOf(index: number, count: number): number {
  const room = END - 110 - PLOT.right;
  return PLOT.right + 22 + index * Math.min(COLUMN, room / Math.max(1, count));
}

function shortened(label: string): string {
  const characters = [...label];
  if (characters.length <= LONGEST_LABEL) return label;
  const half = Math.floor(LONGEST_LABEL / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(1 - half).join('')}`;
}
