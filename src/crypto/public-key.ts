import { X509Certificate } from 'node:crypto';

/** The public key of a certificate, as PEM. Absent if Node cannot read it. */
export function publicKeyPem(certificate: Uint8Array): string | undefined {
  try {
    return new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    return undefined;
  }
}
