import { median, medianRatio } from '../../bench/statistics';

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test('there is no median of nothing', () => {
  expect(() => median([])).toThrow('no values');
});

test('a busy moment that hits both runs of a round does not change their ratio', () => {
  expect(medianRatio([2, 20, 2.2], [1, 10, 1])).toBe(2);
});
