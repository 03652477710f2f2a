import { DOCUMENTATION, documentation } from '../../findings/documentation';
import type { Finding } from '../../findings/finding';
import { addTo } from '../../findings/lists';
import { inline, type Markup, markup } from './markup';
import type { Overview } from './overview';

/** Each severity has a mark, a word and a colour, so that the meaning never depends on colour alone. */
export const MARKS = { good: '●', warning: '◆', error: '▲' } as const;

/** Messages of one code that are shown at once. */
const MOST_SHOWN = 5;

/** Where a finding is on the page. */
export function findingId(finding: Finding, { findings }: Overview): string {
  return `finding-${findings.indexOf(finding) + 1}`;
}

/** The findings, those of one code together: they have one remedy. */
export function findingList(overview: Overview): Markup {
  const { findings } = overview;
  if (findings.length === 0) return markup`<p>None.</p>`;
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    addTo(groups, `${one.severity} ${one.code} ${one.remedy}`, one);
  }
  return markup`<ul class="findings">${[...groups.values()].map((group) => findingItem(group, overview))}</ul>`;
}

function findingItem(group: readonly Finding[], overview: Overview): Markup {
  const [first] = group;
  if (first === undefined) return markup``;
  const { severity, code, remedy } = first;
  const messages = group.map((one) => markup`<p id="${findingId(one, overview)}">${withLinks(one.message)}</p>`);
  const more = messages.slice(MOST_SHOWN);
  return markup`<li><span class="${`word ${severity}`}">${`${MARKS[severity]} ${severity}`}</span> <a href="${`${documentation('errors')}#${code}`}"><code>${code}</code></a>
${messages.slice(0, MOST_SHOWN)}${
    more.length === 0 ? undefined : markup`<details><summary>${`and ${more.length} more`}</summary>${more}</details>`
  }
<p class="remedy">What to do: ${withLinks(remedy)}</p></li>`;
}

/** Text with links to the pages of the documentation that it names. No other address becomes a link. */
function withLinks(text: string): Markup {
  const parts = text.split(DOCUMENTATION).map((part, index) => {
    if (index === 0) return markup`${part}`;
    const [page = ''] = /^[\w-]+\.md(?:#[\w-]+)?/.exec(part) ?? [];
    return markup`<a href="${DOCUMENTATION + page}">${`docs/${page}`}</a>${part.slice(page.length)}`;
  });
  return inline(parts);
}
