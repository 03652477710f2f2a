import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { generatedPages } from '../../scripts/generated-docs';

/** `npm run docs:generate` writes them anew. */
test.each(Object.entries(generatedPages()))('%s is what the source gives', (path, text) => {
  expect(readFileSync(join(__dirname, '../..', path), 'utf8')).toBe(text);
});
