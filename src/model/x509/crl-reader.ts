import {
  contentOf,
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
import { canonicalName, nameIdentity } from './name-reader';
import { signatureName } from './signature-algorithms';

/** Contents of a revocation list (RFC 5280 section 5). */
export interface CrlFacts {
  /** The name of the CA, in the form of `CertificateName.identity`. */
  readonly issuer: string;
  /** The name of the CA, in the form of `canonicalName`. Files are named after its hash. */
  readonly canonicalIssuer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  /** Absent if the list does not announce the next one. */
  readonly nextUpdate?: number;
  /** Serial numbers in hexadecimal. */
  readonly revoked: ReadonlySet<string>;
  /** The signed bytes, the algorithm and the signature. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

/** Reads a revocation list. Absent if the bytes are not one. */
export function readCrl(der: Uint8Array): CrlFacts | undefined {
  return ifWellFormed(() => crl(der));
}

function crl(der: Uint8Array): CrlFacts {
  const [signed, algorithm, signature] = partsOf(readDer(der));
  const fields = partsOf(signed);
  // Version 1 has no field for the version.
  const [, issuer, thisUpdate, ...rest] = fields[0]?.tag === TAG.INTEGER ? fields.slice(1) : fields;
  if (issuer === undefined) throw new MalformedDer('no issuer');
  const next = rest[0] !== undefined && isTime(rest[0]) ? rest[0] : undefined;
  const entries = rest.find(({ tag }) => tag === TAG.SEQUENCE);
  return {
    issuer: nameIdentity(issuer),
    canonicalIssuer: canonicalName(issuer),
    thisUpdate: instant(thisUpdate),
    nextUpdate: next && instant(next),
    revoked: new Set((entries === undefined ? [] : partsOf(entries)).map(serialNumber)),
    signed: signed?.whole ?? new Uint8Array(),
    signatureAlgorithm: signatureName(objectIdentifier(partsOf(algorithm)[0])),
    // The first byte is the number of unused bits in the last one.
    signature: contentOf(signature, TAG.BIT_STRING).subarray(1),
  };
}

function isTime({ tag }: DerValue): boolean {
  return tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME;
}

function serialNumber(entry: DerValue): string {
  return hex(contentOf(partsOf(entry)[0], TAG.INTEGER));
}
