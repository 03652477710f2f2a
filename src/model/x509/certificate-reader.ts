import { type ExtensionFacts, readExtensions } from './certificate-extensions';
import {
  contentOf,
  contextTag,
  type DerValue,
  hex,
  ifWellFormed,
  instant,
  MalformedDer,
  objectIdentifier,
  partsOf,
  readDer,
  TAG,
} from './der-reader';
import { nameIdentity, nameText } from './name-reader';
import { type PublicKeyFacts, readPublicKey } from './public-key-reader';
import { signatureName } from './signature-algorithms';

/** Contents of a certificate (RFC 5280). */
export interface CertificateFacts extends ExtensionFacts {
  readonly der: Uint8Array;
  /** In hexadecimal. */
  readonly serialNumber: string;
  readonly subject: CertificateName;
  readonly issuer: CertificateName;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKeyFacts;
  /** The usual name, or the object identifier if the library knows no name. */
  readonly signatureAlgorithm: string;
}

/** The name of a subject or an issuer. */
export interface CertificateName {
  /** For display. */
  readonly text: string;
  readonly commonName?: string;
  /** Equal for names that are equal by RFC 5280 section 7.1. */
  readonly identity: string;
}

/** Reads a certificate. Absent if the bytes are not one. */
export function readCertificate(der: Uint8Array): CertificateFacts | undefined {
  return ifWellFormed(() => certificate(der));
}

function certificate(der: Uint8Array): CertificateFacts {
  const [tbs, algorithm] = partsOf(readDer(der));
  const fields = partsOf(tbs);
  // Version 1 has no field for the version.
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
    ...readExtensions(optional.find(({ tag }) => tag === contextTag(3, true))),
  };
}

/** `CouchDB Root CA, generation 2026`: the organizational unit tells generations apart. */
export function nameWithUnit({ subject: { text, commonName } }: CertificateFacts): string {
  const unit = /(?:^|, )OU=([^,]*)/.exec(text)?.[1];
  return [commonName ?? text, ...(unit === undefined ? [] : [unit])].join(', ');
}

export function certificateName(value: DerValue | undefined): CertificateName {
  if (value === undefined) throw new MalformedDer('no name');
  return { ...nameText(value), identity: nameIdentity(value) };
}
