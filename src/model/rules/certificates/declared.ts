import type { TlsVersions } from '../../erlang/options/tls-versions';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { KeyAlgorithm } from '../../pki/key-algorithm';
import { KEY_NEEDS_TLS_1_3 } from './key-types';
import { CERTIFICATE_OUTLIVES_ISSUER } from './validity';

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
    findings.push(finding(COMMON_NAME_EQUALS_ISSUER, { subject: `common name of the ${subject}`, got: commonName }));
  }
  if (validityHours > issuerValidityHours) {
    findings.push(
      finding(
        CERTIFICATE_OUTLIVES_ISSUER,
        {
          subject: `validityHours of the ${subject}`,
          got: validityHours,
          detail: `the CA's certificate is valid for ${issuerValidityHours}`,
        },
        'declared',
      ),
    );
  }
  return findings;
}

export const COMMON_NAME_EQUALS_ISSUER = rule({
  code: 'common-name-equals-issuer',
  severity: 'error',
  problem: 'is also the common name of its CA',
  expected: 'a name of its own: OTP treats such a certificate as self-issued and rejects it',
  remedy: 'rename the CA, or set commonName',
  source: 'certificate-self-issued in docs/in-erlang.md',
});

/** Ed25519 works with TLS 1.3 only; with 1.2 enabled as well, the nodes of a cluster still agree on 1.3. */
export function keyFindings(subject: string, key: KeyAlgorithm, versions: TlsVersions): readonly Finding[] {
  if (!key.requiresTls13 || versions._set !== '1.2 only') return [];
  return [
    finding(KEY_NEEDS_TLS_1_3, {
      subject,
      got: key.algorithm,
      detail: versions.names.join(', '),
    }),
  ];
}
