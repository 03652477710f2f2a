import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readPem } from '../../x509/pem-reader';

/** The PEM texts of an issuer that are known at synth. No text is shown: an issuer may have exchanged certificate and key. */
export function issuedFindings(
  subject: string,
  { certificatePem, chainPem }: { readonly certificatePem?: string; readonly chainPem?: string },
): readonly Finding[] {
  return [
    ...pemFindings(`certificatePem of the ${subject}`, certificatePem, 1),
    ...pemFindings(`chainPem of the ${subject}`, chainPem, Infinity),
  ];
}

function pemFindings(subject: string, text: string | undefined, most: number): readonly Finding[] {
  if (text === undefined) return [];
  const { blocks, problem } = readPem(text);
  const labels = blocks.map(({ label }) => label);
  const isRight = problem === undefined && labels.length <= most && labels.every((label) => label === 'CERTIFICATE');
  return isRight ? [] : [finding(ISSUED_PEM_ILLEGAL, { subject, detail: problem ?? `it holds ${labels.join(', ')}` })];
}

export const ISSUED_PEM_ILLEGAL = rule({
  code: 'issued-pem-illegal',
  severity: 'error',
  problem: 'is not what an issuer has to return',
  expected: 'one block CERTIFICATE as certificatePem, and nothing but blocks CERTIFICATE as chainPem',
  remedy: 'correct the method issue() of the issuer; leave chainPem out if there are no intermediate certificates',
  source: 'RFC 7468; ICertificateIssuer in API.md',
});
