import { PUBLIC_MODE, SECRET_MODE } from '../files/file-set';
import type { NodeFile } from '../files/node-file';
import type { TlsPaths } from '../files/tls-paths';

/** A PEM text that only Terraform knows. */
export type PemPart = 'trust' | 'certificate' | 'chain' | 'privateKey';

/** The PEM texts, as tokens. A chain is absent if a trust anchor signed the certificate. */
export type PemTexts = Readonly<Partial<Record<PemPart, string>>>;

/** A file with known path and parts, whose text only Terraform knows. */
export interface PemFile extends Omit<NodeFile, 'content' | 'readAtBoot'> {
  readonly parts: readonly PemPart[];
}

/** The PEM files at these paths: the trust bundle first, then the identity. */
export function pemFiles(paths: TlsPaths): readonly PemFile[] {
  const trust = publicFile(paths.cacertfile, ['trust']);
  if (paths.keyfile === undefined) return [trust, secretFile(paths.certfile, ['privateKey', 'certificate', 'chain'])];
  return [trust, publicFile(paths.certfile, ['certificate', 'chain']), secretFile(paths.keyfile, ['privateKey'])];
}

function publicFile(path: string, parts: readonly PemPart[]): PemFile {
  return { path, parts, mode: PUBLIC_MODE, sensitive: false };
}

function secretFile(path: string, parts: readonly PemPart[]): PemFile {
  return { path, parts, mode: SECRET_MODE, sensitive: true };
}

/** Whether a file holds nothing but what a node trusts. */
export function isTrustBundle(file: NodeFile | PemFile): boolean {
  return 'parts' in file && file.parts.every((part) => part === 'trust');
}

/** Whether a file holds nothing but the private key. */
export function isKeyFile(file: NodeFile | PemFile): boolean {
  return 'parts' in file && file.parts.every((part) => part === 'privateKey');
}

/** The files with the PEM texts filled in. */
export function withPems(files: readonly (NodeFile | PemFile)[], texts: PemTexts): NodeFile[] {
  return files.map((file) => {
    if ('content' in file) return file;
    const { parts, ...rest } = file;
    const text = (wanted: readonly PemPart[]): string => wanted.map((part) => texts[part] ?? '').join('');
    const content = text(parts);
    if (!file.sensitive) return { ...rest, content };
    return { ...rest, content, publicContent: text(parts.filter((part) => part !== 'privateKey')) };
  });
}
