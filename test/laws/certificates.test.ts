import 'reflect-metadata';

import { webcrypto } from 'node:crypto';
import { rootCertificates } from 'node:tls';

import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonName,
  type KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import fc from 'fast-check';

import { readCertificate } from '../../src/model/x509/certificate-reader';
import { readPem } from '../../src/model/x509/pem-reader';
import { secondOpinion, type SharedFacts, sharedFacts, shortAddress } from '../support/x509/second-opinion';

cryptoProvider.set(webcrypto);

describe('the library and a second reader agree on certificates', () => {
  test.each(rootCertificates.map((pem) => [secondOpinion(derOf(pem)).subject, derOf(pem)] as const))('%s', (_, der) => {
    expect(ours(der)).toEqual(secondOpinion(der));
  });

  test('with any content', async () => {
    await fc.assert(
      fc.asyncProperty(certificates, async (contents) => {
        const der = await issue(contents);
        expect(ours(der)).toEqual(secondOpinion(der));
      }),
    );
  });
});

function ours(der: Uint8Array): SharedFacts | undefined {
  const facts = readCertificate(der);
  return facts && sharedFacts(facts);
}

function derOf(pem: string): Uint8Array {
  return readPem(pem).blocks[0]?.der ?? new Uint8Array();
}

interface Contents {
  readonly subject: JsonName;
  readonly issuer: JsonName;
  readonly serialNumber: string;
  readonly validity: readonly [notBefore: Date, notAfter: Date];
  readonly curve: string;
  readonly names?: ConstructorParameters<typeof SubjectAlternativeNameExtension>[0];
  readonly constraints?: { readonly isCa: boolean; readonly pathLength?: number };
  readonly keyUsage?: KeyUsageFlags;
  readonly extendedKeyUsage?: readonly string[];
  readonly isCritical: boolean;
}

async function issue(contents: Contents): Promise<Uint8Array> {
  const keys = await keysOf(contents.curve);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: contents.serialNumber,
    subject: contents.subject,
    issuer: contents.issuer,
    notBefore: contents.validity[0],
    notAfter: contents.validity[1],
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [...extensionsOf(contents)],
  });
  return new Uint8Array(certificate.rawData);
}

function* extensionsOf({ names, constraints, keyUsage, extendedKeyUsage, isCritical }: Contents): Generator<Extension> {
  if (names !== undefined) yield new SubjectAlternativeNameExtension(names, isCritical);
  if (constraints !== undefined) {
    yield new BasicConstraintsExtension(constraints.isCa, constraints.pathLength, isCritical);
  }
  if (keyUsage !== undefined) yield new KeyUsagesExtension(keyUsage, isCritical);
  if (extendedKeyUsage !== undefined) yield new ExtendedKeyUsageExtension([...extendedKeyUsage], isCritical);
}

const keyPairs = new Map<string, Promise<webcrypto.CryptoKeyPair>>();

function keysOf(namedCurve: string): Promise<webcrypto.CryptoKeyPair> {
  const keys =
    keyPairs.get(namedCurve) ?? webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify']);
  keyPairs.set(namedCurve, keys);
  return keys;
}

/** The library takes a text that begins with # for the bytes of a value, and has its own idea of quotes and backslashes. */
const textOf = (unit: 'grapheme' | 'grapheme-ascii'): fc.Arbitrary<string> =>
  fc.string({ unit, minLength: 1, maxLength: 30 }).filter((text) => !/^#|["\\]/.test(text));

/** Domain components and e-mail addresses are ASCII. */
const attribute = fc.oneof(
  fc.tuple(fc.constantFrom('CN', 'O', 'OU', 'C', 'L', 'ST', '2.5.4.5', '2.5.4.9'), textOf('grapheme')),
  fc.tuple(fc.constantFrom('DC', 'E'), textOf('grapheme-ascii')),
);

const name = fc
  .array(attribute, { minLength: 1, maxLength: 4 })
  .map((attributes): JsonName => attributes.map(([type, text]) => ({ [type]: [text] })));

/** Whole seconds, as certificates have them: `UTCTime` until 2049, `GeneralizedTime` from then on. */
const instant = fc
  .integer({ min: Date.UTC(1950, 0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
  .map((seconds) => new Date(seconds * 1000));

const certificates: fc.Arbitrary<Contents> = fc.record(
  {
    subject: name,
    issuer: name,
    serialNumber: fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((bytes) => `01${Buffer.from(bytes).toString('hex')}`),
    validity: fc.tuple(instant, instant),
    curve: fc.constantFrom('P-256', 'P-384', 'P-521'),
    isCritical: fc.boolean(),
    names: fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('dns' as const), value: fc.domain() }),
        fc.record({ type: fc.constant('ip' as const), value: fc.oneof(fc.ipV4(), fc.ipV6().map(shortAddress)) }),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    constraints: fc.record(
      { isCa: fc.boolean(), pathLength: fc.oneof(fc.nat(255), fc.nat(2 ** 31 - 1)) },
      { requiredKeys: ['isCa'] },
    ),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- several flags are one number
    keyUsage: fc.integer({ min: 1, max: 2 ** 9 - 1 }).map((bits) => bits as KeyUsageFlags),
    extendedKeyUsage: fc.uniqueArray(
      fc.constantFrom('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.5.29.37.0', '1.3.6.1.5.5.7.3.4', '1.2.3.4'),
      { minLength: 1 },
    ),
  },
  { requiredKeys: ['subject', 'issuer', 'serialNumber', 'validity', 'curve', 'isCritical'] },
);
