import { readCrl } from '../../../src/model/x509/crl-reader';
import { type ListContent, serialOf, writeCrl, writeEntry, writeSigned } from '../../../src/model/x509/crl-writer';
import { readPem } from '../../../src/model/x509/pem-reader';
import { writePem } from '../../../src/model/x509/pem-writer';

/** `CN=x` */
const NAME = Uint8Array.from([0x30, 12, 0x31, 10, 0x30, 8, 6, 3, 0x55, 4, 3, 0x0c, 1, 0x78]);

const CONTENT: ListContent = {
  issuer: NAME,
  keyId: Uint8Array.of(1, 2, 3),
  number: 300n,
  thisUpdate: Date.UTC(2027, 0, 1),
  nextUpdate: Date.UTC(2050, 0, 1),
  entries: [],
};

function written(content: Partial<ListContent> = {}): ReturnType<typeof readCrl> {
  const signed = writeSigned({ ...CONTENT, ...content }, 'Ed25519');
  const pem = writePem('X509 CRL', writeCrl(signed, 'Ed25519', Uint8Array.of(7)));
  return readCrl(readPem(pem).blocks[0]?.der ?? new Uint8Array());
}

test('a list is read as it was written, on both sides of the year 2050', () => {
  expect(written()).toMatchObject({
    issuerText: 'CN=x',
    thisUpdate: CONTENT.thisUpdate,
    nextUpdate: CONTENT.nextUpdate,
    number: 300n,
    revoked: new Set(),
    isDelta: false,
    signatureAlgorithm: 'Ed25519',
    signature: Uint8Array.of(7),
  });
});

test('thousands of entries keep their order, with and without a reason', () => {
  const serials = Array.from({ length: 3000 }, (_, index) => (index + 0x70000000).toString(16));
  const entries = serials.map((serialNumber, index) =>
    writeEntry({ serialNumber, revokedAt: 0, ...(index % 2 === 0 ? {} : { reason: 'superseded' as const }) }),
  );
  const list = written({ entries });
  expect([...(list?.revoked ?? [])]).toEqual(serials);
  expect(list?.entries).toEqual(entries);
});

test.each<[string, string | undefined]>([
  ['ff', '00ff'],
  ['0x7F', '7f'],
  ['AB:CD', '00abcd'],
  ['00ab', '00ab'],
  ['1', '01'],
  ['f'.repeat(40), `00${'f'.repeat(40)}`],
  ['f'.repeat(41), undefined],
  ['0', undefined],
  ['', undefined],
  ['a:b', undefined],
  ['-1', undefined],
])('the serial number %j is %j in DER', (text, hex) => expect(serialOf(text)).toBe(hex));
