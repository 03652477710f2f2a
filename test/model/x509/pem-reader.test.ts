import { readPem } from '../../../src/model/x509/pem-reader';

const block = (label: string, body = 'AAEC'): string => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

test('blocks keep the order of the file, and each has the number of its first line', () => {
  const text = `key of db1\n${block('PRIVATE KEY')}\nits certificate\n${block('CERTIFICATE', 'AAEC\nAwQF')}`;
  expect(readPem(text)).toEqual({
    blocks: [
      { label: 'PRIVATE KEY', der: new Uint8Array([0, 1, 2]), isEncrypted: false, line: 2 },
      { label: 'CERTIFICATE', der: new Uint8Array([0, 1, 2, 3, 4, 5]), isEncrypted: false, line: 7 },
    ],
  });
});

test('lines may end with CRLF', () => {
  expect(readPem(block('CERTIFICATE').replaceAll('\n', '\r\n')).blocks).toHaveLength(1);
});

test('a Proc-Type header marks a key as encrypted', () => {
  const body = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAEC';
  expect(readPem(block('EC PRIVATE KEY', body)).blocks).toEqual([
    expect.objectContaining({ isEncrypted: true, der: new Uint8Array([0, 1, 2]) }),
  ]);
});

test.each([
  ['', 'there is no PEM in it'],
  ['some text', 'there is no PEM in it'],
  ['-----BEGIN CERTIFICATE-----\nAAEC\n', 'line 1: the block has no end'],
  [`${block('CERTIFICATE')}-----BEGIN CERTIFICATE-----\nAAEC\n`, 'line 4: the block has no end'],
  ['-----BEGIN CERTIFICATE-----\nAAEC\n-----END PRIVATE KEY-----\n', 'line 3: the block of line 1 does not end'],
  ['-----BEGIN CERTIFICATE-----\nAAEC\n-----BEGIN CERTIFICATE-----\n', 'line 3: the block of line 1 does not end'],
  [block('CERTIFICATE', ''), 'line 1: the block is not Base64'],
  [block('CERTIFICATE', 'AA*C'), 'line 1: the block is not Base64'],
  [block('CERTIFICATE', 'AAE'), 'line 1: the block is not Base64'],
])('damage is reported with its line: %#', (text, problem) => {
  expect(readPem(text).problem).toMatch(new RegExp(`^${problem}`));
});

/** Reading the file from its beginning for each block would exceed the deadline of the test. */
test('a file of a hundred thousand blocks is read in one pass', () => {
  const many = 100_000;
  expect(readPem(block('CERTIFICATE').repeat(many)).blocks).toHaveLength(many);
});
