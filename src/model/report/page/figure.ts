import { dayText } from '../../x509/calendar';
import type { Authority } from './authority';
import { type Axis, position } from './axis';
import { counted, durationText } from './duration';
import { findingId, MARKS } from './finding-list';
import { outlook, verdict } from './headline';
import {
  authorityLabel,
  columnOf,
  END,
  type Layout,
  layoutOf,
  LETTER_WIDTH,
  PLOT_RIGHT,
  ROW,
  shownName,
  shownNode,
  TOP,
  WIDTH,
  xOf,
} from './layout';
import { arrow, BAR, legend, notches, trustMark } from './legend';
import { type Markup, markup } from './markup';
import type { Overview } from './overview';
import type { Validity } from './picture';
import { byCode, lookOf, type MemberRow, rowLabel } from './rows';

/** What every part of the figure needs. */
interface Canvas {
  readonly overview: Overview;
  readonly layout: Layout;
  /** Whether the findings are on the same page. */
  readonly isInPage: boolean;
}

/** The timeline of every certificate beside the matrix of trust, one row for each CA and each node or group of nodes. */
export function figure(overview: Overview, isInPage: boolean): Markup {
  const { authorities, rows } = overview;
  const canvas = { overview, layout: layoutOf(overview), isInPage };
  const gap = authorities.length > 0 && rows.length > 0 ? ROW / 2 : 0;
  const bottom = TOP + (authorities.length + rows.length) * ROW + gap + 24;
  const explained = legend(overview, bottom + ROW / 2);
  const height = bottom + explained.height;
  const nodesTop = TOP + authorities.length * ROW + gap;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="figure-title figure-description">
<title id="figure-title">${`Certificates and trust of ${overview.title}`}</title>
<desc id="figure-description">${description(overview)}</desc>
<rect class="ground" width="${WIDTH}" height="${height}"/>
${axisMarks(canvas, bottom)}
${authorities.map((one, index) => authorityRow(one, canvas, TOP + index * ROW))}
${heads(overview, nodesTop)}
${rows.map((row, index) => memberRow(row, canvas, nodesTop + index * ROW))}
${today(canvas, bottom)}
${explained.shapes}
</svg>`;
}

function description(overview: Overview): string {
  const { authorities, who } = overview;
  const said = [verdict(overview), outlook(overview), `${counted(authorities.length, 'CA certificate')}, ${who}`];
  return `${said.filter((one) => one !== undefined).join('. ')}. The tables of the page contain the same data.`;
}

function axisMarks({ overview: { axis }, layout }: Canvas, bottom: number): readonly Markup[] {
  let free = -Infinity;
  return axis.ticks.map(({ instant, label }) => {
    const x = xOf(position(axis, instant), layout);
    const end = x + (label.length + 1) * LETTER_WIDTH;
    // The letters of the CAs are to the right of the plot.
    const hasRoom = x >= free && end <= PLOT_RIGHT;
    if (hasRoom) free = end;
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

function today({ overview: { axis, now }, layout }: Canvas, bottom: number): Markup {
  const x = xOf(position(axis, now), layout);
  return markup`<line class="now" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom - 18}"/><text class="today mid" x="${x}" y="${bottom - 5}">${dayText(now)}</text>`;
}

function authorityRow(authority: Authority, { overview: { axis, now }, layout }: Canvas, top: number): Markup {
  const { validity } = authority;
  const middle = top + ROW / 2;
  const bar = validity === undefined ? markup`` : barOf(validity, { axis, layout }, top, 'authority');
  const label = authorityLabel(authority);
  const ends = validity === undefined ? 'unknown' : endText(validity.notAfter, now);
  return markup`<g><title>${label}</title><text class="small" x="${layout.labelLeft}" y="${middle + 4}">${shownName(label, layout)}</text>${bar}${endLabel(ends, middle, '')}</g>`;
}

function memberRow(row: MemberRow, canvas: Canvas, top: number): Markup {
  const { certificate, standing, findings } = row;
  const { axis, now, authorities } = canvas.overview;
  const { layout } = canvas;
  const place = { axis, layout };
  const middle = top + ROW / 2;
  const look = lookOf(row);
  const label = rowLabel(row);
  const title = [`${label}: ${standing}`, ...byCode(findings).map(({ code }) => code)].join(', ');
  const ends = certificate === undefined ? 'no certificate' : endText(certificate.notAfter, now);
  return markup`<g><title>${title}</title>${findingMark(row, canvas, middle)}<text class="mono" x="${layout.labelLeft}" y="${middle + 4}">${shownNode(label, layout)}</text>${
    certificate && barOf(certificate, place, top, look)
  }${certificate?.renewFrom === undefined ? undefined : notches(xOf(position(axis, certificate.renewFrom), layout), xOf(position(axis, certificate.notAfter), layout), middle)}
${authorities.map((one, index) => trustMark(row, one, columnOf(index, authorities.length), middle))}${endLabel(ends, middle, lookOf({ standing, findings: [] }))}</g>`;
}

/** The mark of a row with a finding, which leads to it. */
function findingMark({ findings }: MemberRow, { overview, isInPage }: Canvas, middle: number): Markup | undefined {
  const [worst] = byCode(findings);
  if (worst === undefined) return undefined;
  const { severity } = worst;
  const mark = markup`<text class="${severity === 'error' ? 'bad-text' : 'due-text'}" x="0" y="${middle + 4}">${MARKS[severity]}</text>`;
  if (!isInPage) return mark;
  // The table has the same link for keyboards and screen readers, to which the figure is one picture.
  return markup`<a href="${`#${findingId(worst, overview)}`}" tabindex="-1">${mark}</a>`;
}

interface Place {
  readonly axis: Axis;
  readonly layout: Layout;
}

function barOf({ notBefore, notAfter }: Validity, { axis, layout }: Place, top: number, look: string): Markup {
  const [start, end] = [position(axis, notBefore), position(axis, notAfter)];
  const from = xOf(start, layout);
  const width = Math.max(2, xOf(end, layout) - from);
  const middle = top + ROW / 2;
  return markup`<rect class="${`bar ${look}`.trimEnd()}" x="${from}" y="${middle - BAR / 2}" width="${width}" height="${BAR}" rx="2"/>${
    start < 0 ? arrow(layout.plotLeft, middle, -1) : undefined
  }${end > 1 ? arrow(PLOT_RIGHT, middle, 1) : undefined}`;
}

function endLabel(text: string, middle: number, look: string): Markup {
  return markup`<text class="${look === '' ? 'end' : `end ${look}-text`}" x="${END}" y="${middle + 4}">${text}</text>`;
}

/** The shape of the mark repeats the meaning of its colour. */
function endText(notAfter: number, now: number): string {
  return notAfter < now ? `▲ ${durationText(now - notAfter)} ago` : durationText(notAfter - now);
}
