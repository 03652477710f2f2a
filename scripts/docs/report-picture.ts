/** Draws the picture of the README, in the middle of a rollover: `npm run docs:picture`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { reportSvg } from '../../src/model/report/page/page';
import { SAMPLE } from '../../test/support/report/pictures';

export const PICTURE = 'docs/images/report.svg';

export function picture(): string {
  return reportSvg(SAMPLE);
}

if (require.main === module) writeFileSync(join(__dirname, '../..', PICTURE), picture());
