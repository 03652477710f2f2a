import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { versionsOf } from '../../erlang/options/tls-settings';
import { type Evidence, type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';
import { LONGEST_COMMON_NAME } from '../../pki/subject-names';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { type PublicKeyFacts, publicKeyText } from '../../x509/public-key-reader';
import { leaveRoomFor } from './signature-schemes';

/** Whether OTP takes a certificate that a side shows: its key, its signature and its uses. */
export function leafFindings(
  subject: string,
  leaf: CertificateFacts,
  side: Side,
  options: readonly Option[],
  releases: Releases,
): readonly Finding[] {
  const { keyUsage, publicKey } = leaf;
  const kind = publicKeyText(publicKey);
  const isTaken = isTakenBy(releases, publicKey);
  const rules: readonly (readonly [Rule, boolean, Omit<Evidence, 'subject'>])[] = [
    [KEY_USAGE_WITHOUT_SIGNATURE, keyUsage?.includes('digitalSignature') === false, {}],
    [CERTIFICATE_NAME_TOO_LONG, hasLongName(leaf) && releases.some('rejectsLongCommonName'), {}],
    [KEY_TYPE_UNSUPPORTED, !isTaken, { got: kind }],
    [CERTIFICATE_WEAK, isTaken && isWeak(publicKey), { got: kind }],
    [KEY_WITHOUT_ALGORITHM, !leaveRoomFor(publicKey, side, options, versionsOf(options, releases)), { got: kind }],
    [CERTIFICATE_NEEDS_TLS_1_3, needsTls13(leaf, options, releases), { got: publicKey.kind }],
  ];
  return [
    ...useFindings(subject, leaf, side),
    ...rules.flatMap(([code, isBroken, evidence]) => (isBroken ? [finding(code, { subject, ...evidence })] : [])),
    ...signatureFindings(subject, leaf, releases),
    ...extensionFindings(subject, leaf, releases),
  ];
}

export const KEY_TYPE_UNSUPPORTED = rule({
  code: 'key-type-unsupported',
  severity: 'error',
  problem: 'has a key of a kind that OTP does not shake hands with',
  expected: 'ECDSA on P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits or more',
  remedy: 'issue a certificate with another key',
  inErlang: 'the other node logs "certificate_required" where it is dialled',
});

export const KEY_USAGE_WITHOUT_SIGNATURE = rule({
  code: 'key-usage-without-signature',
  severity: 'error',
  problem: 'may not be used for signatures',
  expected: 'key usage with digitalSignature, or none',
  remedy: 'issue a certificate with digitalSignature',
  inErlang: 'from OTP 27 on the connection is refused',
});

export const CERTIFICATE_NAME_TOO_LONG = rule({
  code: 'certificate-name-too-long',
  severity: 'error',
  problem: 'has a common name of more than 64 characters',
  expected: 'at most 64 characters; the common name is not compared with anything',
  remedy: 'issue a certificate with a shorter common name',
  inErlang:
    'OTP 28 before 28.4 and 29.0 before 29.0.3 cannot decode it, and no connection forms; the others do not mind',
});

export const CERTIFICATE_WEAK = rule({
  code: 'certificate-weak',
  severity: 'warning',
  problem: 'is weak',
  expected: 'RSA of 2048 bits or more, or an elliptic curve, and a signature with SHA-256 or more',
  remedy: 'issue a new certificate with a new key',
  inErlang: 'OTP refuses the weakest, by its version',
});

export const KEY_WITHOUT_ALGORITHM = rule({
  code: 'key-without-algorithm',
  severity: 'error',
  problem: 'has a key that no cipher suite, or no signature algorithm, of the options is for',
  expected: 'ciphers and signature_algs, where they are given, with one for the kind of the key',
  remedy: 'take the option out, or add one for that key',
  inErlang: '"no_suitable_signature_algorithm" or "no_suitable_ciphers", where the node is dialled',
});

export const CERTIFICATE_NEEDS_TLS_1_3 = rule({
  code: 'certificate-needs-tls-1-3',
  severity: 'error',
  problem: 'has a key that only TLS 1.3 knows',
  expected: "{versions,['tlsv1.3',…]} for Ed25519 and Ed448",
  remedy: 'name the versions, or take an ECDSA key',
  inErlang: '"Protocol Version" on both nodes, where the other one speaks TLS 1.3 alone',
});

/** Of a certificate, and of each CA between it and the root: who restricts what it is for has to name this. `anyExtendedKeyUsage` is not enough. */
export function useFindings(subject: string, { extendedKeyUsage }: CertificateFacts, side: Side): readonly Finding[] {
  const use = side === 'server' ? 'serverAuth' : 'clientAuth';
  if (extendedKeyUsage?.includes(use) !== false) return [];
  return [finding(EXTENDED_KEY_USAGE_MISSING, { subject, detail: `${use} is missing, for the ${side} side` })];
}

export const EXTENDED_KEY_USAGE_MISSING = rule({
  code: 'extended-key-usage-missing',
  severity: 'error',
  problem: 'may not be used for one end of a connection',
  expected: 'extended key usage, if any, with serverAuth on the server side and with clientAuth on the client side',
  remedy: 'issue a certificate with both: a node dials and is dialled',
  inErlang:
    'the other node logs "invalid_ext_key_usage", from OTP 26 on "invalid_ext_keyusage", in the direction in which the use is missing',
});

/** A root is trusted by its presence, and its signature is not looked at. */
export function signatureFindings(
  subject: string,
  { signatureAlgorithm: got }: CertificateFacts,
  releases: Releases,
): readonly Finding[] {
  if (!/md5|sha1|sha224/i.test(got)) return [];
  const isRefused = releases.some('rejectsSha1Signatures') || /sha224/i.test(got);
  return [finding(isRefused ? SIGNATURE_ALGORITHM_REJECTED : CERTIFICATE_WEAK, { subject, got })];
}

export const SIGNATURE_ALGORITHM_REJECTED = rule({
  code: 'signature-algorithm-rejected',
  severity: 'error',
  problem: 'has a signature that OTP refuses, if it is with SHA-1 from 27 on',
  expected: 'a signature with SHA-256 or more',
  remedy: 'let the CA sign it anew',
  inErlang: 'the other node logs "unsupported_signature"; with SHA-224 the node that has the certificate crashes',
});

/** What has to be known and is not: OTP refuses the certificate (`erlang/otp:lib/public_key/src/pubkey_cert.erl`). */
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
  remedy: 'issue a certificate without it, or mark it as not critical',
  inErlang: 'the other node logs "Unsupported Certificate"',
});

