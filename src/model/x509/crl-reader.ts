import {
  contentOf,
  type DerValue,
  hex,
  instant,
  MalformedDer,
  objectIdentifier,
  partsOf,
  readDer,
  TAG,
} from './der-reader';
import { canonicalName, nameIdentity } from './name-reader';
import { signatureName } from './signature-algorithms';

/** What a revocation list says (RFC 5280, section 5). */
export interface CrlFacts {
  /** Of the CA, as `CertificateName.identity` has it. */
  readonly issuer: string;
  /** As `canonicalName` has it: files are named by its hash. */
  readonly canonicalIssuer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  /** Undefined where the list promises no next one. */
  readonly nextUpdate?: number;
  /** Serial numbers in hexadecimal. */
  readonly revoked: ReadonlySet<string>;
  /** What is signed, by what algorithm, and the signature. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

/** What the bytes say, or undefined where they are no revocation list. */
export function readCrl(der: Uint8Array): CrlFacts | undefined {
  try {
    return crl(der);
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}

function crl(der: Uint8Array): CrlFacts {
  const [signed, algorithm, signature] = partsOf(readDer(der));
  const fields = partsOf(signed);
  // The version is left out in version 1.
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
    // Before the bytes stands how many bits of the last one do not count.
    signature: contentOf(signature, TAG.BIT_STRING).subarray(1),
  };
}

function isTime({ tag }: DerValue): boolean {
  return tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME;
}

function serialNumber(entry: DerValue): string {
  return hex(contentOf(partsOf(entry)[0], TAG.INTEGER));
}
