import { civilDay, DAY, dayText } from '../../x509/calendar';
import type { Authority } from './authority';
import { naturalOrder } from './natural-order';
import type { PictureCertificate, PictureMember, TrustPicture } from './picture';
import { type Standing, standingOf } from './standing';

/** A member of the cluster, or a group of members in the same state. */
export interface MemberRow {
  readonly members: readonly PictureMember[];
  /** The certificate of the group that expires first. Absent if there is none. */
  readonly certificate?: PictureCertificate;
  readonly standing: Standing | 'no certificate';
  /** CAs above the certificate, its issuer first. */
  readonly issuers: readonly Authority[];
  /** Letters of the CAs that they trust. */
  readonly trusts: ReadonlySet<string>;
}

/** More rows than this are grouped: nobody reads them one by one. */
const MOST_ROWS = 60;

/** One row for each member, earliest expiry first; tools after nodes. */
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
 * The rows themselves or, if there are many, one row for all members with the same issuers, trust and state whose certificates are renewed
 * and expire in the same period: a day, or the shortest longer period that leaves few enough rows.
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

/** Name of a member, with its side if the two sides differ. */
export function memberLabel({ name, side }: PictureMember): string {
  return side === undefined ? name : `${name}, ${side} side`;
}

/** Label of a row: a member, or the first of a group and how many more. */
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

/** Merges rows, of which the first expires first. */
function merged(rows: readonly MemberRow[]): MemberRow {
  const [first = NOBODY] = rows;
  return {
    ...first,
    members: rows.flatMap(({ members }) => members).sort((one, other) => naturalOrder(one.name, other.name)),
  };
}

const NOBODY: MemberRow = { members: [], standing: 'no certificate', issuers: [], trusts: new Set() };
