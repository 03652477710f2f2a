import { type ExtensionFacts, readExtensions } from './certificate-extensions';
import { type CertificateName, certificateName } from './certificate-reader';
import {
  contentOf,
  contextTag,
  type DerValue,
  ifWellFormed,
  MalformedDer,
  objectIdentifier,
  partsOf,
  readAll,
  readDer,
  TAG,
} from './der-reader';
import { type PublicKeyFacts, readPublicKey } from './public-key-reader';
import { type SignedFacts, signedValue } from './signed-value';

/** Contents of a certificate request (PKCS #10, RFC 2986). */
export interface RequestFacts extends ExtensionFacts, SignedFacts {
  readonly subject: CertificateName;
  readonly publicKey: PublicKeyFacts;
  /** The number of alternative names of other kinds than DNS names and addresses. */
  readonly otherNames: number;
}

/** Reads a certificate request. Absent if the bytes are not one. */
export function readRequest(der: Uint8Array): RequestFacts | undefined {
  return ifWellFormed(() => request(der));
}

function request(der: Uint8Array): RequestFacts {
  const { value, facts: signature } = signedValue(der);
  const [, subject, key, attributes] = partsOf(value);
  const extensions = requestedExtensions(attributes);
  const facts = readExtensions(extensions);
  return {
    ...facts,
    ...signature,
    subject: certificateName(subject),
    publicKey: readPublicKey(key),
    otherNames: alternativeNames(extensions).length - facts.dnsNames.length - facts.ipAddresses.length,
  };
}

/** The value of the attribute `extensionRequest` (RFC 2985 section 5.4.2): a set of one sequence. Absent if nothing is requested. */
function requestedExtensions(attributes: DerValue | undefined): DerValue | undefined {
  const all =
    attributes === undefined ? [] : readAll(contentOf(attributes, contextTag(0, true))).map((one) => partsOf(one));
  const [found, ...more] = all.filter(([id]) => objectIdentifier(id) === EXTENSION_REQUEST);
  if (more.length > 0) throw new MalformedDer('two lists of extensions');
  const values = found?.[1];
  return values && { tag: contextTag(3, true), content: values.content, whole: values.whole };
}

function alternativeNames(extensions: DerValue | undefined): readonly DerValue[] {
  const all = extensions === undefined ? [] : partsOf(readDer(extensions.content)).map((one) => partsOf(one));
  const names = all.find(([id]) => objectIdentifier(id) === ALTERNATIVE_NAMES)?.at(-1);
  return names === undefined ? [] : partsOf(readDer(contentOf(names, TAG.OCTET_STRING)));
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';
const ALTERNATIVE_NAMES = '2.5.29.17';
