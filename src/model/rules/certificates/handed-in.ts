import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { certificatesOf, certificatesProblem } from '../../x509/pem-certificates';

/** Certificates that were handed in: the certificate and its chain in one text. */
export function handedInFindings(subject: string, pem: string): readonly Finding[] {
  const detail = certificatesProblem(pem);
  return detail === undefined ? [] : [finding(HANDED_IN_PEM_ILLEGAL, { subject, detail })];
}

/** What is wrong with certificates that were handed in for nodes to trust. Absent if nothing is. */
export function trustPemProblem(pem: string): string | undefined {
  const noCa = certificatesOf(pem).find(({ isCa }) => !isCa);
  return certificatesProblem(pem) ?? (noCa && `${noCa.subject.text} is not a CA`);
}

export const TRUST_PEM_ILLEGAL = rule({
  code: 'trust-pem-illegal',
  severity: 'error',
  problem: 'cannot be trusted',
  expected: 'certificates of CAs as PEM, and nothing else',
  remedy: 'hand in the certificate of the root, and of each CA that nodes have to trust by itself',
  source: 'RFC 7468; RFC 5280 section 4.2.1.9; docs/issuers.md',
});

export const HANDED_IN_PEM_ILLEGAL = rule({
  code: 'handed-in-pem-illegal',
  severity: 'error',
  problem: 'is not what can be handed in',
  expected: 'the certificate and then its intermediate CAs, each as a block CERTIFICATE',
  remedy: 'hand in what the CA returned as PEM, and no key: convert DER with openssl x509 -inform der',
  source: 'RFC 7468; docs/issuers.md',
});

/** A member of a cluster whose key Terraform makes. */
export const CERTIFICATE_AWAITED = rule({
  code: 'certificate-awaited',
  severity: 'warning',
  problem: 'waits for its certificate: its issuer has none for it yet',
  expected: 'a certificate for the request that the deploy makes',
  remedy: 'deploy, have the request signed, which terraform output shows, hand the certificate in, and deploy again',
  source: 'docs/issuers.md',
});

export const CERTIFICATE_NOT_HANDED_IN = rule({
  code: 'certificate-not-handed-in',
  severity: 'error',
  problem: 'has not been handed in',
  expected: 'a certificate for each order of a SignedOutside; only a node of a cluster can wait for it',
  remedy:
    'have the request signed, and add the certificate to certificatePems under that id; a CA below cannot wait: use CaSource.imported(…)',
  source: 'docs/issuers.md',
});
