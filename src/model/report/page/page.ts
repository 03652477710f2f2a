import { instantText } from '../../x509/calendar';
import { figure } from './figure';
import { findingList, MARKS } from './finding-list';
import { facts, findingCounts, mood, outlook, verdict } from './headline';
import { inline, type Markup, markup, verbatim } from './markup';
import { type Overview, overviewOf } from './overview';
import type { TrustPicture } from './picture';
import { FIGURE_STYLE, PAGE_STYLE } from './stylesheet';
import { authorityTable, memberTable } from './tables';

/** A self-contained page of HTML: no script, font or picture from elsewhere. */
export function reportPage(picture: TrustPicture): string {
  const overview = overviewOf(picture);
  const { title } = overview;
  const how = mood(overview);
  const next = outlook(overview);
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
<p class="verdict"><span class="${`mark ${how}`}" aria-hidden="true">${MARKS[how]}</span>${verdict(overview)}</p>
${next === undefined ? undefined : markup`<p class="next">${withDates(next)}</p>`}
<p class="at">${asOf(overview)}</p>
</header>
<main>
<dl class="facts">${facts(overview).map(
    ({ term, value, note }) => markup`<div><dt>${term}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`,
  )}</dl>
<h2 id="timeline">Validity and trust</h2>
<figure tabindex="0" aria-labelledby="timeline"><figcaption>Each bar shows when a certificate is valid: CAs on top, then nodes and tools. The lettered columns show its issuer, and the CAs that the node trusts.</figcaption>${figure(overview, true)}</figure>
<h2 id="findings">Findings</h2>
${findingList(overview)}
<h2 id="countdown">Expiry</h2>
${authorityTable(overview)}
${memberTable(overview)}
</main>
<footer>Written by erlang-tls report. This page contains names and dates, but no keys.</footer>
</body>
</html>
`.text;
}

/** Text in which no line ends within a date. */
function withDates(text: string): Markup {
  const parts = text.split(/(\d{4}-\d\d-\d\d)/);
  return inline(
    parts.map((part, index) => (index % 2 === 1 ? markup`<span class="date">${part}</span>` : markup`${part}`)),
  );
}

/** The instant, after the findings where an expired certificate takes the first line. */
function asOf({ now, expired, findings }: Overview): string {
  const counts = expired.length > 0 ? [findingCounts(findings)] : [];
  return [...counts, `as of ${instantText(now)}`].join(' · ');
}

/** The figure by itself, with both colour schemes. */
export function reportSvg(picture: TrustPicture): string {
  const { text } = figure(overviewOf(picture), false);
  return `${text.replace('<title', `<style>${FIGURE_STYLE}</style>\n<title`)}\n`;
}
