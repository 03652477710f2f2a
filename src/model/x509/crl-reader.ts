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
  readAll,
  readDer,
  TAG,
} from './der-reader';
import { canonicalName, nameIdentity, nameText } from './name-reader';
import { type SignedFacts, signedValue } from './signed-value';

/** Contents of a revocation list (RFC 5280 section 5). */
export interface CrlFacts extends SignedFacts {
  readonly der: Uint8Array;
  /** The name of the CA, in the form of `CertificateName.identity`. */
  readonly issuer: string;
  /** The name of the CA, for display. */
  readonly issuerText: string;
  /** The name of the CA, in the form of `canonicalName`. Files are named after its hash. */
  readonly canonicalIssuer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  /** Absent if the list does not announce the next one. */
  readonly nextUpdate?: number;
  /** Absent if the list has no number. */
  readonly number?: bigint;
  /** Serial numbers in hexadecimal. */
  readonly revoked: ReadonlySet<string>;
  /** Each entry as it is encoded, in the order of the list. */
  readonly entries: readonly Uint8Array[];
  /** Whether it lists only what changed since another list. */
  readonly isDelta: boolean;
}

/** Reads a revocation list. Absent if the bytes are not one. */
export function readCrl(der: Uint8Array): CrlFacts | undefined {
  return ifWellFormed(() => crl(der));
}

function crl(der: Uint8Array): CrlFacts {
  const { value, facts: signature } = signedValue(der);
  const fields = partsOf(value);
  // Version 1 has no field for the version.
  const [, issuer, thisUpdate, ...rest] = fields[0]?.tag === TAG.INTEGER ? fields.slice(1) : fields;
  if (issuer === undefined) throw new MalformedDer('no issuer');
  const next = rest.slice(0, 1).find(isTime);
  const entries = rest.filter(({ tag }) => tag === TAG.SEQUENCE).flatMap((list) => partsOf(list));
  const extensions = extensionsIn(rest.find(({ tag }) => tag === contextTag(0, true)));
  return {
    ...signature,
    der,
    issuer: nameIdentity(issuer),
    issuerText: nameText(issuer).text,
    canonicalIssuer: canonicalName(issuer),
    thisUpdate: instant(thisUpdate),
    nextUpdate: next && instant(next),
    number: numberIn(extensions.get(CRL_NUMBER)),
    revoked: new Set(entries.map(serialNumber)),
    entries: entries.map(({ whole }) => whole),
    isDelta: extensions.has(DELTA_INDICATOR),
  };
}

const CRL_NUMBER = '2.5.29.20';

const DELTA_INDICATOR = '2.5.29.27';

/** The values of the extensions, by their identifiers. */
function extensionsIn(field: DerValue | undefined): ReadonlyMap<string, Uint8Array> {
  const list = field === undefined ? [] : readAll(field.content).flatMap((one) => partsOf(one));
  return new Map(
    list.map((one) => {
      const [id, ...rest] = partsOf(one);
      return [objectIdentifier(id), contentOf(rest.at(-1), TAG.OCTET_STRING)];
    }),
  );
}

function numberIn(value: Uint8Array | undefined): bigint | undefined {
  if (value === undefined) return undefined;
  const digits = hex(contentOf(readDer(value), TAG.INTEGER));
  return digits === '' ? undefined : BigInt(`0x${digits}`);
}

function isTime({ tag }: DerValue): boolean {
  return tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME;
}

function serialNumber(entry: DerValue): string {
  return hex(contentOf(partsOf(entry)[0], TAG.INTEGER));
}
