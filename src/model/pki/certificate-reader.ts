import {
  bitsOf,
  contentOf,
  contextTag,
  type DerValue,
  hex,
  instant,
  MalformedDer,
  objectIdentifier,
  partsOf,
  readDer,
  smallInteger,
  TAG,
} from './der-reader';
import { type NameSubtrees, nameText, readGeneralNames, readNameConstraints } from './name-reader';
import { type PublicKeyFacts, readPublicKey } from './public-key-reader';
import { signatureName } from './signature-algorithms';

/** What a certificate says (RFC 5280). */
export interface CertificateFacts {
  readonly der: Uint8Array;
  /** In hexadecimal. */
  readonly serialNumber: string;
  readonly subject: CertificateName;
  readonly issuer: CertificateName;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKeyFacts;
  /** By its usual name where this library knows one, else its object identifier. */
  readonly signatureAlgorithm: string;
  readonly dnsNames: readonly string[];
  /** In their usual form. */
  readonly ipAddresses: readonly string[];
  readonly isCa: boolean;
  readonly pathLength?: number;
  /** RFC 5280's names: `digitalSignature`, `keyCertSign`. Undefined where all are allowed. */
  readonly keyUsage?: readonly string[];
  /** `serverAuth`, `clientAuth`, or object identifiers. Undefined where all are allowed. */
  readonly extendedKeyUsage?: readonly string[];
  readonly nameConstraints?: NameSubtrees;
}

/** The name of a subject or an issuer. */
export interface CertificateName {
  /** For people. */
  readonly text: string;
  readonly commonName?: string;
  /** The encoded name in hexadecimal. OTP compares normalized names; names that Terraform writes are equal or are not. */
  readonly identity: string;
}

/** What the bytes say, or undefined where they are no certificate. */
export function readCertificate(der: Uint8Array): CertificateFacts | undefined {
  try {
    return certificate(der);
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}

function certificate(der: Uint8Array): CertificateFacts {
  const [tbs, algorithm] = partsOf(readDer(der));
  const fields = partsOf(tbs);
  // The version is left out in version 1.
  const [serial, , issuer, validity, subject, key, ...optional] =
    fields[0]?.tag === contextTag(0, true) ? fields.slice(1) : fields;
  const [notBefore, notAfter] = partsOf(validity);
  return {
    der,
    serialNumber: hex(contentOf(serial, TAG.INTEGER)),
    subject: certificateName(subject),
    issuer: certificateName(issuer),
    notBefore: instant(notBefore),
    notAfter: instant(notAfter),
    publicKey: readPublicKey(key),
    signatureAlgorithm: signatureName(objectIdentifier(partsOf(algorithm)[0])),
    ...extensionFacts(optional.find(({ tag }) => tag === contextTag(3, true))),
  };
}

function certificateName(value: DerValue | undefined): CertificateName {
  if (value === undefined) throw new MalformedDer('no name');
  return { ...nameText(value), identity: hex(value.whole) };
}

type ExtensionFacts = Pick<
  CertificateFacts,
  'dnsNames' | 'ipAddresses' | 'isCa' | 'pathLength' | 'keyUsage' | 'extendedKeyUsage' | 'nameConstraints'
>;

function extensionFacts(field: DerValue | undefined): ExtensionFacts {
  const list = field === undefined ? [] : partsOf(readDer(field.content));
  const values = new Map(list.map(extension));
  const [constraints, usage, extended, names, subtrees] = EXTENSIONS.map((id) => values.get(id));
  const [ca, pathLength] = constraints === undefined ? [] : partsOf(constraints);
  return {
    ...readGeneralNames(names),
    isCa: ca?.tag === TAG.BOOLEAN && ca.content[0] !== 0,
    pathLength: pathLength === undefined ? undefined : smallInteger(pathLength),
    keyUsage: usage && bitsOf(usage).map((bit) => KEY_USAGES[bit] ?? `bit ${bit}`),
    extendedKeyUsage: extended && partsOf(extended).map(extendedUse),
    nameConstraints: subtrees && readNameConstraints(subtrees),
  };
}

function extension(value: DerValue): readonly [id: string, value: DerValue] {
  const parts = partsOf(value);
  // Between the two stands whether it is critical, or nothing.
  return [objectIdentifier(parts[0]), readDer(contentOf(parts.at(-1), TAG.OCTET_STRING))];
}

function extendedUse(value: DerValue): string {
  const id = objectIdentifier(value);
  return EXTENDED_USES[id] ?? id;
}

/** Basic constraints, key usage, extended key usage, subject alternative name, name constraints. */
const EXTENSIONS = ['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.17', '2.5.29.30'];

/** RFC 5280, section 4.2.1.3, in the order of the bits. */
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

const EXTENDED_USES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '2.5.29.37.0': 'anyExtendedKeyUsage',
};
