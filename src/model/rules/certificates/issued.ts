import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readIpAddress } from '../../network/ip-address';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { hex } from '../../x509/der-reader';
import { readPem } from '../../x509/pem-reader';

/** What was ordered, as far as it is known at synth. */
export interface Ordered {
  readonly subject: string;
  /** DNS names and IP addresses. */
  readonly names: readonly string[];
  readonly uses: readonly string[];
  readonly isCertificateAuthority: boolean;
  /** Absent if only Terraform knows it. */
  readonly publicKeyPem?: string;
}

/** Whether a certificate is what was ordered: for that key, with those names, for those uses. */
export function orderFindings(ordered: Ordered, certificate: CertificateFacts): readonly Finding[] {
  const { subject, names, uses, isCertificateAuthority, publicKeyPem } = ordered;
  const key = publicKeyPem === undefined ? undefined : readPem(publicKeyPem).blocks[0]?.der;
  const has = (name: string): boolean =>
    certificate.dnsNames.some((one) => one.toLowerCase() === name.toLowerCase()) ||
    certificate.ipAddresses.includes(readIpAddress(name)?.text ?? name);
  const missing = names.filter((name) => !has(name));
  const hasUses = isCertificateAuthority ? certificate.isCa : hasExtendedUses(certificate, uses);
  return [
    ...(key === undefined || hex(key) === certificate.publicKey.identity
      ? []
      : [finding(ISSUED_FOR_ANOTHER_KEY, { subject })]),
    ...missing.map((name) => finding(ISSUED_WITHOUT_NAME, { subject, got: name })),
    ...(hasUses ? [] : [finding(ISSUED_FOR_OTHER_USES, { subject, detail: usesText(uses) })]),
  ];
}

/** A certificate without extended key usage is for everything, so a tool with it could pose as a node. */
function hasExtendedUses({ extendedKeyUsage, isCa }: CertificateFacts, uses: readonly string[]): boolean {
  if (isCa) return false;
  if (!uses.includes('server_auth')) return extendedKeyUsage?.join() === 'clientAuth';
  return extendedKeyUsage === undefined || ['serverAuth', 'clientAuth'].every((use) => extendedKeyUsage.includes(use));
}

/** The uses of an order for a message. */
export function usesText(uses: readonly string[]): string {
  return `it was ordered for ${uses.join(', ')}`;
}

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

export const ISSUED_FOR_ANOTHER_KEY = rule({
  code: 'issued-for-another-key',
  severity: 'error',
  problem: 'is for another key than the request',
  expected: 'a certificate for the key of the request',
  remedy: 'sign the request of this node as it is now; a key that was replaced has a new request',
  source: 'docs/issuers.md; test/constructs/issuers/signed-outside.test.ts',
});

export const ISSUED_WITHOUT_NAME = rule({
  code: 'issued-without-name',
  severity: 'error',
  problem: 'is missing in the subject alternative names',
  expected: 'a certificate with every name of the request',
  remedy: 'let the issuer take the names of the request: a role, a template or a policy may remove them',
  source: 'host-not-in-certificate in docs/in-erlang.md; docs/issuers.md',
});

export const ISSUED_FOR_OTHER_USES = rule({
  code: 'issued-for-other-uses',
  severity: 'error',
  problem: 'has other uses than were ordered',
  expected:
    'serverAuth and clientAuth for a node, clientAuth alone for tools, the basic constraint CA for a CA: a tool with serverAuth could pose as a node',
  remedy: 'choose the role, template or profile of the issuer by the use; the CA may ignore what a request says',
  source: 'RFC 5280 section 4.2.1.12; extended-key-usage-missing in docs/in-erlang.md; docs/issuers.md',
});
