/**
 * What lands on a node, as real files by platform, variant and OTP release, compared byte for byte. Where a release is refused there is a file
 * `REFUSED` with the words.
 *
 * `npm run test:update-golden` writes them anew; review the difference, and tell users in CHANGELOG.md.
 */
import { join } from 'node:path';

import { RELEASES, RENDERINGS } from './cases';
import { filesAt, layoutOf, readLayout, textsIn, writeLayout } from './layout';

const GOLDEN = join(__dirname, '../../golden');

if (process.env.UPDATE_GOLDEN === '1') writeLayout(GOLDEN, layoutOf(RENDERINGS));

const found = readLayout(GOLDEN);
const texts = textsIn(GOLDEN, found);

test.each(RENDERINGS.map((rendering) => [rendering.name, rendering.otp, rendering.files] as const))(
  '%s on OTP %s',
  (name, otp, files) => {
    expect(filesAt(texts, name, otp, RELEASES)).toEqual(files);
  },
);

test('each text is stored once, under the releases that render it, and nothing else is stored', () => {
  expect(found).toEqual(layoutOf(RENDERINGS));
});
