import { dayText, instantText } from '../../x509/calendar';
import { relativeText } from './duration';
import { figure } from './figure';
import { facts, findingCounts, headline, mood } from './headline';
import { type Markup, markup, verbatim } from './markup';
import { isGrouped, type Overview, overviewOf } from './overview';
import type { TrustPicture } from './picture';
import { type MemberRow, rowLabel } from './rows';
import { FIGURE_STYLE, PAGE_STYLE } from './stylesheet';

/** Each severity has a mark, a word and a colour, so that the meaning never depends on colour alone. */
const MARKS = { good: '●', warning: '◆', error: '▲' } as const;

/** A self-contained page of HTML: no script, font or picture from elsewhere. */
export function reportPage(picture: TrustPicture): string {
  const overview = overviewOf(picture);
  const { title, now } = overview;
  const how = mood(overview);
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${`${title}: certificates and trust`}</title>
<style>${verbatim(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<h1>${title}</h1>
<p class="verdict"><span class="${`mark ${how}`}" aria-hidden="true">${MARKS[how]}</span>${headline(overview)}</p>
<p class="at">${`${findingCounts(overview.findings)} · as of ${instantText(now)}`}</p>
</header>
<main>
<dl class="facts">${facts(overview).map(
    ({ term, value, note }) => markup`<div><dt>${term}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`,
  )}</dl>
<h2 id="timeline">Validity and trust</h2>
<figure tabindex="0" aria-labelledby="timeline"><figcaption>CAs first, then nodes and tools. Each bar is the validity of a certificate; the letters on the right show which CA issued it, and which CAs the member trusts.</figcaption>${figure(overview)}</figure>
<h2 id="findings">Findings</h2>
${findingList(overview)}
<h2 id="countdown">Expiry</h2>
${authorityTable(overview)}
${memberTables(overview)}
</main>
<footer>Written by erlang-tls report. This page contains names and dates, but no keys.</footer>
</body>
</html>
`.text;
}

/** The figure by itself, with both colour schemes. */
export function reportSvg(picture: TrustPicture): string {
  const { text } = figure(overviewOf(picture));
  return `${text.replace('<title', `<style>${FIGURE_STYLE}</style>\n<title`)}\n`;
}

function findingList({ findings }: Overview): Markup {
  if (findings.length === 0) return markup`<p>None.</p>`;
  return markup`<ul class="findings">${findings.map(
    ({
      severity,
      code,
      message,
      remedy,
    }) => markup`<li><span class="${`word ${severity}`}">${`${MARKS[severity]} ${severity}`}</span> <code>${code}</code>
<p>${message}</p><p class="remedy">${`What to do: ${remedy}`}</p></li>`,
  )}</ul>`;
}

function authorityTable({ authorities, now }: Overview): Markup {
  if (authorities.length === 0) return markup`<p>No CA certificates were found.</p>`;
  return markup`<table><caption>CA certificates</caption><thead><tr><th scope="col">CA</th><th scope="col">name</th><th scope="col">expires</th><th scope="col" class="number">in</th><th scope="col" class="number">trusted by</th><th scope="col" class="number">used by</th></tr></thead>
<tbody>${authorities.map(
    ({ letter, name, validity, trustedBy, presentedBy, signs }) =>
      markup`<tr><th scope="row">${letter}</th><td>${`${name}${signs ? ', signs' : ''}`}</td><td>${
        validity === undefined ? 'unknown' : dayText(validity.notAfter)
      }</td><td class="number">${validity === undefined ? '' : relativeText(validity.notAfter, now)}</td><td class="number">${trustedBy}</td><td class="number">${presentedBy}</td></tr>`,
  )}</tbody></table>`;
}

/** If members are grouped, the full list can be opened below. */
function memberTables(overview: Overview): Markup {
  const { rows, members, who } = overview;
  if (!isGrouped(overview)) return memberTable('Certificates', rows, overview);
  return markup`${memberTable('Certificates, grouped by state', rows, overview)}
<details><summary>${`All: ${who}`}</summary>${memberTable('Every certificate', members, overview)}</details>`;
}

function memberTable(caption: string, rows: readonly MemberRow[], { now }: Overview): Markup {
  if (rows.length === 0) return markup`<p>No nodes were found.</p>`;
  return markup`<table><caption>${caption}</caption><thead><tr><th scope="col">member</th><th scope="col">state</th><th scope="col">expires</th><th scope="col" class="number">in</th><th scope="col">renewed from</th><th scope="col">key</th><th scope="col">by CA</th><th scope="col">trusts</th></tr></thead>
<tbody>${rows.map((row) => memberCells(row, now))}</tbody></table>`;
}

function memberCells(row: MemberRow, now: number): Markup {
  const { certificate, standing, issuers, trusts } = row;
  const validity =
    certificate === undefined
      ? markup`<td></td><td></td><td></td><td></td>`
      : markup`<td>${dayText(certificate.notAfter)}</td><td class="number">${relativeText(certificate.notAfter, now)}</td><td>${
          certificate.renewFrom === undefined ? '' : dayText(certificate.renewFrom)
        }</td><td>${certificate.keyAlgorithm}</td>`;
  return markup`<tr><th scope="row" class="mono">${rowLabel(row)}</th><td>${standing}</td>${validity}<td>${
    issuers.map(({ letter }) => letter).join(' ') || 'unknown'
  }</td><td>${[...trusts].sort().join(' ') || 'nobody'}</td></tr>`;
}
