import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PERFORMANCE_PAGE, performancePage } from '../../bench/page';
import { ERRORS_PAGE, errorsPage } from '../../scripts/docs/errors';
import { IN_ERLANG_PAGE, inErlangPage, seenByCode } from '../../scripts/docs/in-erlang';
import { PICTURE, picture } from '../../scripts/docs/report-picture';
import { SSL_OPTIONS_PAGE, sslOptionsPage } from '../../scripts/docs/ssl-options';
import { CATALOGUE, type Code } from '../../src/model/catalogue';
import { SSL_OPTION_TABLE } from '../../src/model/erlang/options/ssl-option-table';
import { checkout } from './repository';

test.each([
  [ERRORS_PAGE, errorsPage, 'npm run docs:errors'],
  [IN_ERLANG_PAGE, inErlangPage, 'npm run docs:in-erlang'],
  [SSL_OPTIONS_PAGE, sslOptionsPage, 'npm run docs:ssl-options'],
  [PERFORMANCE_PAGE, performancePage, 'npm run docs:performance'],
  [PICTURE, picture, 'npm run docs:picture'],
])('%s is up to date with its source', (path, page, command) => {
  const committed = readFileSync(join(checkout, path), 'utf8');
  // Not `toBe`: its report would be both pages in full.
  if (committed !== page()) throw new Error(`${path} is out of date: run "${command}" and commit it`);
});

test('the page of errors has a section for every code', () => {
  const sections = [...errorsPage().matchAll(/^## (.+)$/gm)].map(([, code]) => code);
  expect(sections).toEqual(Object.keys(CATALOGUE).sort());
});

test.each([...seenByCode()])(
  'every message of Erlang that the catalogue quotes for %s was seen on a real node',
  (code, faults) => {
    const { inErlang = '' } = CATALOGUE[code as Code];
    const said = JSON.stringify(faults).replaceAll('\\"', '"');
    const quoted = [...inErlang.matchAll(/"([^"]+)"|(\{\w+)/g)].map(([, words, tuple = '']) => words ?? tuple);
    expect(quoted.filter((words) => !said.includes(words))).toEqual([]);
  },
);

test('the page of options names every option of the table', () => {
  const named = new Set([...sslOptionsPage().matchAll(/^\| `(\w+)`/gm)].map(([, option]) => option));
  expect(named).toEqual(new Set(SSL_OPTION_TABLE.map(({ option }) => option)));
});
