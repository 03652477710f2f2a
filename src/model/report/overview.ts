import type { Finding } from '../errors';
import { authoritiesOf, type Authority } from './authority';
import { type Axis, axisOf } from './axis';
import type { TrustPicture } from './picture';
import { groupedRows, type NodeRow, nodeRows } from './rows';

/** Everything that the page, the figure and the text say, in the order in which they say it. */
export interface Overview {
  readonly title: string;
  readonly now: number;
  readonly authorities: readonly Authority[];
  /** One row for each node. */
  readonly nodes: readonly NodeRow[];
  /** The same, with many nodes together in a row where there are many. */
  readonly rows: readonly NodeRow[];
  readonly axis: Axis;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** What ends next, of what has not ended yet. */
  readonly nextEnd?: End;
  /** What has ended and is still in use, the latest first. */
  readonly ended: readonly End[];
}

/** The end of a certificate that is in use. */
export interface End {
  readonly what: string;
  readonly at: number;
  /** How many others end on the same day. */
  readonly others: number;
}

export function overviewOf(picture: TrustPicture): Overview {
  const { title, now } = picture;
  const authorities = authoritiesOf(picture);
  const nodes = nodeRows(picture, authorities);
  const ends = endsOf(authorities, nodes);
  const coming = ends.filter(({ at }) => at >= now);
  return {
    title,
    now,
    authorities,
    nodes,
    rows: groupedRows(nodes),
    axis: axisOf(
      nodes.flatMap(({ certificate }) => certificate ?? []),
      authorities.flatMap(({ validity }) => validity ?? []),
      now,
    ),
    findings: [...picture.findings].sort((one, other) => rank(one) - rank(other)),
    nextEnd: coming[0] && { ...coming[0], others: sameDay(coming).length - 1 },
    ended: ends
      .filter(({ at }) => at < now)
      .map((one) => ({ ...one, others: 0 }))
      .reverse(),
  };
}

/** Whether nodes share rows. */
export function isGrouped({ nodes, rows }: Overview): boolean {
  return rows.length < nodes.length;
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

/** A CA that signs nothing and has signed nothing in use may end without anybody noticing. */
function endsOf(authorities: readonly Authority[], nodes: readonly NodeRow[]): readonly Omit<End, 'others'>[] {
  return [
    ...authorities
      .filter(({ signs, presentedBy }) => signs || presentedBy > 0)
      .flatMap(({ name, letter, validity }) =>
        validity === undefined ? [] : [{ what: `CA ${letter}, ${name}`, at: validity.notAfter }],
      ),
    ...nodes.flatMap(({ nodes: [node], certificate }) =>
      node === undefined || certificate === undefined
        ? []
        : [{ what: `the certificate of ${node.name}`, at: certificate.notAfter }],
    ),
  ].sort((one, other) => one.at - other.at);
}

const DAY = 86_400_000;

function sameDay(ends: readonly Omit<End, 'others'>[]): readonly Omit<End, 'others'>[] {
  const day = Math.floor((ends[0]?.at ?? 0) / DAY);
  return ends.filter(({ at }) => Math.floor(at / DAY) === day);
}
