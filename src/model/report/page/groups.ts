import { civilDay, dayOf, dayText } from '../../x509/calendar';
import { naturalOrder } from './natural-order';
import { byCode, isOfTools, memberLabel, type MemberRow } from './rows';

/** More rows than this are grouped: nobody reads them one by one. */
const MOST_ROWS = 24;

/**
 * The rows themselves or, if there are many, one row for all members with the same issuers, trust, state and kinds of findings whose certificates
 * are renewed and expire in the same period: a day, or the shortest longer period that leaves few enough rows.
 */
export function groupedRows(rows: readonly MemberRow[]): readonly MemberRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  for (const span of SPANS) {
    const groups = groupsBy(rows, span);
    if (groups.length <= MOST_ROWS) return groups;
  }
  return groupsBy(rows, () => '');
}

type Span = (instant: number) => string;

const WEEK_DAYS = 7;

const SPANS: readonly Span[] = [
  dayText,
  (instant) => String(Math.floor(dayOf(instant) / WEEK_DAYS)),
  (instant) => dayText(instant).slice(0, -'-dd'.length),
  (instant) => String(civilDay(instant).year),
];

function groupsBy(rows: readonly MemberRow[], span: Span): readonly MemberRow[] {
  const groups = new Map<string, MemberRow[]>();
  for (const row of rows) {
    const { certificate, issuers, trusts, standing, findings } = row;
    const key = JSON.stringify([
      isOfTools(row),
      issuers.map(({ letter }) => letter),
      [...trusts].sort(),
      standing,
      byCode(findings).map(({ severity, code }) => `${severity} ${code}`),
      certificate?.keyAlgorithm,
      ...[certificate?.notAfter, certificate?.renewFrom].map((one) => one !== undefined && span(one)),
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].map(merged);
}

function merged(rows: readonly MemberRow[]): MemberRow {
  const [first = NOBODY] = rows;
  const firstToEnd = rows.reduce((one, other) => (endOf(other) < endOf(one) ? other : one), first);
  return {
    ...firstToEnd,
    members: rows
      .flatMap(({ members }) => members)
      .sort((one, other) => naturalOrder(memberLabel(one), memberLabel(other))),
    findings: [...new Set(rows.flatMap(({ findings }) => findings))],
  };
}

function endOf({ certificate }: MemberRow): number {
  return certificate?.notAfter ?? Infinity;
}

const NOBODY: MemberRow = { members: [], standing: 'no certificate', issuers: [], trusts: new Set(), findings: [] };
