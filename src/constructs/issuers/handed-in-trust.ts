import { refuse } from '../../model/findings/finding';
import { TRUST_PEM_ILLEGAL, trustPemProblem } from '../../model/rules/certificates/handed-in';
import { secondsText } from '../../model/x509/calendar';
import { certificatesOf } from '../../model/x509/pem-certificates';
import { isToken, withFinalNewline } from '../terraform/tokens';
import type { TrustMaterial } from './issuer';

/** Certificates that the user hands in for nodes to trust. Those that are known at synth are read, and their end is known too. */
export function handedInTrust(subject: string, pem: string): TrustMaterial {
  const bundlePem = withFinalNewline(pem);
  if (isToken(pem)) return { bundlePem };
  const detail = trustPemProblem(pem);
  if (detail !== undefined) refuse(TRUST_PEM_ILLEGAL, { subject, detail });
  const ends = certificatesOf(pem).map(({ notAfter }) => notAfter);
  return { bundlePem, expiresAt: secondsText(Math.min(...ends)) };
}
