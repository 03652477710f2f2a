import { featureFindings, PATH_LENGTHS, WRITE_ONLY_KEYS } from '../../../src/model/terraform/provider-features';
import { isOlder, oldestAllowed, versionConstraint } from '../../../src/model/terraform/version-constraint';

test.each([
  ['4.1.0', [4, 1, 0]],
  ['= 4.4.1', [4, 4, 1]],
  ['~> 4.4', [4, 4, 0]],
  ['~>4', [4, 0, 0]],
  ['>= 4.2.1, < 5.0.0', [4, 2, 1]],
  ['< 5, != 4.2.0 , > 4.3', [4, 3, 0]],
  ['<= 4.4', [0, 0, 0]],
  ['!= 4.2.0', [0, 0, 0]],
  ['>= 4.4.0-beta1', [4, 4, 0, -1]],
])('%j allows nothing older than %j', (constraint, oldest) => {
  expect(oldestAllowed(constraint)).toEqual(oldest);
});

test.each(['', '4.x', 'latest', '=> 4.4', '~> 4.4 < 5', 'v4.4', '4.4.1.2', '>= 4.4,'])(
  '%j is no constraint',
  (text) => {
    expect(oldestAllowed(text)).toBeUndefined();
    expect(() => versionConstraint('constraint', text)).toThrow('version-constraint-illegal');
  },
);

test.each([
  [
    [4, 4, 0, -1],
    [4, 4, 0],
  ],
  [
    [4, 4, 0],
    [4, 4, 1],
  ],
  [
    [4, 9, 0],
    [4, 10, 0],
  ],
  [
    [3, 9, 9],
    [4, 0, 0],
  ],
])('%j is older than %j', (one, other) => {
  expect([isOlder(one, other), isOlder(other, one), isOlder(one, one)]).toEqual([true, false, false]);
});

test.each([
  ['4.1.0', [WRITE_ONLY_KEYS, PATH_LENGTHS]],
  ['4.2.0', [WRITE_ONLY_KEYS, PATH_LENGTHS]],
  ['4.2.1', [WRITE_ONLY_KEYS]],
  ['> 4.3.9', [WRITE_ONLY_KEYS]],
  ['~> 4.4', []],
  ['>= 4.1, >= 4.4.0, < 5', []],
  [undefined, [WRITE_ONLY_KEYS, PATH_LENGTHS]],
])('a provider of version %j cannot do %j', (constraint, missing) => {
  const refused = [WRITE_ONLY_KEYS, PATH_LENGTHS].filter(
    (feature) => featureFindings('s', feature, constraint).length > 0,
  );
  expect(refused).toEqual(missing);
});

test('a constraint that nobody can read is a finding, too', () => {
  const [found] = featureFindings('s', WRITE_ONLY_KEYS, 'latest');
  expect(found).toMatchObject({ code: 'version-constraint-illegal' });
});
