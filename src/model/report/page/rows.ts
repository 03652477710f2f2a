import { civilDay, DAY, dayText } from '../../x509/calendar';
import type { Authority } from './authority';
import { naturalOrder } from './natural-order';
import type { PictureCertificate, PictureMember, TrustPicture } from './picture';
import { type Standing, standingOf } from './standing';

/** Members of the cluster that stand alike, or one of them. */
export interface MemberRow {
  readonly members: readonly PictureMember[];
  /** Of one of the nodes that end first; undefined where they have none. */
  readonly certificate?: PictureCertificate;
  readonly standing: Standing | 'no certificate';
  /** Those above the certificate, the one that signed it first. */
  readonly issuers: readonly Authority[];
  /** Letters of the CAs that they trust. */
  readonly trusts: ReadonlySet<string>;
}

/** More rows than this, and the eye counts instead of reading. */
export const MOST_ROWS = 60;

/** One row for each member, the one that ends first on top; behind the nodes the tools. */
export function memberRows(picture: TrustPicture, authorities: readonly Authority[]): readonly MemberRow[] {
  const known = new Map(authorities.map((one) => [one.fingerprint, one]));
  return picture.members
    .map((member) => {
      const { certificate } = member;
      return {
        members: [member],
        certificate,
        standing: certificate === undefined ? ('no certificate' as const) : standingOf(certificate, picture.now),
        issuers: certificate?.issuers.flatMap((one) => known.get(one) ?? []) ?? [],
        trusts: new Set(member.trusts.flatMap((one) => known.get(one)?.letter ?? [])),
      };
    })
    .sort(byEnd);
}

/**
 * The rows themselves, or, where they are many, one row for all of the same issuers, trust and standing whose certificates are renewed
 * and end in the same span of time: a day, or the shortest longer span that leaves few enough rows.
 */
export function groupedRows(rows: readonly MemberRow[]): readonly MemberRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  for (const span of SPANS) {
    const groups = groupsBy(rows, span);
    if (groups.length <= MOST_ROWS) return groups;
  }
  return groupsBy(rows, () => '');
}

function byEnd(one: MemberRow, other: MemberRow): number {
  const tools = Number(isOfTools(one)) - Number(isOfTools(other));
  const ends = [one, other].map(({ certificate }) => certificate?.notAfter ?? Number.MAX_VALUE);
  return tools || (ends[0] ?? 0) - (ends[1] ?? 0) || naturalOrder(nameOf(one), nameOf(other));
}

function isOfTools({ members }: MemberRow): boolean {
  return members[0]?.isTools ?? false;
}

function nameOf({ members: [first] }: MemberRow): string {
  return first === undefined ? '' : memberLabel(first);
}

/** As the reader knows it, with its side where the two differ. */
export function memberLabel({ name, side }: PictureMember): string {
  return side === undefined ? name : `${name}, ${side} side`;
}

/** What a row stands for: a member, or the first of those that are alike, and how many more. */
export function rowLabel(row: MemberRow): string {
  const more = row.members.length - 1;
  return more > 0 ? `${nameOf(row)} +${more}` : nameOf(row);
}

type Span = (instant: number) => string;

const WEEK = 7 * DAY;

const SPANS: readonly Span[] = [
  dayText,
  (instant) => String(Math.floor(instant / WEEK)),
  (instant) => dayText(instant).slice(0, -'-dd'.length),
  (instant) => String(civilDay(instant).year),
];

function groupsBy(rows: readonly MemberRow[], span: Span): readonly MemberRow[] {
  const groups = new Map<string, MemberRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([
      isOfTools(row),
      row.issuers.map(({ letter }) => letter),
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
function merged(rows: readonly MemberRow[]): MemberRow {
  const [first = NOBODY] = rows;
  return {
    ...first,
    members: rows.flatMap(({ members }) => members).sort((one, other) => naturalOrder(one.name, other.name)),
  };
}

const NOBODY: MemberRow = { members: [], standing: 'no certificate', issuers: [], trusts: new Set() };
