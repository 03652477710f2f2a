/** Certificate requests as openssl makes them, and wrong ones. Node's cryptography reads none and makes none. */
import { generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto';

import { contextTag, TAG } from '../../../src/model/x509/der-reader';
import { encoded, joined } from '../../../src/model/x509/der-writer';
import { writePem } from '../../../src/model/x509/pem-writer';
import {
  ALTERNATIVE_NAMES,
  ascii,
  BASIC_CONSTRAINTS,
  CLIENT_AUTH,
  EXTENDED_KEY_USAGE,
  extension,
  KEY_USAGE,
  nameOf,
  oid,
  sequence,
  SERVER_AUTH,
  SHA256_WITH_ECDSA,
  TRUE,
} from './issued';

export interface RequestInput {
  readonly commonName: string;
  readonly dnsNames?: readonly string[];
  /** Octets. */
  readonly addresses?: readonly (readonly number[])[];
  readonly urls?: readonly string[];
  readonly uses?: 'node' | 'tools' | 'none';
  readonly isCa?: boolean;
  readonly pair?: KeyPairKeyObjectResult;
  /** Whether a byte is changed after the signature. */
  readonly isTampered?: boolean;
}

/** A request for a node, whose host is its only name. */
export function nodeRequest(host: string, more: Partial<RequestInput> = {}): string {
  return request({ commonName: host, dnsNames: [host], ...more });
}

export function request(input: RequestInput): string {
  const { publicKey, privateKey } = input.pair ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const info = sequence(
    encoded(TAG.INTEGER, Uint8Array.of(0)),
    nameOf(input.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    encoded(contextTag(0, true), sequence(EXTENSION_REQUEST, encoded(TAG.SET, sequence(...extensionsOf(input))))),
  );
  const isEc = privateKey.asymmetricKeyType === 'ec';
  const signature = sign(isEc || privateKey.asymmetricKeyType === 'rsa' ? 'sha256' : null, info, privateKey);
  const algorithm = isEc ? SHA256_WITH_ECDSA : privateKey.asymmetricKeyType === 'rsa' ? SHA256_WITH_RSA : ED25519;
  if (input.isTampered === true) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const bits = encoded(TAG.BIT_STRING, joined([Uint8Array.of(0), signature]));
  return writePem('CERTIFICATE REQUEST', sequence(info, algorithm, bits));
}

function extensionsOf({ uses = 'node', isCa = false, ...names }: RequestInput): Uint8Array[] {
  const general = [
    ...(names.dnsNames ?? []).map((name) => encoded(contextTag(2, false), ascii(name))),
    ...(names.urls ?? []).map((name) => encoded(contextTag(6, false), ascii(name))),
    ...(names.addresses ?? []).map((octets) => encoded(contextTag(7, false), Uint8Array.from(octets))),
  ];
  const extended = uses === 'node' ? [SERVER_AUTH, CLIENT_AUTH] : [CLIENT_AUTH];
  return [
    ...(general.length === 0 ? [] : [extension(ALTERNATIVE_NAMES, sequence(...general))]),
    ...(uses === 'none'
      ? []
      : [
          extension(KEY_USAGE, encoded(TAG.BIT_STRING, Uint8Array.of(7, 0b1000_0000)), true),
          extension(EXTENDED_KEY_USAGE, sequence(...extended)),
        ]),
    ...(isCa ? [extension(BASIC_CONSTRAINTS, sequence(TRUE), true)] : []),
  ];
}

const EXTENSION_REQUEST = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e);
const NULL = Uint8Array.of(5, 0);
const SHA256_WITH_RSA = sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), NULL);
const ED25519 = sequence(oid(0x2b, 0x65, 0x70));
