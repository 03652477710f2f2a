import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';
import { type PublicKeyFacts, publicKeyText } from '../../x509/public-key-reader';
import { allowsSigningWith } from './signature-schemes';

interface KeyContext {
  readonly releases: Releases;
  /** Absent if they depend on a release that is not known. */
  readonly versions?: readonly string[];
}

/** Whether a node can sign a handshake with a key of this type, by its release and by its options. */
export function publicKeyFindings(
  subject: string,
  key: PublicKeyFacts,
  side: Side,
  options: readonly Option[],
  { releases, versions }: KeyContext,
): readonly Finding[] {
  const got = publicKeyText(key);
  const isSupported = isSupportedBy(releases, key);
  const needsTls13 = key.kind.startsWith('Ed') && versions?.includes('tlsv1.3') !== true;
  return [
    ...(isSupported ? [] : [finding(KEY_TYPE_UNSUPPORTED, { subject, got })]),
    ...(isSupported ? weakKeyFindings(subject, key) : []),
    ...(allowsSigningWith(key, side, options, versions) ? [] : [finding(KEY_WITHOUT_ALGORITHM, { subject, got })]),
    ...(needsTls13 ? [finding(KEY_NEEDS_TLS_1_3, { subject, got: key.kind })] : []),
  ];
}

export const KEY_TYPE_UNSUPPORTED = rule({
  code: 'key-type-unsupported',
  severity: 'error',
  problem: 'has a key of a type that OTP cannot use in a handshake',
  expected: 'ECDSA on P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits or more',
  remedy: 'issue a certificate with another key',
  inErlang: 'the other node logs "certificate_required" where it is dialled',
  source: 'default_signature_algs in erlang/otp:lib/ssl/src/tls_v1.erl; docs/in-erlang.md',
});

export const CERTIFICATE_WEAK = rule({
  code: 'certificate-weak',
  severity: 'warning',
  problem: 'is weak',
  expected: 'RSA of 2048 bits or more, or an elliptic curve, and a signature with SHA-256 or more',
  remedy: 'issue a new certificate with a new key',
  inErlang: 'OTP rejects the weakest ones, depending on its release',
  source: 'NIST SP 800-131A; docs/in-erlang.md',
});

export const KEY_WITHOUT_ALGORITHM = rule({
  code: 'key-without-algorithm',
  severity: 'error',
  problem: 'has a key that no cipher suite, or no signature algorithm, of the options can be used with',
  expected: 'ciphers and signature_algs, if given, with one for the type of the key',
  remedy: 'remove the option, or add an algorithm for that key',
  inErlang: '"no_suitable_signature_algorithm" or "no_suitable_ciphers", where the node is dialled',
  source: 'RFC 8446 section 4.2.3; RFC 5246 section 7.4.2; docs/in-erlang.md',
});

/** Keys that OTP uses only with TLS 1.3: Ed25519 and Ed448. */
export const KEY_NEEDS_TLS_1_3 = rule({
  code: 'key-needs-tls-1-3',
  severity: 'error',
  problem: 'has a key that cannot be used with TLS 1.2',
  expected: 'TLS 1.3 on both sides of each connection of a node with an Ed25519 or Ed448 key',
  remedy:
    "set the versions to TLS 1.3 (TlsVersions.TLS_1_3, or {versions,['tlsv1.3']}) or use an ECDSA key; in a running cluster, change the versions in one deploy, restart all nodes, and change the keys in the next",
  inErlang: '"Protocol Version" on both nodes, if the other one speaks TLS 1.3 alone',
  source:
    'default_signature_algs in erlang/otp:lib/ssl/src/tls_v1.erl, which has eddsa_ed25519 and eddsa_ed448 for TLS 1.3 alone; docs/in-erlang.md',
});

const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);
const BRAINPOOL_CURVES: ReadonlySet<string> = new Set(['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1']);
const LEAST_SECURE_BITS = 2048;
/** A signature by `rsa_pss_rsae_sha256` takes two hashes and two bytes (RFC 8017 section 9.1.1). */
const LEAST_USABLE_BITS = 528;

/** Whether a node offers a signature algorithm for the key by default. */
function isSupportedBy(releases: Releases, { kind, curve = '', bits = LEAST_SECURE_BITS }: PublicKeyFacts): boolean {
  switch (kind) {
    case 'EC':
      return CURVES.has(curve) || (BRAINPOOL_CURVES.has(curve) && releases.every('takesBrainpoolKeys'));
    case 'RSASSA-PSS':
      return bits >= (releases.every('takesShortPssKeys') ? LEAST_USABLE_BITS : LEAST_SECURE_BITS);
    case 'DSA':
      return false;
    default:
      return bits >= LEAST_USABLE_BITS;
  }
}

/** Whether the key is one that OTP can use and nobody should. */
export function weakKeyFindings(subject: string, key: PublicKeyFacts): readonly Finding[] {
  const { bits = LEAST_SECURE_BITS } = key;
  return bits < LEAST_SECURE_BITS ? [finding(CERTIFICATE_WEAK, { subject, got: publicKeyText(key) })] : [];
}
