import * as fc from 'fast-check';

import { axisOf, position } from '../../../src/model/report/page/axis';
import { durationText, relativeText } from '../../../src/model/report/page/duration';
import { naturalOrder } from '../../../src/model/report/page/natural-order';
import { civilDay, dayText, instantText, monthStart } from '../../../src/model/x509/calendar';

const instants = fc.integer({ min: Date.parse('0001-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59Z') });

test('law: days are the days of the calendar', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const text = new Date(instant).toISOString();
      expect(dayText(instant)).toBe(text.slice(0, 10));
      expect(instantText(instant)).toBe(`${text.slice(0, 10)} ${text.slice(11, 16)} UTC`);
      const { year, month } = civilDay(instant);
      expect(new Date(monthStart(year, month)).toISOString().slice(0, 10)).toBe(`${text.slice(0, 7)}-01`);
    }),
  );
});

test('law: marks are within the axis, in order, and few', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 4e12 }), (now, length) => {
      const axis = axisOf([{ notBefore: now, notAfter: now + length }], [], now);
      const places = axis.ticks.map(({ instant }) => position(axis, instant));
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
      expect(places.length).toBeLessThanOrEqual(11);
    }),
  );
});

test('db2 comes before db10', () => {
  expect(['db10', 'db2', 'db', 'a2b10', 'a2b9'].sort(naturalOrder)).toEqual(['a2b9', 'a2b10', 'db', 'db2', 'db10']);
});

test.each([
  [90 * 86_400_000, '90 days'],
  [36 * 3_600_000, '36 hours'],
  [90 * 60_000, '90 minutes'],
  [60_000, '1 minute'],
])('%d ms are %s', (length, text) => {
  expect(durationText(length)).toBe(text);
  expect(relativeText(1000 + length, 1000)).toBe(`in ${text}`);
  expect(relativeText(1000 - length, 1000)).toBe(`${text} ago`);
});
