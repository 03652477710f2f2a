import type { PictureCertificate, Validity } from './picture';

/** State of a certificate at an instant. */
export type Standing = 'expired' | 'not yet valid' | 'renewal due' | 'valid';

export function standingOf(certificate: Validity & Pick<PictureCertificate, 'renewFrom'>, now: number): Standing {
  const { notBefore, notAfter, renewFrom } = certificate;
  if (notAfter < now) return 'expired';
  if (notBefore > now) return 'not yet valid';
  return renewFrom !== undefined && renewFrom <= now ? 'renewal due' : 'valid';
}
