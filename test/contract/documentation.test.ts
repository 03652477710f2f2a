import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOGUE } from '../../src/model/catalogue';
import { DOCUMENTATION } from '../../src/model/findings/documentation';
import type { Rule } from '../../src/model/findings/rule';
import { checkout } from './repository';

const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { homepage: string };
const texts = Object.values<Rule>(CATALOGUE).flatMap(({ expected, remedy }) => [expected, remedy]);
const linked = texts.filter((text) => text.includes(DOCUMENTATION));

test('the documentation is where package.json says that the project is at home', () => {
  expect(DOCUMENTATION).toBe(`${manifest.homepage}/blob/main/docs/`);
});

test('messages of rules link to the documentation', () => {
  expect(linked).not.toEqual([]);
});

test('every page that a message links to exists', () => {
  const pages = linked
    .flatMap((text) => text.split(DOCUMENTATION).slice(1))
    .map((rest) => /^[\w-]*\.md/.exec(rest)?.[0]);
  expect(pages.filter((page) => page === undefined || !existsSync(join(checkout, 'docs', page)))).toEqual([]);
});

test('no message names a page without the address', () => {
  expect(texts.filter((text) => text.replaceAll(DOCUMENTATION, '').includes('docs/'))).toEqual([]);
});
