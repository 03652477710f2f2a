import {
  contentOf,
  contextTag,
  ifWellFormed,
  MalformedDer,
  objectIdentifier,
  partsOf,
  readDer,
  TAG,
} from './der-reader';
import { canonicalName } from './name-reader';

/** What a revocation list repeats of the certificate of its CA, as it is encoded there. */
export interface ListIssuer {
  readonly name: Uint8Array;
  /** In the form of `CrlFacts.canonicalIssuer`. */
  readonly canonicalName: Uint8Array;
  /** Absent if the certificate has no id of its key. */
  readonly keyId?: Uint8Array;
  /** The bits of the key, from which an id can be made (RFC 5280 section 4.2.1.2). */
  readonly key: Uint8Array;
}

/** Reads the certificate of a CA. Absent if the bytes are not one. */
export function listIssuer(der: Uint8Array): ListIssuer | undefined {
  return ifWellFormed(() => {
    const [tbs] = partsOf(readDer(der));
    const fields = partsOf(tbs);
    // Version 1 has no field for the version.
    const [, , , , subject, key, ...optional] = fields[0]?.tag === contextTag(0, true) ? fields.slice(1) : fields;
    if (subject === undefined) throw new MalformedDer('no name');
    const field = optional.find(({ tag }) => tag === contextTag(3, true));
    const extensions = field === undefined ? [] : partsOf(readDer(field.content)).map((one) => partsOf(one));
    const own = extensions.find(([id]) => objectIdentifier(id) === SUBJECT_KEY)?.at(-1);
    return {
      name: subject.whole,
      canonicalName: canonicalName(subject),
      keyId: own && contentOf(readDer(contentOf(own, TAG.OCTET_STRING)), TAG.OCTET_STRING),
      key: contentOf(partsOf(key)[1], TAG.BIT_STRING).subarray(1),
    };
  });
}

const SUBJECT_KEY = '2.5.29.14';
