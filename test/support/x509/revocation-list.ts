/** Revocation lists for what is only declared: no CA has signed them. */
import { writeCrl, writeEntry, writeSigned } from '../../../src/model/x509/crl-writer';
import { contextTag, partsOf, readDer, TAG } from '../../../src/model/x509/der-reader';
import { encoded, encodedIdentifier, joined } from '../../../src/model/x509/der-writer';
import { writePem } from '../../../src/model/x509/pem-writer';

export interface ListWish {
  /** @default - the name of a generation's CA in a cluster of CouchDB */
  readonly name?: readonly (readonly [id: string, text: string])[];
  /** @default 1 */
  readonly generation?: string;
  readonly thisUpdate?: number;
  readonly nextUpdate?: number;
  readonly revoked?: readonly string[];
  /** Without a next update. */
  readonly isEndless?: boolean;
  readonly isDelta?: boolean;
}

const UNIT = '2.5.4.11';
const COMMON_NAME = '2.5.4.3';

/** A list as PEM. */
export function revocationList({
  generation = '1',
  name = [
    [UNIT, `generation ${generation}`],
    [COMMON_NAME, 'CouchDB Root CA'],
  ],
  thisUpdate = Date.UTC(2027, 0, 1),
  nextUpdate = Date.UTC(2027, 0, 31),
  revoked = [],
  isEndless = false,
  isDelta = false,
}: ListWish = {}): string {
  const entries = revoked.map((serialNumber) => writeEntry({ serialNumber, revokedAt: thisUpdate }));
  const content = { issuer: nameOf(name), keyId: Uint8Array.of(1), number: 1n, thisUpdate, nextUpdate, entries };
  const signed = changed(writeSigned(content, 'Ed25519'), isEndless, isDelta);
  return writePem('X509 CRL', writeCrl(signed, 'Ed25519', new Uint8Array(64)));
}

/** What no list of ours has. */
function changed(signed: Uint8Array, isEndless: boolean, isDelta: boolean): Uint8Array {
  const fields = partsOf(readDer(signed)).map(({ whole }) => whole);
  const indicator = joined([encodedIdentifier('2.5.29.27'), encoded(TAG.OCTET_STRING, Uint8Array.of(2, 1, 1))]);
  const extensions = encoded(TAG.SEQUENCE, encoded(TAG.SEQUENCE, indicator));
  const kept = isEndless ? fields.filter((_field, index) => index !== 4) : fields;
  return encoded(
    TAG.SEQUENCE,
    joined(isDelta ? [...kept.slice(0, -1), encoded(contextTag(0, true), extensions)] : kept),
  );
}

function nameOf(attributes: readonly (readonly [id: string, text: string])[]): Uint8Array {
  const sets = attributes.map(([id, text]) => {
    const value = encoded(UTF8_STRING, new TextEncoder().encode(text));
    return encoded(TAG.SET, encoded(TAG.SEQUENCE, joined([encodedIdentifier(id), value])));
  });
  return encoded(TAG.SEQUENCE, joined(sets));
}

const UTF8_STRING = 0x0c;
