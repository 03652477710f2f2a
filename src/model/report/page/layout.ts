import type { Authority } from './authority';
import type { Overview } from './overview';
import { rowLabel } from './rows';

/** Dimensions of the figure in pixels. */
export const WIDTH = 1000;
export const ROW = 24;
export const TOP = 34;
/** Right edge of the last column. */
export const END = WIDTH - 4;
export const PLOT_RIGHT = 800;

/** Average widths of a letter, at 12 pixels: of names of CAs, and of names of nodes. */
export const LETTER_WIDTH = 6.7;
const MONO_WIDTH = 7.3;

const LEAST_LABEL = 120;
/** Wider labels are shortened in the middle: bars need room, too. */
const MOST_LABEL = 420;
const MARK_WIDTH = 16;
const GAP = 16;
const COLUMN = 26;

/** Where labels and bars begin. */
export interface Layout {
  readonly labelLeft: number;
  readonly labelWidth: number;
  readonly plotLeft: number;
}

/** Labels get the room that they need. */
export function layoutOf({ authorities, rows }: Overview): Layout {
  const labelLeft = rows.some(({ findings }) => findings.length > 0) ? MARK_WIDTH : 0;
  const widths = [
    ...authorities.map((one) => widthOf(authorityLabel(one), LETTER_WIDTH)),
    ...rows.map((row) => widthOf(rowLabel(row), MONO_WIDTH)),
  ];
  const labelWidth = Math.min(MOST_LABEL, Math.max(LEAST_LABEL, ...widths));
  return { labelLeft, labelWidth, plotLeft: Math.ceil(labelLeft + labelWidth + GAP) };
}

export function authorityLabel({ letter, name, signs }: Authority): string {
  return `${letter}${signs ? ', signs' : ''}: ${name}`;
}

export function shownName(label: string, { labelWidth }: Layout): string {
  return shortened(label, labelWidth / LETTER_WIDTH);
}

export function shownNode(label: string, { labelWidth }: Layout): string {
  return shortened(label, labelWidth / MONO_WIDTH);
}

/** Bars that run out of the plot end at its edge. */
export function xOf(where: number, { plotLeft }: Layout): number {
  return plotLeft + Math.min(1, Math.max(0, where)) * (PLOT_RIGHT - plotLeft);
}

/** The middle of the column of a CA. */
export function columnOf(index: number, count: number): number {
  const room = END - 110 - PLOT_RIGHT;
  return PLOT_RIGHT + 22 + index * Math.min(COLUMN, room / Math.max(1, count));
}

function widthOf(text: string, letter: number): number {
  return [...text].length * letter;
}

function shortened(label: string, longest: number): string {
  const characters = [...label];
  // A label that fits exactly is a fraction of a pixel wider in floating point.
  if (characters.length <= longest + 0.5) return label;
  const half = Math.floor(longest / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(1 - half).join('')}`;
}
