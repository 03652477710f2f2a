import { dayText } from '../../x509/calendar';
import { relativeText } from './duration';
import { findingId, MARKS } from './finding-list';
import { type Markup, markup } from './markup';
import type { Overview } from './overview';
import { byCode, memberLabel, type MemberRow, rowLabel } from './rows';

export function authorityTable({ authorities, now }: Overview): Markup {
  if (authorities.length === 0) return markup`<p>No CA certificates were found.</p>`;
  const rows = authorities.map(({ letter, name, validity, trustedBy, presentedBy, signs }) => ({
    head: markup`${letter}`,
    cells: [
      markup`${`${name}${signs ? ', signs' : ''}`}`,
      validity === undefined ? markup`unknown` : expiry(validity.notAfter, now),
      markup`${trustedBy}`,
      markup`${presentedBy}`,
    ],
  }));
  return table('CA certificates', ['CA', 'name', 'expires', 'trusted by', 'used by'], rows);
}

/** A row for each member or, if there are many, for each group, which opens. Columns without data are left out. */
export function memberTable(overview: Overview): Markup {
  const { rows, members } = overview;
  if (rows.length === 0) return markup`<p>No nodes were found.</p>`;
  const columns = COLUMNS.filter(({ isKnown }) => rows.some(isKnown));
  const caption =
    rows.length < members.length ? 'Certificates, grouped by state: open a row for its members' : 'Certificates';
  return table(
    caption,
    ['member', ...columns.map(({ head }) => head)],
    rows.map((row) => ({ head: memberHead(row, overview), cells: columns.map(({ cell }) => cell(row, overview)) })),
  );
}

function memberHead(row: MemberRow, { now }: Overview): Markup {
  const { members } = row;
  if (members.length === 1) return markup`<span class="mono">${rowLabel(row)}</span>`;
  const items = members.map((member) => {
    const { certificate } = member;
    return markup`<li><span class="mono">${memberLabel(member)}</span>${certificate && markup` ${expiry(certificate.notAfter, now)}`}</li>`;
  });
  return markup`<details><summary class="mono">${rowLabel(row)}</summary><ul>${items}</ul></details>`;
}

interface Column {
  readonly head: string;
  readonly isKnown: (row: MemberRow) => boolean;
  readonly cell: (row: MemberRow, overview: Overview) => Markup;
}

const hasCertificate = ({ certificate }: MemberRow): boolean => certificate !== undefined;

const COLUMNS: readonly Column[] = [
  { head: 'state', isKnown: () => true, cell: stateCell },
  {
    head: 'expires',
    isKnown: hasCertificate,
    cell: ({ certificate }, { now }) => (certificate === undefined ? NOTHING : expiry(certificate.notAfter, now)),
  },
  {
    head: 'renewed from',
    isKnown: ({ certificate }) => certificate?.renewFrom !== undefined,
    cell: ({ certificate }) =>
      certificate?.renewFrom === undefined ? NOTHING : markup`${dayText(certificate.renewFrom)}`,
  },
  {
    head: 'key',
    isKnown: hasCertificate,
    cell: ({ certificate }) => (certificate === undefined ? NOTHING : markup`${certificate.keyAlgorithm}`),
  },
  {
    head: 'by CA',
    isKnown: hasCertificate,
    cell: ({ issuers }) => markup`${issuers.map(({ letter }) => letter).join(' ') || 'unknown'}`,
  },
  { head: 'trusts', isKnown: () => true, cell: ({ trusts }) => markup`${[...trusts].sort().join(' ') || 'nobody'}` },
];

const NOTHING = markup`–`;

/** The state of the certificate, and the findings about the member. */
function stateCell({ standing, findings }: MemberRow, overview: Overview): Markup {
  const links = byCode(findings).map(
    (one) =>
      markup`<br><a class="${one.severity}" href="${`#${findingId(one, overview)}`}">${`${MARKS[one.severity]} ${one.code}`}</a>`,
  );
  return markup`${standing}${links}`;
}

function expiry(notAfter: number, now: number): Markup {
  return markup`<span class="date">${dayText(notAfter)}</span> <span class="quiet">${relativeText(notAfter, now)}</span>`;
}

interface Row {
  readonly head: Markup;
  readonly cells: readonly Markup[];
}

/** On a narrow screen, a row is a block in which each cell has the head of its column before it. */
function table(caption: string, heads: readonly string[], rows: readonly Row[]): Markup {
  const [, ...cellHeads] = heads;
  return markup`<table><caption>${caption}</caption><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ head, cells }) =>
      markup`<tr><th scope="row">${head}</th>${cells.map((cell, index) => markup`<td data-head="${cellHeads[index]}">${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}
