/** What another library reads of a certificate, in the words of our own reader. */
import 'reflect-metadata';

import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  type Name,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509';

import type { CertificateFacts } from '../../../src/model/x509/certificate-reader';

/** The part of the facts that both readers know. */
export interface SharedFacts {
  readonly serialNumber: bigint;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly isCa: boolean;
  readonly pathLength?: number;
  readonly keyUsage?: readonly string[];
  readonly extendedKeyUsage?: readonly string[];
  readonly critical: readonly string[];
}

/** What `@peculiar/x509` reads. */
export function secondOpinion(der: Uint8Array): SharedFacts {
  const certificate = new X509Certificate(Uint8Array.from(der));
  const constraints = certificate.getExtension(BasicConstraintsExtension);
  const usages = certificate.getExtension(KeyUsagesExtension)?.usages;
  const uses = certificate.getExtension(ExtendedKeyUsageExtension)?.usages;
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  const valuesOf = (type: string): string[] => names.filter((name) => name.type === type).map(({ value }) => value);
  return {
    serialNumber: BigInt(`0x${certificate.serialNumber}`),
    subject: textOf(certificate.subjectName),
    issuer: textOf(certificate.issuerName),
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
    publicKey: Buffer.from(certificate.publicKey.rawData).toString('hex'),
    dnsNames: valuesOf('dns'),
    ipAddresses: valuesOf('ip').map(shortAddress),
    isCa: constraints?.ca ?? false,
    pathLength: numberOf(constraints?.pathLength),
    keyUsage: usages === undefined ? undefined : KEY_USAGES.filter((_name, bit) => (usages & (1 << bit)) !== 0),
    extendedKeyUsage: uses && Array.from(uses, (id) => EXTENDED_USES[String(id)] ?? String(id)),
    critical: Array.from(certificate.extensions)
      .filter(({ critical }) => critical)
      .map(({ type }) => type),
  };
}

/** The same of what our reader has read. */
export function sharedFacts(facts: CertificateFacts): SharedFacts {
  return {
    serialNumber: BigInt(`0x${facts.serialNumber}`),
    subject: facts.subject.text,
    issuer: facts.issuer.text,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    publicKey: facts.publicKey.identity,
    dnsNames: facts.dnsNames,
    ipAddresses: facts.ipAddresses.map(shortAddress),
    isCa: facts.isCa,
    pathLength: facts.pathLength,
    keyUsage: facts.keyUsage,
    extendedKeyUsage: facts.extendedKeyUsage,
    critical: facts.critical,
  };
}

function textOf(name: Name): string {
  const attributes = name.toJSON().flatMap((set) => Object.entries(set));
  return attributes.flatMap(([type, values]) => values.map((value) => `${TYPES[type] ?? type}=${value}`)).join(', ');
}

/** It has a text where the number is large, whatever its types say. */
function numberOf(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** One form for each address. */
export function shortAddress(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}

/** Short names that only one of the two readers has. */
const TYPES: Readonly<Record<string, string>> = {
  '2.5.4.5': 'serialNumber',
  '2.5.4.9': 'STREET',
  E: '1.2.840.113549.1.9.1',
  DC: '0.9.2342.19200300.100.1.25',
  SN: '2.5.4.4',
  T: '2.5.4.12',
  G: '2.5.4.42',
  I: '2.5.4.43',
};

const EXTENDED_USES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '2.5.29.37.0': 'anyExtendedKeyUsage',
};

/** By the number of their bit (RFC 5280, section 4.2.1.3). */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];
