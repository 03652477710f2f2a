import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';

/** Critical extensions that OTP does not know, for which it rejects the certificate. */
export function extensionFindings(
  subject: string,
  { critical }: CertificateFacts,
  releases: Releases,
): readonly Finding[] {
  const knowsPolicies = releases.every('knowsCertificatePolicies');
  return critical
    .filter((id) => !KNOWN.has(id) && !(knowsPolicies && POLICIES.has(id)))
    .map((got) => finding(CRITICAL_EXTENSION_UNKNOWN, { subject, got }));
}

export const CRITICAL_EXTENSION_UNKNOWN = rule({
  code: 'critical-extension-unknown',
  severity: 'error',
  problem: 'has a critical extension that OTP does not know',
  expected: 'no critical extension but key usage, names, constraints and, from OTP 27 on, policies',
  remedy: 'issue a certificate without it, or do not mark it as critical',
  inErlang: 'the other node logs "Unsupported Certificate"',
  source:
    'RFC 5280 section 4.2; validate_extensions in erlang/otp:lib/public_key/src/pubkey_cert.erl; docs/in-erlang.md',
});

/** Key usage, subject alternative name, basic constraints, name constraints, extended key usage (RFC 5280 section 4.2.1). */
const KNOWN: ReadonlySet<string> = new Set(['15', '17', '19', '30', '37'].map((number) => `2.5.29.${number}`));
/** Certificate policies, policy constraints, inhibit anyPolicy. */
const POLICIES: ReadonlySet<string> = new Set(['32', '36', '54'].map((number) => `2.5.29.${number}`));
