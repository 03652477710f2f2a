import { PUBLIC_MODE, SECRET_MODE } from '../../model/files/file-set';
import type { NodeFile } from '../../model/files/node-file';
import type { TlsPaths } from '../../model/files/tls-paths';

/** PEM texts of a certificate and its key, as tokens. */
export interface Pems {
  readonly certificatePem: string;
  /** Absent if a trust anchor signed the certificate. */
  readonly chainPem?: string;
  readonly privateKeyPem: string;
  readonly bundlePem: string;
}

/** The PEM files at these paths: what is trusted first, then who one is. */
export function pemFiles(paths: TlsPaths, certificate: Pems, trustBundlePem: string): NodeFile[] {
  const trust = publicFile(paths.cacertfile, trustBundlePem);
  if (paths.keyfile === undefined) return [trust, secretFile(paths.certfile, certificate.bundlePem)];
  return [
    trust,
    publicFile(paths.certfile, `${certificate.certificatePem}${certificate.chainPem ?? ''}`),
    secretFile(paths.keyfile, certificate.privateKeyPem),
  ];
}

function publicFile(path: string, content: string): NodeFile {
  return { path, content, mode: PUBLIC_MODE, sensitive: false };
}

function secretFile(path: string, content: string): NodeFile {
  return { path, content, mode: SECRET_MODE, sensitive: true };
}
