import { printable } from '../../findings/finding';
import { dayText, instantText } from '../../x509/calendar';
import { relativeText } from '../page/duration';
import { findingCounts, outlook, verdict } from '../page/headline';
import { type Overview, overviewOf } from '../page/overview';
import type { TrustPicture } from '../page/picture';
import { type MemberRow, rowLabel } from '../page/rows';
import { findingsIn } from './findings';
import { textTable } from './table';

/** The report for a terminal, without colours. */
export function reportText(picture: TrustPicture): string {
  const overview = overviewOf(picture);
  const { title, now, findings } = overview;
  const lines = [`Trust of ${title}, ${instantText(now)}: ${verdict(overview)}`, outlook(overview) ?? ''];
  const parts = [
    lines.map(printable).join('\n').trimEnd(),
    authorityTable(overview),
    memberTable(overview),
    findingsIn('text', findings, false).trimEnd(),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function authorityTable({ authorities, now }: Overview): string {
  if (authorities.length === 0) return '';
  const head = ['CA', 'name', 'expires', '', 'trusted by', 'used by'];
  return textTable(head, [
    ...authorities.map(({ letter, name, validity, trustedBy, presentedBy, signs }) => [
      letter,
      printable(`${name}${signs ? ', signs' : ''}`),
      ...endCells(validity?.notAfter, now),
      String(trustedBy),
      String(presentedBy),
    ]),
  ]).join('\n');
}

function memberTable({ rows, now }: Overview): string {
  if (rows.length === 0) return '';
  // An empty column is left out.
  const knowsRenewal = rows.some(({ certificate }) => certificate?.renewFrom !== undefined);
  const head = ['certificate of', 'state', 'expires', '', ...(knowsRenewal ? ['renewed from'] : []), 'by CA', 'trusts'];
  return textTable(head, [
    ...rows.map((row) => [
      printable(rowLabel(row)),
      [row.standing, ...countsOf(row)].join(', '),
      ...endCells(row.certificate?.notAfter, now),
      ...(knowsRenewal ? [dayOrBlank(row.certificate?.renewFrom)] : []),
      row.issuers.map(({ letter }) => letter).join(' ') || '-',
      trusted(row),
    ]),
  ]).join('\n');
}

function countsOf({ findings }: MemberRow): readonly string[] {
  return findings.length === 0 ? [] : [findingCounts(findings)];
}

function dayOrBlank(instant: number | undefined): string {
  return instant === undefined ? '-' : dayText(instant);
}

function endCells(notAfter: number | undefined, now: number): readonly string[] {
  return notAfter === undefined ? ['-', ''] : [dayText(notAfter), relativeText(notAfter, now)];
}

function trusted({ trusts }: MemberRow): string {
  return [...trusts].sort().join(' ') || '-';
}
