import type { Authority } from './authority';
import { LETTER_WIDTH, ROW, WIDTH } from './layout';
import { type Markup, markup } from './markup';
import type { Overview } from './overview';
import { lookOf, type MemberRow } from './rows';

/** A shape in the figure, and its meaning. */
interface Entry {
  /** Around a point, in the style of the figure. */
  readonly shape: (x: number, y: number) => Markup;
  readonly meaning: string;
}

const SHAPE_WIDTH = 34;
const GAP = 16;

/** Lines that explain the shapes in the figure, and no others. `top`: the middle of the first line. */
export function legend(overview: Overview, top: number): { readonly shapes: Markup; readonly height: number } {
  let [x, y] = [0, top];
  const shapes = entriesOf(overview).map(({ shape, meaning }) => {
    const width = SHAPE_WIDTH + meaning.length * LETTER_WIDTH;
    if (x + width > WIDTH) [x, y] = [0, y + ROW];
    const at = x;
    x += width + GAP;
    return markup`${shape(at + SHAPE_WIDTH / 2 - 4, y)}<text class="small" x="${at + SHAPE_WIDTH}" y="${y + 4}">${meaning}</text>`;
  });
  return { shapes: markup`${shapes}`, height: y - top + ROW };
}

function entriesOf({ members, authorities, axis }: Overview): readonly Entry[] {
  const looks = new Set(members.filter(({ certificate }) => certificate !== undefined).map(lookOf));
  const certificates = members.flatMap(({ certificate }) => certificate ?? []);
  const validities = authorities.flatMap(({ validity }) => validity ?? []);
  const isBeyond = validities.some(({ notBefore, notAfter }) => notBefore < axis.start || notAfter > axis.end);
  const entries: readonly (readonly [isDrawn: boolean, entry: Entry])[] = [
    [validities.length > 0, { shape: (x, y) => bar(x, y, 'authority'), meaning: 'CA valid' }],
    [looks.has(''), { shape: (x, y) => bar(x, y, ''), meaning: 'certificate valid' }],
    [looks.has('due'), { shape: (x, y) => bar(x, y, 'due'), meaning: 'renewal due, or warning' }],
    [looks.has('bad'), { shape: (x, y) => bar(x, y, 'bad'), meaning: 'expired, or error' }],
    [
      certificates.some(({ renewFrom }) => renewFrom !== undefined),
      { shape: notched, meaning: 'renewed by the next apply' },
    ],
    [isBeyond, { shape: beyond, meaning: 'continues' }],
    [certificates.some(({ issuers }) => issuers.length > 0), { shape: disc, meaning: 'issued by the CA' }],
    [members.some(({ trusts }) => trusts.size > 0), { shape: ring, meaning: 'trusts the CA' }],
  ];
  return entries.flatMap(([isDrawn, entry]) => (isDrawn ? [entry] : []));
}

const LENGTH = 26;
/** Thickness of the bars in the figure. */
export const BAR = 10;

function bar(x: number, y: number, kind: string): Markup {
  return markup`<rect class="${`bar ${kind}`.trimEnd()}" x="${x - LENGTH / 2}" y="${y - BAR / 2}" width="${LENGTH}" height="${BAR}" rx="2"/>`;
}

function notched(x: number, y: number): Markup {
  return markup`${bar(x, y, '')}${notches(x - LENGTH / 2, x + LENGTH / 2, y)}`;
}

function beyond(x: number, y: number): Markup {
  return markup`${bar(x, y, 'authority')}${arrow(x + LENGTH / 2, y, 1)}`;
}

/** The mark for a member whose certificate this CA issued. */
function disc(x: number, y: number): Markup {
  return markup`<circle class="presents" cx="${x}" cy="${y}" r="3.5"/>`;
}

/** The mark for a member that trusts this CA. */
function ring(x: number, y: number): Markup {
  return markup`<circle class="trusts" cx="${x}" cy="${y}" r="7"/>`;
}

/** Whether a member trusts a CA, and shows a certificate of it. */
export function trustMark({ issuers, trusts }: MemberRow, { letter }: Authority, x: number, y: number): Markup {
  const presents = issuers.some((one) => one.letter === letter);
  return markup`${trusts.has(letter) ? ring(x, y) : undefined}${presents ? disc(x, y) : undefined}`;
}

/** The part of a bar in which the next apply renews the certificate: a shape, so that it does not depend on colour. */
export function notches(from: number, to: number, y: number): Markup {
  const many = Math.max(0, Math.floor((to - from) / 7));
  const places = Array.from({ length: many }, (_, index) => from + 4 + index * 7);
  return markup`${places.map((x) => markup`<line class="window" x1="${x}" x2="${x - 4}" y1="${y - BAR / 2}" y2="${y + BAR / 2}"/>`)}`;
}

/** The end of a bar that continues beyond the figure. `way`: 1 to the right, -1 to the left. */
export function arrow(x: number, y: number, way: 1 | -1): Markup {
  const back = x - way * 8;
  return markup`<path class="window" d="${`M${back} ${y - BAR / 2}L${back + way * 5} ${y}L${back} ${y + BAR / 2}`}"/>`;
}
