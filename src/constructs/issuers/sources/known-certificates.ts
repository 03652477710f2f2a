import type { Construct } from 'constructs';

import { SIGNATURES } from '../../../crypto/signatures';
import { describe, finding } from '../../../model/findings/finding';
import { ISSUER_NOT_A_CA } from '../../../model/rules/certificates/chain';
import {
  AUTHORITY_PEM_ILLEGAL,
  readDeclared,
  trustedFindings,
} from '../../../model/rules/certificates/declared-authority';
import { isExpression } from '../../../model/terraform/token-text';
import { secondsText } from '../../../model/x509/calendar';
import type { CertificateFacts } from '../../../model/x509/certificate-reader';
import { writePem } from '../../../model/x509/pem-writer';
import { certificateData } from '../../terraform/certificate-data';
import { sha256 } from '../../terraform/checksums';
import { IDS } from '../../terraform/ids';
import { guardPublicText, isPublic } from '../../terraform/public-text';
import { report, within } from '../../terraform/report';
import { isToken, withFinalNewline } from '../../terraform/tokens';
import type { SourcedGeneration } from './source';

/** Certificates in a PEM text. */
export interface PemCertificates {
  /** The text of the certificates alone, if they are known; else as it was given, with a line break at its end. */
  readonly pem: string;
  /** Empty if only Terraform knows the text. */
  readonly known: readonly CertificateFacts[];
}

/** Reads certificates that a user hands in. Terraform sees nothing of what stands between the blocks. */
export function readCertificates(scope: Construct, subject: string, pem: string): PemCertificates {
  if (isToken(pem) || isExpression(pem)) {
    guardPublicText(scope, AUTHORITY_PEM_ILLEGAL, subject, pem);
    return { pem: withFinalNewline(pem), known: [] };
  }
  const known = within(scope, () => readDeclared(subject, pem));
  return { pem: known.map(pemOf).join(''), known };
}

export function pemOf({ der }: CertificateFacts): string {
  return writePem('CERTIFICATE', der);
}

/** What nodes trust, judged as far as it is known. */
export function trusted(
  scope: Construct,
  subject: string,
  pem: string,
  expiresAt?: string,
): Omit<SourcedGeneration, 'known'> {
  const read = readCertificates(scope, subject, pem);
  report(scope, trustedFindings(subject, read.known, SIGNATURES));
  return {
    trustPem: read.pem,
    trustKey: read.known.length > 0 ? read.pem : pem,
    identity: sha256(read.pem),
    lastExpiresAt:
      read.known.length > 1 ? secondsText(Math.max(...read.known.map(({ notAfter }) => notAfter))) : undefined,
    ...(expiresAt ? { expiresAt } : validityIn(scope, read)),
    ...(read.known.length > 0 && {
      // Of several, one that is valid is enough.
      validFrom: secondsText(Math.min(...read.known.map(({ notBefore }) => notBefore))),
    }),
  };
}

/** When the certificates are valid, as Terraform reads it if they are not known. */
export function validityIn(
  scope: Construct,
  { pem, known }: PemCertificates,
): Pick<SourcedGeneration, 'expiresAt' | 'validFrom'> {
  if (known.length > 0) return validityOf(known);
  const subject = `PEM of CA generation "${scope.node.id}"`;
  const precondition = [isPublic(scope, AUTHORITY_PEM_ILLEGAL, subject, pem)];
  const notOfCa = describe(finding(ISSUER_NOT_A_CA, { subject: `a certificate in the ${subject}` }));
  const { notAfter } = certificateData(scope, IDS.READ, pem, { precondition, notOfCa });
  return { expiresAt: notAfter };
}

/** The time in which all of them are valid. */
function validityOf(known: readonly CertificateFacts[]): Pick<SourcedGeneration, 'expiresAt' | 'validFrom'> {
  return {
    expiresAt: secondsText(Math.min(...known.map(({ notAfter }) => notAfter))),
    validFrom: secondsText(Math.max(...known.map(({ notBefore }) => notBefore))),
  };
}
