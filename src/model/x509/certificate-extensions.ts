import { bitsOf, contentOf, type DerValue, objectIdentifier, partsOf, readDer, smallInteger, TAG } from './der-reader';
import { type NameSubtrees, readGeneralNames, readNameConstraints } from './name-reader';

/** Contents of the extensions of a certificate (RFC 5280 section 4.2.1). */
export interface ExtensionFacts {
  readonly dnsNames: readonly string[];
  /** In canonical form (`IpAddress.text`). */
  readonly ipAddresses: readonly string[];
  readonly isCa: boolean;
  readonly pathLength?: number;
  /** Names as in RFC 5280: `digitalSignature`, `keyCertSign`. Absent if every usage is allowed. */
  readonly keyUsage?: readonly string[];
  /** `serverAuth`, `clientAuth`, or object identifiers. Absent if every usage is allowed. */
  readonly extendedKeyUsage?: readonly string[];
  readonly nameConstraints?: NameSubtrees;
  /** Object identifiers of the critical extensions. A verifier that does not know one of them has to reject the certificate. */
  readonly critical: readonly string[];
}

export function readExtensions(field: DerValue | undefined): ExtensionFacts {
  const list = field === undefined ? [] : partsOf(readDer(field.content));
  const extensions = list.map(extension);
  const [constraints, usage, extended, names, subtrees] = EXTENSIONS.map((id) => {
    const bytes = extensions.find((one) => one.id === id)?.bytes;
    return bytes && readDer(bytes);
  });
  // A certificate that is not a CA may omit the flag, and have a path length all the same.
  const basic = constraints === undefined ? [] : partsOf(constraints);
  const [ca, pathLength] = [TAG.BOOLEAN, TAG.INTEGER].map((tag) => basic.find((part) => part.tag === tag));
  return {
    ...readGeneralNames(names),
    isCa: ca !== undefined && ca.content[0] !== 0,
    pathLength: pathLength === undefined ? undefined : smallInteger(pathLength),
    keyUsage: usage && bitsOf(usage).map((bit) => KEY_USAGES[bit] ?? `bit ${bit}`),
    extendedKeyUsage: extended && partsOf(extended).map(extendedUse),
    nameConstraints: subtrees && readNameConstraints(subtrees),
    critical: extensions.filter(({ isCritical }) => isCritical).map(({ id }) => id),
  };
}

interface Extension {
  readonly id: string;
  readonly isCritical: boolean;
  /** DER in the extensions of RFC 5280; any bytes in private ones. */
  readonly bytes: Uint8Array;
}

function extension(value: DerValue): Extension {
  const [id, ...rest] = partsOf(value);
  const [critical] = rest;
  return {
    id: objectIdentifier(id),
    isCritical: critical?.tag === TAG.BOOLEAN && critical.content[0] !== 0,
    bytes: contentOf(rest.at(-1), TAG.OCTET_STRING),
  };
}

function extendedUse(value: DerValue): string {
  const id = objectIdentifier(value);
  return EXTENDED_USES[id] ?? id;
}

/** Basic constraints, key usage, extended key usage, subject alternative name, name constraints. */
const EXTENSIONS = ['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.17', '2.5.29.30'];

/** In the order of the bits (RFC 5280 section 4.2.1.3). */
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
