import type { SideFiles } from '../../erlang/options/tls-settings';
import { type CertificateFacts, readCertificate } from '../../x509/certificate-reader';
import type { CrlFacts } from '../../x509/crl-reader';
import { type PemBlock, readPem } from '../../x509/pem-reader';
import { type PrivateKeyFacts, readPrivateKey } from '../../x509/private-key-reader';
import { type FileAt, type FoundFile, textOf } from './found-file';

/** Questions that take cryptography to answer. `src/crypto/` answers them with Node. */
export interface Signatures {
  readonly isSignedBy: (certificate: CertificateFacts, issuer: CertificateFacts) => boolean;
  /** Absent if the type of the signature is not known here. */
  readonly isListSignedBy: (list: CrlFacts, issuer: CertificateFacts) => boolean | undefined;
  /** Absent if the key cannot be read, such as an encrypted one without its password. */
  readonly isPair: (certificate: CertificateFacts, keyPem: string, password?: string) => boolean | undefined;
  /** Whether the password is certainly wrong. */
  readonly isWrongPassword: (keyPem: string, password: string) => boolean;
  /** Eight digits, as `openssl x509 -subject_hash` prints them. */
  readonly nameHash: (canonicalName: Uint8Array) => string;
  readonly fingerprint: (certificate: CertificateFacts) => string;
}

/** Contents of a PEM text. */
interface PemText {
  /** Absent if it is not damaged. */
  readonly problem?: string;
  readonly certificates: readonly CertificateFacts[];
  readonly keys: readonly PrivateKeyFacts[];
  /** The text itself, to compare keys with certificates. Never printed. */
  readonly text: string;
}

/** A PEM file with its contents. */
export interface PemContent extends PemText {
  readonly file: FoundFile;
}

/** Whether a file was read and is not damaged. Damaged files are reported separately. */
export function isWhole(content: PemContent | undefined): content is PemContent {
  return content?.file.kind === 'file' && content.problem === undefined;
}

/** Certificates and key that one side of a node shows, and the CAs that it trusts. */
export interface Material {
  /** The certificate first, then the CAs between it and its root. */
  readonly identity?: PemContent;
  readonly key?: PemContent;
  readonly trust?: PemContent;
  /** Further files that the options name. */
  readonly others: readonly PemContent[];
}

/** Contents of texts that were read before: many nodes share one trust bundle. */
export type KnownPem = Map<string, PemText>;

export function readMaterial(files: SideFiles, fileAt: FileAt, known: KnownPem): Material {
  const read = (path: string): PemContent => readPemFile(fileAt(path), known);
  const content = (path: string | undefined): PemContent | undefined => (path === undefined ? undefined : read(path));
  const pairs = files.pairs.map(({ certfile, keyfile }) => ({ identity: content(certfile), key: content(keyfile) }));
  const [shown, ...more] = byPreference(pairs);
  return {
    ...shown,
    trust: content(files.cacertfile),
    others: [
      ...more.flatMap(({ identity, key }) => [identity, key]).filter((one) => one !== undefined),
      ...files.others.map(read),
    ],
  };
}

type Pair = Pick<Material, 'identity' | 'key'>;

/**
 * Pairs in the order in which OTP prefers the types of their keys (`available_cert_key_pairs` in
 * `erlang/otp:lib/ssl/src/ssl_certificate.erl`, `prioritize_groups` in `ssl_config.erl`; run on OTP 25, 27 and 29). A node presents the first one that the other node supports. Of several on one curve, the last one counts; of several RSA keys, the first
 * one, and on OTP 29 the shortest.
 */
function byPreference(pairs: readonly Pair[]): readonly Pair[] {
  const rank = ({ identity }: Pair): number => {
    const { kind = '', curve = '' } = identity?.certificates[0]?.publicKey ?? {};
    const place = KINDS.indexOf(kind === 'EC' ? curve : kind);
    return place < 0 ? KINDS.length : place;
  };
  const isEc = ({ identity }: Pair): boolean => identity?.certificates[0]?.publicKey.kind === 'EC';
  const inOrder = [...pairs.filter(isEc).reverse(), ...pairs.filter((one) => !isEc(one))];
  return inOrder.sort((one, other) => rank(one) - rank(other));
}

const KINDS = ['Ed25519', 'Ed448', 'P-521', 'P-384', 'P-256', 'RSASSA-PSS', 'RSA'];

function readPemFile(file: FoundFile, known: KnownPem): PemContent {
  const text = textOf(file);
  const isKeyAlone = file.lacksKey === true && text === '';
  if (file.kind !== 'file' || isKeyAlone) return { file, certificates: [], keys: [], text: '' };
  const content = known.get(text) ?? readPemText(text);
  known.set(text, content);
  return { file, ...content };
}

function readPemText(text: string): PemText {
  const { blocks, problem } = readPem(text);
  const certificates = blocks.filter(isCertificate).map(({ der }) => readCertificate(der));
  const damaged = certificates.includes(undefined) ? 'a certificate in it cannot be decoded' : undefined;
  return {
    problem: problem ?? damaged,
    certificates: certificates.filter((one) => one !== undefined),
    keys: blocks.map(readPrivateKey).filter((one) => one !== undefined),
    text,
  };
}

function isCertificate({ label }: PemBlock): boolean {
  return label === 'CERTIFICATE';
}

/** The certificate that a side shows. Absent if its file holds none. */
export function leafOf({ identity }: Material): CertificateFacts | undefined {
  return identity?.certificates[0];
}
