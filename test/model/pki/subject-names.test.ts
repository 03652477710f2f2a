import { deferredNodeName, parseNodeName } from '../../../src/model/cluster/node-name';
import { subjectNames } from '../../../src/model/pki/subject-names';

test.each([
  ['a@h.example.com', 'h.example.com', ['h.example.com'], []],
  ['a@10.0.0.1', '10.0.0.1', ['10.0.0.1'], ['10.0.0.1']],
  ['a@::1', '::1', ['::1'], ['::1']],
])('%s', (name, commonName, dnsNames, ipAddresses) => {
  expect(subjectNames(parseNodeName(name))).toEqual({ commonName, dnsNames, ipAddresses });
});

test('additional names follow in their order, none of them twice', () => {
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

test('a common name may have 64 characters, and a longer host needs one of its own', () => {
  const host = `${'x'.repeat(60)}.test`;
  expect(subjectNames(parseNodeName(`a@${host.slice(1)}`)).commonName).toHaveLength(64);
  expect(() => subjectNames(parseNodeName(`a@${host}`))).toThrow('common-name-too-long: ');
  expect(subjectNames(parseNodeName(`a@${host}`), { commonName: 'short' }).dnsNames).toEqual([host]);
});

test('a host that only Terraform knows is not judged here', () => {
  expect(subjectNames(deferredNodeName('a@${late}'))).toEqual({
    commonName: '${late}',
    dnsNames: ['${late}'],
    ipAddresses: [],
  });
});
