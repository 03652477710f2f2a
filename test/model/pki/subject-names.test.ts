import { deferredNodeName, parseNodeName } from '../../../src/model/cluster/node-name';
import { subjectNames } from '../../../src/model/pki/subject-names';

test.each([
  ['a@h.example.com', 'h.example.com', ['h.example.com'], []],
  ['a@10.0.0.1', '10.0.0.1', ['10.0.0.1'], ['10.0.0.1']],
  ['a@::1', '::1', ['::1'], ['::1']],
])('%s gets its host as names', (name, commonName, dnsNames, ipAddresses) => {
  expect(subjectNames(parseNodeName(name))).toEqual({ commonName, dnsNames, ipAddresses });
});

test('additional names follow in the given order, without repetition', () => {
  const names = subjectNames(parseNodeName('a@h.test'), {
    commonName: 'db one',
    additionalDnsNames: ['z.test', 'h.test', 'b.test'],
    additionalIpAddresses: ['10.0.0.2', '::1', '10.0.0.2'],
  });
  expect(names).toEqual({
    commonName: 'db one',
    dnsNames: ['h.test', 'z.test', 'b.test'],
    ipAddresses: ['10.0.0.2', '::1'],
  });
});

test('a common name has at most 64 characters, so a longer host needs another common name', () => {
  const host = `${'x'.repeat(60)}.test`;
  expect(subjectNames(parseNodeName(`a@${host.slice(1)}`)).commonName).toHaveLength(64);
  expect(() => subjectNames(parseNodeName(`a@${host}`))).toThrow('common-name-too-long: ');
  expect(subjectNames(parseNodeName(`a@${host}`), { commonName: 'short' }).dnsNames).toEqual([host]);
});

test('the length of a common name is counted in characters', () => {
  const named = (commonName: string): string => subjectNames(parseNodeName('a@h.test'), { commonName }).commonName;
  expect(named('😀'.repeat(40))).toBe('😀'.repeat(40));
  expect(() => named('😀'.repeat(65))).toThrow(/^common-name-too-long: .*\(65 characters\)/);
});

test('a host that only Terraform knows is not checked', () => {
  expect(subjectNames(deferredNodeName('a@${late}'))).toEqual({
    commonName: '${late}',
    dnsNames: ['${late}'],
    ipAddresses: [],
  });
});
