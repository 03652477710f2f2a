import type { TlsVersions } from '../../erlang/options/tls-versions';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { KeyAlgorithm } from '../../pki/key-algorithm';
import { KEY_NEEDS_TLS_1_3 } from './key-types';
import { CERTIFICATE_OUTLIVES_ISSUER } from './validity';

/** OTP rejects a certificate that has the common name of its CA. */
export function commonNameFindings(
  subject: string,
  commonName: string,
  issuerCommonName: string | undefined,
): readonly Finding[] {
  if (commonName !== issuerCommonName) return [];
  return [finding(COMMON_NAME_EQUALS_ISSUER, { subject: `common name of the ${subject}`, got: commonName })];
}

export const COMMON_NAME_EQUALS_ISSUER = rule({
  code: 'common-name-equals-issuer',
  severity: 'error',
  problem: 'is also the common name of its CA',
  expected: 'a name of its own: OTP treats such a certificate as self-issued and rejects it',
  remedy: 'rename the CA, or set commonName',
  source: 'certificate-self-issued in docs/in-erlang.md',
});

/** A certificate must not outlive the certificate of its CA. */
export function validityFindings(
  subject: string,
  validityHours: number,
  issuerValidityHours: number | undefined,
): readonly Finding[] {
  if (issuerValidityHours === undefined || validityHours <= issuerValidityHours) return [];
  const detail = `the CA's certificate is valid for ${issuerValidityHours}`;
  return [
    finding(
      CERTIFICATE_OUTLIVES_ISSUER,
      { subject: `validityHours of the ${subject}`, got: validityHours, detail },
      'declared',
    ),
  ];
}

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
