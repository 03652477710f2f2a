import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';

import { type Finding, finding, InvalidInput } from '../../../src/model/findings/finding';

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

describe.each([256, 384])('a private key of P-%i in the wrong place', (bits) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: `P-${bits}` });
  const rule = { ...FINDING, problem: 'is wrong', expected: 'another one', source: 'a test' };

  test.each(['pkcs8', 'sec1'] as const)('is not shown, in the form %s', (type) => {
    const pem = privateKey.export({ type, format: 'pem' }).toString();
    const lines = pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
    for (const evidence of [
      { subject: 'host', got: `before ${pem}` },
      { subject: 'host', got: `${'a'.repeat(100)}${pem}` },
      { subject: 'host', got: ['a', pem, 'b'] },
      { subject: `host ${pem}`, detail: pem },
    ]) {
      const { subject, message } = finding(rule, evidence);
      expect(lines.filter((line) => `${subject} ${message}`.includes(line.slice(0, 10)))).toEqual([]);
      expect(message).toMatch(/\(private key\).* is wrong.*, expected another one$/s);
    }
  });
});
