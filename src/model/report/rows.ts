import { civilDay, DAY, dayText } from '../pki/calendar';
import type { Authority } from './authority';
import { naturalOrder } from './natural-order';
import type { PictureCertificate, PictureNode, TrustPicture } from './picture';
import { type Standing, standingOf } from './standing';

/** Nodes that stand alike, or one node. */
export interface NodeRow {
  readonly nodes: readonly PictureNode[];
  /** Of one of the nodes that end first; undefined where they have none. */
  readonly certificate?: PictureCertificate;
  /** When the last of them ends. */
  readonly lastNotAfter: number;
  readonly standing: Standing | 'no certificate';
  readonly issuer?: Authority;
  /** Letters of the CAs that they trust. */
  readonly trusts: ReadonlySet<string>;
}

/** More rows than this, and the eye counts instead of reading. */
export const MOST_ROWS = 60;

/** One row for each node, the one that ends first on top. */
export function nodeRows(picture: TrustPicture, authorities: readonly Authority[]): readonly NodeRow[] {
  const known = new Map(authorities.map((one) => [one.fingerprint, one]));
  return picture.nodes
    .map((node) => {
      const { certificate } = node;
      const issuer = certificate?.issuer === undefined ? undefined : known.get(certificate.issuer);
      return {
        nodes: [node],
        certificate,
        lastNotAfter: certificate?.notAfter ?? Infinity,
        standing: certificate === undefined ? ('no certificate' as const) : standingOf(certificate, picture.now),
        issuer,
        trusts: new Set(node.trusts.flatMap((one) => known.get(one)?.letter ?? [])),
      };
    })
    .sort(byEnd);
}

/**
 * The rows themselves, or, where they are many, one row for all nodes of the same issuer, trust and standing whose certificates are renewed
 * and end in the same span of time: a day, or the shortest longer span that leaves few enough rows.
 */
export function groupedRows(rows: readonly NodeRow[]): readonly NodeRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  for (const span of SPANS) {
    const groups = groupsBy(rows, span);
    if (groups.length <= MOST_ROWS) return groups;
  }
  return groupsBy(rows, () => '');
}

function byEnd(one: NodeRow, other: NodeRow): number {
  const ends = [one, other].map(({ certificate }) => certificate?.notAfter ?? Number.MAX_VALUE);
  return (ends[0] ?? 0) - (ends[1] ?? 0) || naturalOrder(nameOf(one), nameOf(other));
}

function nameOf({ nodes }: NodeRow): string {
  return nodes[0]?.name ?? '';
}

type Span = (instant: number) => string;

const WEEK = 7 * DAY;

const SPANS: readonly Span[] = [
  dayText,
  (instant) => String(Math.floor(instant / WEEK)),
  (instant) => dayText(instant).slice(0, -'-dd'.length),
  (instant) => String(civilDay(instant).year),
];

function groupsBy(rows: readonly NodeRow[], span: Span): readonly NodeRow[] {
  const groups = new Map<string, NodeRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([
      row.issuer?.letter,
      [...row.trusts].sort(),
      row.standing,
      ...[row.certificate?.notAfter, row.certificate?.renewFrom].map((one) => one !== undefined && span(one)),
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map(merged);
}

/** The first row is the one that ends first: rows come in that order. */
function merged(rows: readonly [NodeRow, ...NodeRow[]] | readonly NodeRow[]): NodeRow {
  const [first = NOBODY] = rows;
  return {
    ...first,
    nodes: rows.flatMap(({ nodes }) => nodes).sort((one, other) => naturalOrder(one.name, other.name)),
    lastNotAfter: Math.max(...rows.map(({ lastNotAfter }) => lastNotAfter)),
  };
}

const NOBODY: NodeRow = { nodes: [], lastNotAfter: Infinity, standing: 'no certificate', trusts: new Set() };