/** Key usage, subject alternative name, basic constraints, name constraints, extended key usage (RFC 5280, section 4.2.1). */
const KNOWN: ReadonlySet<string> = new Set(['15', '17', '19', '30', '37'].map((number) => `2.5.29.${number}`));
/** Certificate policies, policy constraints, inhibit anyPolicy. */
const POLICIES: ReadonlySet<string> = new Set(['32', '36', '54'].map((number) => `2.5.29.${number}`));

function hasLongName({ subject: { commonName = '' } }: CertificateFacts): boolean {
  return [...commonName].length > LONGEST_COMMON_NAME;
}

const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);
const LATER_CURVES: ReadonlySet<string> = new Set(['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1']);
const LEAST_BITS = 2048;
/** A signature by `rsa_pss_rsae_sha256` takes two hashes and two bytes (RFC 8017, section 9.1.1). */
const LEAST_BITS_AT_ALL = 528;

/** Whether there is a signature algorithm for the key that a node offers by default. */
function isTakenBy(releases: Releases, { kind, curve = '', bits = LEAST_BITS }: PublicKeyFacts): boolean {
  switch (kind) {
    case 'EC':
      return CURVES.has(curve) || (LATER_CURVES.has(curve) && releases.every('takesBrainpoolKeys'));
    case 'RSASSA-PSS':
      return bits >= (releases.every('takesShortPssKeys') ? LEAST_BITS_AT_ALL : LEAST_BITS);
    case 'DSA':
      return false;
    default:
      return bits >= LEAST_BITS_AT_ALL;
  }
}

function isWeak({ bits = LEAST_BITS }: PublicKeyFacts): boolean {
  return bits < LEAST_BITS;
}

function needsTls13({ publicKey }: CertificateFacts, options: readonly Option[], releases: Releases): boolean {
  return publicKey.kind.startsWith('Ed') && versionsOf(options, releases)?.includes('tlsv1.3') !== true;
}
