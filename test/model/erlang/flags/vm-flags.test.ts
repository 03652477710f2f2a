import { collectedFlag, kernelParameter, uniqueFlags, vmFlag } from '../../../../src/model/erlang/flags/vm-flags';

test('different flags are accepted together, and so are different kernel parameters', () => {
  const flags = [vmFlag('name', 'a@h'), kernelParameter('a', '1'), kernelParameter('b', '2'), vmFlag('env', 'A', '1')];
  expect(uniqueFlags(flags)).toEqual(flags);
});

test('a flag whose reader collects it may be repeated', () => {
  const flags = [collectedFlag('x', '1'), collectedFlag('x', '2')];
  expect(uniqueFlags(flags)).toEqual(flags);
});

test.each([
  [[vmFlag('name', 'a@h'), vmFlag('name', 'b@h')], 'flag-given-twice: -name "b@h"'],
  [[kernelParameter('a', '1'), kernelParameter('a', '2')], 'flag-given-twice: -kernel a "a 2"'],
  [[kernelParameter('b', '1'), vmFlag('kernel', 'a', '1', 'b', '2')], 'flag-given-twice: -kernel b "a 1 b 2"'],
  [[vmFlag('x', '1'), collectedFlag('x', '2')], 'flag-given-twice: -x "2"'],
])('%j is refused', (flags, message) => {
  expect(() => uniqueFlags(flags)).toThrow(message);
});
