import { ipAddressOfBytes } from '../network/ip-address';
import {
  ascii,
  contextTag,
  type DerValue,
  MalformedDer,
  objectIdentifier,
  partsOf,
  readAll,
  readDer,
  TAG,
} from './der-reader';
import { encoded, joined } from './der-writer';

/** Names that a CA may sign for, and names that it may not (RFC 5280 section 4.2.1.10), of the kinds that distribution compares. */
export interface NameSubtrees {
  readonly permittedDnsNames: readonly string[];
  readonly excludedDnsNames: readonly string[];
  /** In the form of `CertificateName.identity`. */
  readonly permittedNames: readonly string[];
  readonly excludedNames: readonly string[];
  /** Whether any of the constraints is on addresses. */
  readonly hasAddresses: boolean;
}

/** A distinguished name for display, the most significant part first, and its common name. */
export function nameText(value: DerValue): { readonly text: string; readonly commonName?: string } {
  const attributes = partsOf(value).flatMap((set) => partsOf(set, TAG.SET).map(attribute));
  return {
    text: attributes.map(([name, text]) => `${name}=${text}`).join(', '),
    commonName: attributes.filter(([name]) => name === 'CN').at(-1)?.[1],
  };
}

/** A text that is the same for equal names (RFC 5280 section 7.1): string types, letter case and repeated blanks make no difference. */
export function nameIdentity(value: DerValue): string {
  const attributes = partsOf(value).map((set) => partsOf(set, TAG.SET).map(attribute).map(normalized).sort());
  return JSON.stringify(attributes);
}

/** The same of a name of which every attribute is a set of its own, such as `CN`, in their order. */
export function identityOfAttributes(attributes: readonly (readonly [name: string, text: string])[]): string {
  return JSON.stringify(attributes.map((one) => [normalized(one)]));
}

/**
 * The bytes that `openssl x509 -subject_hash` and `public_key:short_name_hash/1` hash: the attributes in UTF-8, in lower case, with single blanks,
 * and without the enclosing sequence (`X509_NAME_hash_ex` in OpenSSL).
 */
export function canonicalName(value: DerValue): Uint8Array {
  const sets = partsOf(value).map((set) => encoded(TAG.SET, joined(partsOf(set, TAG.SET).map(canonicalAttribute))));
  return joined(sets);
}

function canonicalAttribute(value: DerValue): Uint8Array {
  const [type, text] = partsOf(value);
  if (type === undefined || text === undefined) throw new MalformedDer('an attribute without a value');
  const letters = attributeText(text)
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[A-Z]/g, (one) => one.toLowerCase());
  return encoded(TAG.SEQUENCE, joined([type.whole, encoded(UTF8_STRING, new TextEncoder().encode(letters))]));
}

function normalized([name, text]: readonly [name: string, text: string]): string {
  return `${name}=${text.trim().replace(/\s+/g, ' ').toLowerCase()}`;
}

/** Alternative names of the two kinds that distribution compares with hosts. */
export function readGeneralNames(value: DerValue | undefined): { dnsNames: string[]; ipAddresses: string[] } {
  const names = value === undefined ? [] : partsOf(value);
  const contents = (tag: number): Uint8Array[] => names.filter((one) => one.tag === tag).map(({ content }) => content);
  return { dnsNames: contents(DNS_NAME).map(ascii), ipAddresses: contents(IP_ADDRESS).map(ipText) };
}

export function readNameConstraints(value: DerValue): NameSubtrees {
  const fields = partsOf(value);
  const bases = (number: number): readonly (DerValue | undefined)[] =>
    fields
      .filter(({ tag }) => tag === contextTag(number, true))
      .flatMap(({ content }) => readAll(content).map((subtree) => partsOf(subtree)[0]));
  const names = (number: number): string[] =>
    bases(number).flatMap((base) => (base?.tag === DNS_NAME ? [ascii(base.content)] : []));
  const hasAddresses = [...bases(0), ...bases(1)].some((base) => base?.tag === IP_ADDRESS);
  const subjects = (number: number): string[] =>
    bases(number).flatMap((base) => (base?.tag === DIRECTORY_NAME ? [nameIdentity(readDer(base.content))] : []));
  return {
    permittedDnsNames: names(0),
    excludedDnsNames: names(1),
    permittedNames: subjects(0),
    excludedNames: subjects(1),
    hasAddresses,
  };
}

const DNS_NAME = contextTag(2, false);
const DIRECTORY_NAME = contextTag(4, true);
const IP_ADDRESS = contextTag(7, false);

function attribute(value: DerValue): readonly [name: string, text: string] {
  const [type, text] = partsOf(value);
  if (text === undefined) throw new MalformedDer('an attribute without a value');
  const id = objectIdentifier(type);
  return [ATTRIBUTES[id] ?? id, attributeText(text)];
}

/** `BMPString` has two bytes for each character; the other types are read as UTF-8. */
function attributeText({ tag, content }: DerValue): string {
  if (tag !== BMP_STRING) return new TextDecoder().decode(content);
  return new TextDecoder('utf-16be').decode(content);
}

const BMP_STRING = 0x1e;
const UTF8_STRING = 0x0c;

/** Short names of attributes: those of RFC 4514 section 3, and `serialNumber`. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

function ipText(bytes: Uint8Array): string {
  const address = ipAddressOfBytes(bytes);
  if (address === undefined) throw new MalformedDer('an address of another length');
  return address.text;
}
