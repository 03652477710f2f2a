import { type CertificateFacts, readCertificate } from '../pki/certificate-reader';
import { type PemBlock, readPem } from '../pki/pem-reader';
import { type PrivateKeyFacts, readPrivateKey } from '../pki/private-key-reader';
import { type FileAt, type FoundFile, textOf } from './found-file';
import type { SideFiles } from './tls-settings';

/** What only cryptography can say. The command line asks Node for it. */
export interface Signatures {
  readonly isSignedBy: (certificate: CertificateFacts, issuer: CertificateFacts) => boolean;
  /** Undefined where the key cannot be read, as an encrypted one. */
  readonly isPair: (certificate: CertificateFacts, keyPem: string) => boolean | undefined;
  readonly fingerprint: (certificate: CertificateFacts) => string;
}

/** One PEM file and what is in it. */
export interface PemContent {
  readonly file: FoundFile;
  /** Undefined where it is whole. */
  readonly problem?: string;
  readonly certificates: readonly CertificateFacts[];
  readonly keys: readonly PrivateKeyFacts[];
  /** Its text, for whoever compares keys. Never printed. */
  readonly text: string;
}

/** What one side of a node shows and trusts. */
export interface Material {
  /** The certificate comes first, then what leads to its CA. */
  readonly identity?: PemContent;
  readonly key?: PemContent;
  readonly trust?: PemContent;
}

export function readMaterial({ certfile, keyfile, cacertfile }: SideFiles, fileAt: FileAt): Material {
  const content = (path: string | undefined): PemContent | undefined =>
    path === undefined ? undefined : readPemFile(fileAt(path));
  return { identity: content(certfile), key: content(keyfile), trust: content(cacertfile) };
}

export function readPemFile(file: FoundFile): PemContent {
  if (file.kind !== 'file') return { file, certificates: [], keys: [], text: '' };
  const text = textOf(file);
  const { blocks, problem } = readPem(text);
  const certificates = blocks.filter(isCertificate).map(({ der }) => readCertificate(der));
  const damaged = certificates.includes(undefined) ? 'a certificate in it cannot be decoded' : undefined;
  return {
    file,
    problem: problem ?? damaged,
    certificates: certificates.filter((one) => one !== undefined),
    keys: blocks.map(readPrivateKey).filter((one) => one !== undefined),
    text,
  };
}

function isCertificate({ label }: PemBlock): boolean {
  return label === 'CERTIFICATE';
}

/** The certificate that a side shows. */
export function leafOf({ identity }: Material): CertificateFacts | undefined {
  return identity?.certificates[0];
}

/** What a side can send along: what is behind its certificate, and what it trusts itself. */
export function candidatesOf({ identity, trust }: Material): readonly CertificateFacts[] {
  return [...(identity?.certificates ?? []), ...(trust?.certificates ?? [])];
}

/**
 * From a certificate to one that signed itself, as OTP finds it: each issuer among what is sent along, or among what is trusted. The last
 * one is where it breaks off, if it does not end at its own issuer.
 */
export function chainOf(
  leaf: CertificateFacts,
  candidates: readonly CertificateFacts[],
  { isSignedBy }: Signatures,
): readonly CertificateFacts[] {
  const chain = [leaf];
  for (let last = leaf; last.issuer.identity !== last.subject.identity && chain.length <= candidates.length;) {
    const current = last;
    const issuer = candidates.find(
      (one) => one.subject.identity === current.issuer.identity && isSignedBy(current, one),
    );
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}
