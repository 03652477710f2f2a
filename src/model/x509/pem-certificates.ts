import { type CertificateFacts, readCertificate } from './certificate-reader';
import { readPem } from './pem-reader';

/** The certificates in a PEM text. What else it holds is left out. */
export function certificatesOf(pem: string): readonly CertificateFacts[] {
  return readPem(pem).blocks.flatMap(({ der }) => readCertificate(der) ?? []);
}

/** What is wrong with a text that is to hold certificates and nothing else. No text is shown: it may be a key. Absent if nothing is. */
export function certificatesProblem(pem: string): string | undefined {
  const { blocks, problem } = readPem(pem);
  if (problem !== undefined) return problem;
  const others = new Set(blocks.map(({ label }) => label).filter((label) => label !== 'CERTIFICATE'));
  if (others.size > 0) return `it holds ${[...others].join(', ')}`;
  return blocks.every(({ der }) => readCertificate(der) !== undefined)
    ? undefined
    : 'a certificate in it cannot be decoded';
}
