import { dayText } from '../../x509/calendar';
import type { Authority } from './authority';
import { position } from './axis';
import { counted, durationText } from './duration';
import { headline } from './headline';
import { arrow, BAR, disc, legend, LETTER_WIDTH, notches, ring } from './legend';
import { type Markup, markup } from './markup';
import type { Overview } from './overview';
import type { Validity } from './picture';
import { type MemberRow, rowLabel } from './rows';

/** Dimensions in pixels. */
const WIDTH = 1000;
const ROW = 24;
const TOP = 34;
const PLOT = { left: 284, right: 800 } as const;
const COLUMN = 26;
const END = WIDTH - 4;
/** Longer labels are shortened in the middle. */
const LONGEST_LABEL = 38;

/** The timeline of every certificate beside the matrix of trust, one row for each CA and each node or group of nodes. */
export function figure(overview: Overview): Markup {
  const { authorities, rows } = overview;
  const gap = authorities.length > 0 && rows.length > 0 ? ROW / 2 : 0;
  const bottom = TOP + (authorities.length + rows.length) * ROW + gap + 24;
  const height = bottom + ROW;
  const nodesTop = TOP + authorities.length * ROW + gap;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="figure-title figure-description">
<title id="figure-title">${`Certificates and trust of ${overview.title}`}</title>
<desc id="figure-description">${description(overview)}</desc>
<rect class="ground" width="${WIDTH}" height="${height}"/>
${axisMarks(overview, bottom)}
${authorities.map((one, index) => authorityRow(one, overview, TOP + index * ROW))}
${heads(overview, nodesTop)}
${rows.map((row, index) => memberRow(row, overview, nodesTop + index * ROW))}
${today(overview, bottom)}
${legend(overview, bottom + ROW / 2)}
</svg>`;
}

function description(overview: Overview): string {
  const { authorities, who } = overview;
  return `${headline(overview)}. ${counted(authorities.length, 'CA certificate')}, ${who}. The tables of the page contain the same data.`;
}

function axisMarks({ axis }: Overview, bottom: number): readonly Markup[] {
  return axis.ticks.map(({ instant, label }) => {
    const x = xOf(position(axis, instant));
    // The letters of the CAs are to the right of the plot.
    const hasRoom = x + label.length * LETTER_WIDTH <= PLOT.right;
    return markup`<line class="tick" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom - 18}"/>${
      hasRoom ? markup`<text class="head" x="${x + 3}" y="${TOP - 14}">${label}</text>` : undefined
    }`;
  });
}

function heads({ authorities, rows }: Overview, top: number): Markup {
  if (rows.length === 0) return markup``;
  const y = top - ROW / 4;
  return markup`<line class="rule" x1="0" x2="${WIDTH}" y1="${y}" y2="${y}"/>
${authorities.map(({ letter }, index) => markup`<text class="head mid" x="${columnOf(index, authorities.length)}" y="${TOP - 14}">${letter}</text>`)}
<text class="head end" x="${END}" y="${TOP - 14}">expires</text>`;
}

function today({ axis, now }: Overview, bottom: number): Markup {
  const x = xOf(position(axis, now));
  return markup`<line class="now" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom - 18}"/><text class="today mid" x="${x}" y="${bottom - 5}">${dayText(now)}</text>`;
}

function authorityRow({ letter, name, validity, signs }: Authority, overview: Overview, top: number): Markup {
  const middle = top + ROW / 2;
  const bar = validity === undefined ? markup`` : barOf(validity, overview, top, 'authority');
  const label = `${letter}${signs ? ', signs' : ''}: ${name}`;
  const ends = validity === undefined ? 'unknown' : endText(validity.notAfter, overview.now);
  return markup`<g><title>${label}</title><text class="small" x="0" y="${middle + 4}">${shortened(label)}</text>${bar}${endLabel(ends, middle, '')}</g>`;
}

const CLASSES: Readonly<Record<MemberRow['standing'], string>> = {
  expired: 'bad',
  'not yet valid': 'bad',
  'no certificate': 'bad',
  'renewal due': 'due',
  valid: '',
};

function memberRow(row: MemberRow, overview: Overview, top: number): Markup {
  const { certificate, standing } = row;
  const middle = top + ROW / 2;
  const kind = CLASSES[standing];
  const label = rowLabel(row);
  const ends = certificate === undefined ? 'no certificate' : endText(certificate.notAfter, overview.now);
  return markup`<g><title>${`${label}: ${standing}`}</title><text class="mono" x="0" y="${middle + 4}">${shortened(label)}</text>${
    certificate === undefined ? undefined : barOf(certificate, overview, top, kind)
  }${certificate?.renewFrom === undefined ? undefined : renewal(certificate.renewFrom, certificate.notAfter, overview, top)}
${overview.authorities.map((one, index) => mark(row, one, columnOf(index, overview.authorities.length), middle))}${endLabel(ends, middle, kind)}</g>`;
}

function mark({ issuers, trusts }: MemberRow, { letter }: Authority, x: number, y: number): Markup {
  const presents = issuers.some((one) => one.letter === letter);
  return markup`${trusts.has(letter) ? ring(x, y) : undefined}${presents ? disc(x, y) : undefined}`;
}

function barOf({ notBefore, notAfter }: Validity, { axis }: Overview, top: number, kind: string): Markup {
  const [start, end] = [position(axis, notBefore), position(axis, notAfter)];
  const from = xOf(start);
  const width = Math.max(2, xOf(end) - from);
  const middle = top + ROW / 2;
  return markup`<rect class="${`bar ${kind}`.trimEnd()}" x="${from}" y="${middle - BAR / 2}" width="${width}" height="${BAR}" rx="2"/>${
    start < 0 ? arrow(PLOT.left, middle, -1) : undefined
  }${end > 1 ? arrow(PLOT.right, middle, 1) : undefined}`;
}

function renewal(from: number, to: number, { axis }: Overview, top: number): Markup {
  return notches(xOf(position(axis, from)), xOf(position(axis, to)), top + ROW / 2);
}

function endLabel(text: string, middle: number, kind: string): Markup {
  const look = kind === '' ? 'end' : `end ${kind}-text`;
  return markup`<text class="${look}" x="${END}" y="${middle + 4}">${text}</text>`;
}

/** The shape of the mark repeats the meaning of its colour. */
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
