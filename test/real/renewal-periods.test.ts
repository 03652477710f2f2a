import { hoursTo } from '../../src/constructs/terraform/renewal-periods';
import { requires } from '../support/programs/requires';
import { mustSucceed, prepareProviders, TerraformDirectory } from '../support/terraform';

const ORIGIN = Date.UTC(2000, 0, 1);

const TIMES = [
  '2000-01-01T00:00:00Z',
  '2000-02-29T23:59:59Z',
  '2024-02-28T12:00:00Z',
  '2024-02-29T00:00:00Z',
  '2024-03-01T07:00:00Z',
  '2025-12-31T23:00:00Z',
  '2026-01-01T00:00:00Z',
  '2100-02-28T01:00:00Z',
  '2100-03-01T01:00:00Z',
  '2399-12-31T09:30:00Z',
];

requires('terraform', 'go')('the calendar of renewals', () => {
  test('counts hours as this program does, in leap years and at their borders', async () => {
    const output = Object.fromEntries(
      TIMES.map((time, index) => [`t${index}`, { value: `\${${hoursTo(`"${time}"`)}}` }]),
    );
    const directory = await TerraformDirectory.create(await prepareProviders(), { output });
    try {
      mustSucceed(await directory.apply());
      const { values } = await directory.show();
      const counted = TIMES.map((_, index) => values?.outputs?.[`t${index}`]?.value);
      expect(counted).toEqual(TIMES.map((time) => Math.floor((Date.parse(time) - ORIGIN) / 3_600_000)));
    } finally {
      await directory.remove();
    }
  }, 60_000);
});
