/** Certificates for nodes that are only checked: each has a key of its own and a signature that holds. Node's cryptography reads certificates and issues none. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

import { contextTag, TAG } from '../../../src/model/x509/der-reader';
import { encoded, joined } from '../../../src/model/x509/der-writer';
import { writePem } from '../../../src/model/x509/pem-writer';

/** A certificate with its key. */
export interface Issued {
  readonly name: Uint8Array;
  readonly keyId: Uint8Array;
  readonly key: KeyObject;
  readonly keyPem: string;
  readonly certificatePem: string;
}

/** What a CA may sign. */
export interface Limits {
  readonly pathLength?: number;
  /** The only domain for which it may sign. */
  readonly domain?: string;
}

/** A CA that signs itself, or one that another CA signs. */
export function authority(commonName: string, issuer?: Issued, { pathLength, domain }: Limits = {}): Issued {
  const length = pathLength === undefined ? [] : [encoded(TAG.INTEGER, Uint8Array.of(pathLength))];
  const permitted = (name: string): Uint8Array =>
    sequence(encoded(contextTag(0, true), sequence(encoded(contextTag(2, false), ascii(name)))));
  return issued(commonName, issuer, () => [
    extension(BASIC_CONSTRAINTS, sequence(TRUE, ...length), true),
    extension(KEY_USAGE, encoded(TAG.BIT_STRING, Uint8Array.of(1, 0b0000_0110)), true),
    ...(domain === undefined ? [] : [extension(NAME_CONSTRAINTS, permitted(domain), true)]),
  ]);
}

/** What sets a certificate apart from the one of a node that begins yesterday and is valid for a year. */
export interface LeafOptions {
  /** In days from now. */
  readonly from?: number;
  readonly to?: number;
  /** Whether it is for clients only, and without a name. */
  readonly isTool?: boolean;
}

/** The certificate of a node: for both sides of a connection, with its host as the only name. */
export function leaf(host: string, issuer: Issued, { from = -1, to = DAYS, isTool = false }: LeafOptions = {}): Issued {
  const names = sequence(encoded(contextTag(2, false), ascii(host)));
  return issued(
    host,
    issuer,
    ({ keyId }) => [
      extension(BASIC_CONSTRAINTS, sequence(), true),
      extension(KEY_USAGE, encoded(TAG.BIT_STRING, Uint8Array.of(7, 0b1000_0000)), true),
      extension(EXTENDED_KEY_USAGE, isTool ? sequence(CLIENT_AUTH) : sequence(SERVER_AUTH, CLIENT_AUTH)),
      extension(AUTHORITY_KEY, sequence(encoded(contextTag(0, false), keyId))),
      ...(isTool ? [] : [extension(ALTERNATIVE_NAMES, names)]),
    ],
    [from, to],
  );
}

export const SHA256_WITH_ECDSA = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const SUBJECT_KEY = oid(0x55, 0x1d, 0x0e);
export const KEY_USAGE = oid(0x55, 0x1d, 0x0f);
export const ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);
export const BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
const NAME_CONSTRAINTS = oid(0x55, 0x1d, 0x1e);
const AUTHORITY_KEY = oid(0x55, 0x1d, 0x23);
export const EXTENDED_KEY_USAGE = oid(0x55, 0x1d, 0x25);
export const SERVER_AUTH = oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01);
export const CLIENT_AUTH = oid(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02);
export const TRUE = encoded(TAG.BOOLEAN, Uint8Array.of(0xff));

/** In DER, a name as UTF8String. */
const UTF8_STRING = 0x0c;

const DAYS = 365;

function issued(
  commonName: string,
  given: Issued | undefined,
  extensions: (issuer: Pick<Issued, 'keyId'>) => Uint8Array[],
  [from, to]: readonly [number, number] = [-1, given === undefined ? 10 * DAYS : DAYS],
): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha1').update(spki).digest();
  const name = nameOf(commonName);
  const issuer = given ?? { name, key: privateKey, keyId };
  const tbs = sequence(
    encoded(contextTag(0, true), encoded(TAG.INTEGER, Uint8Array.of(2))),
    encoded(TAG.INTEGER, joined([Uint8Array.of(1), randomBytes(15)])),
    SHA256_WITH_ECDSA,
    issuer.name,
    sequence(utcTime(from), utcTime(to)),
    name,
    spki,
    encoded(
      contextTag(3, true),
      sequence(...extensions(issuer), extension(SUBJECT_KEY, encoded(TAG.OCTET_STRING, keyId))),
    ),
  );
  const signature = sign('sha256', tbs, issuer.key);
  const der = sequence(tbs, SHA256_WITH_ECDSA, encoded(TAG.BIT_STRING, joined([Uint8Array.of(0), signature])));
  return {
    ...{ name, keyId, key: privateKey },
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: writePem('CERTIFICATE', der),
  };
}

export function nameOf(commonName: string): Uint8Array {
  const part = sequence(COMMON_NAME, encoded(UTF8_STRING, new TextEncoder().encode(commonName)));
  return sequence(encoded(TAG.SET, part));
}

export function extension(id: Uint8Array, value: Uint8Array, isCritical = false): Uint8Array {
  return sequence(id, ...(isCritical ? [TRUE] : []), encoded(TAG.OCTET_STRING, value));
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return encoded(TAG.SEQUENCE, joined(parts));
}

export function oid(...bytes: readonly number[]): Uint8Array {
  return encoded(TAG.OBJECT_IDENTIFIER, Uint8Array.from(bytes));
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utcTime(days: number): Uint8Array {
  const text = new Date(Date.now() + days * 86_400_000).toISOString().slice(2, 19).replace(/[-:T]/g, '');
  return encoded(TAG.UTC_TIME, ascii(`${text}Z`));
}
