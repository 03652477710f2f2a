import type { PictureCertificate, Validity } from './picture';

/** What the instant means for a certificate. */
export type Standing = 'ended' | 'not yet valid' | 'renewal due' | 'valid';

export function standingOf(certificate: Validity & Pick<PictureCertificate, 'renewFrom'>, now: number): Standing {
  const { notBefore, notAfter, renewFrom } = certificate;
  if (notAfter < now) return 'ended';
  if (notBefore > now) return 'not yet valid';
  return renewFrom !== undefined && renewFrom <= now ? 'renewal due' : 'valid';
}
