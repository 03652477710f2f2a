import { inspect } from 'node:util';

import { type Finding, InvalidInput } from '../../../src/model/findings/finding';

const FINDING: Finding = { code: 'c', severity: 'error', subject: 's', message: 's is wrong', remedy: 'mend it' };

test('Node prints the message of a refusal once, without a trace and without a dump of the finding', () => {
  expect(inspect(new InvalidInput(FINDING, 'stack/cluster'))).toBe(
    '[InvalidInput: c: s is wrong; mend it [at stack/cluster]]',
  );
});

test('a program can read the finding and its place', () => {
  const error = new InvalidInput(FINDING, 'stack/cluster');
  expect([error.finding, error.where, error.name]).toEqual([FINDING, 'stack/cluster', 'InvalidInput']);
  expect(error).toBeInstanceOf(Error);
});
