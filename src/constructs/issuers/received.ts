import type { Construct } from 'constructs';

import { checkedResult } from '../../model/api/check-call';
import { ISSUED_PEM_ILLEGAL, issuedFindings } from '../../model/rules/certificates/issued';
import { guardPublicText } from '../terraform/public-text';
import { report } from '../terraform/report';
import { isToken, withFinalNewline } from '../terraform/tokens';
import { hasFinalNewlines } from './final-newlines';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate } from './issuer';

/** Orders a certificate. It is judged as far as it is known, and has a newline after each PEM text, because files and bundles join them. */
export function issueFrom(scope: Construct, issuer: ICertificateIssuer, order: CertificateOrder): IssuedCertificate {
  const issued = checkedResult('ICertificateIssuer.issue', issuer.issue(scope, order));
  if (hasFinalNewlines(issued)) return issued;
  const { certificatePem, chainPem, expiresAt, resources } = issued;
  const texts = { certificatePem: literal(certificatePem), chainPem: literal(chainPem) };
  report(scope, issuedFindings(order.subject, texts));
  for (const [name, text = ''] of Object.entries({ certificatePem, chainPem })) {
    guardPublicText(scope, ISSUED_PEM_ILLEGAL, `${name} of the ${order.subject}`, text);
  }
  return {
    ...{ expiresAt, resources },
    certificatePem: withFinalNewline(certificatePem),
    chainPem: chainPem && withFinalNewline(chainPem),
  };
}

/** The text, if no part of it is known to Terraform only. */
function literal(text: string | undefined): string | undefined {
  return text === undefined || isToken(text) ? undefined : text;
}
