import { refuse } from '../../model/findings/finding';
import { TRUST_PEM_ILLEGAL, trustPemProblem } from '../../model/rules/certificates/handed-in';
import { certificatesOf } from '../../model/rules/certificates/issued';
import { isToken, withFinalNewline } from '../terraform/tokens';
import type { TrustMaterial } from './issuer';

/** Certificates that the user hands in for nodes to trust. Those that are known at synth are read, and their end is known too. */
export function handedInTrust(subject: string, pem: string): TrustMaterial {
  const bundlePem = withFinalNewline(pem);
  if (isToken(pem)) return { bundlePem };
  const detail = trustPemProblem(pem);
  if (detail !== undefined) refuse(TRUST_PEM_ILLEGAL, { subject, detail });
  const ends = certificatesOf(pem).map(({ notAfter }) => notAfter);
  return { bundlePem, expiresAt: new Date(Math.min(...ends)).toISOString().replace(/\.\d+Z$/, 'Z') };
}
