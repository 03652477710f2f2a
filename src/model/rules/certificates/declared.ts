import type { TlsVersions } from '../../erlang/options/tls-versions';
import { type Finding, finding } from '../../errors';
import type { KeyAlgorithm } from '../../pki/key-algorithm';

/** A certificate and the CA that signs it, as far as they are known before anything is issued. */
export interface IssuePlan {
  readonly subject: string;
  readonly commonName: string;
  readonly validityHours: number;
  readonly issuerCommonName: string;
  readonly issuerValidityHours: number;
}

export function issueFindings(plan: IssuePlan): readonly Finding[] {
  const { subject, commonName, validityHours, issuerCommonName, issuerValidityHours } = plan;
  const findings: Finding[] = [];
  if (commonName === issuerCommonName) {
    findings.push(finding('common-name-equals-issuer', { subject: `common name of the ${subject}`, got: commonName }));
  }
  if (validityHours > issuerValidityHours) {
    findings.push(
      finding('certificate-outlives-issuer', {
        subject: `validityHours of the ${subject}`,
        got: validityHours,
        detail: `the CA's certificate is valid for ${issuerValidityHours}`,
      }),
    );
  }
  return findings;
}

/** Ed25519 works with TLS 1.3 only; with 1.2 enabled as well, the nodes of a cluster still agree on 1.3. */
export function keyFindings(subject: string, key: KeyAlgorithm, versions: TlsVersions): readonly Finding[] {
  if (!key.requiresTls13 || versions._set !== '1.2 only') return [];
  return [
    finding('key-needs-tls-1-3', {
      subject: `key of the ${subject}`,
      got: key.algorithm,
      detail: versions.names.join(', '),
    }),
  ];
}
