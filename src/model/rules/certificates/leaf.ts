import { atomsOf, type Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { defaultVersions } from '../../erlang/options/tls-versions';
import type { ErrorCode } from '../../error-catalogue';
import { type Evidence, type Finding, finding } from '../../errors';
import type { OtpRelease } from '../../otp/otp-release';
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
  otp: OtpRelease | undefined,
): readonly Finding[] {
  const { keyUsage, publicKey } = leaf;
  const kind = publicKeyText(publicKey);
  const isTaken = isTakenBy(otp, publicKey);
  const rules: readonly (readonly [ErrorCode, boolean, Omit<Evidence, 'subject'>])[] = [
    ['certificate-cannot-sign', keyUsage?.includes('digitalSignature') === false, {}],
    ['certificate-name-too-long', hasLongName(leaf) && mindsLongNames(otp), {}],
    ['certificate-key-unsupported', !isTaken, { got: kind }],
    ['certificate-weak', isTaken && isWeak(publicKey), { got: kind }],
    [
      'certificate-key-without-algorithm',
      !leaveRoomFor(publicKey, side, options, versionsIn(options, otp)),
      { got: kind },
    ],
    ['certificate-needs-tls-1-3', needsTls13(leaf, options, otp), { got: publicKey.kind }],
  ];
  return [
    ...useFindings(subject, leaf, side),
    ...rules.flatMap(([code, isBroken, evidence]) => (isBroken ? [finding(code, { subject, ...evidence })] : [])),
    ...signatureFindings(subject, leaf, otp),
    ...extensionFindings(subject, leaf, otp),
  ];
}

/** Of a certificate, and of each CA between it and the root: who restricts what it is for has to name this. `anyExtendedKeyUsage` is not enough. */
export function useFindings(subject: string, { extendedKeyUsage }: CertificateFacts, side: Side): readonly Finding[] {
  const use = side === 'server' ? 'serverAuth' : 'clientAuth';
  if (extendedKeyUsage?.includes(use) !== false) return [];
  return [finding('certificate-without-use', { subject, detail: `${use} is missing, for the ${side} side` })];
}

/** A root is trusted by its presence, and its signature is not looked at. */
export function signatureFindings(
  subject: string,
  { signatureAlgorithm: got }: CertificateFacts,
  otp: OtpRelease | undefined,
): readonly Finding[] {
  if (!/md5|sha1|sha224/i.test(got)) return [];
  const isRefused = otp === undefined || otp.major > 26 || /sha224/i.test(got);
  return [finding(isRefused ? 'certificate-signature-refused' : 'certificate-weak', { subject, got })];
}

/** What has to be known and is not: OTP refuses the certificate (`erlang/otp:lib/public_key/src/pubkey_cert.erl`). */
export function extensionFindings(
  subject: string,
  { critical }: CertificateFacts,
  otp: OtpRelease | undefined,
): readonly Finding[] {
  const knowsPolicies = otp !== undefined && otp.major > 26;
  return critical
    .filter((id) => !KNOWN.has(id) && !(knowsPolicies && POLICIES.has(id)))
    .map((got) => finding('certificate-critical-extension', { subject, got }));
}

/** Key usage, subject alternative name, basic constraints, name constraints, extended key usage (RFC 5280, section 4.2.1). */
const KNOWN: ReadonlySet<string> = new Set(['15', '17', '19', '30', '37'].map((number) => `2.5.29.${number}`));
/** Certificate policies, policy constraints, inhibit anyPolicy. */
const POLICIES: ReadonlySet<string> = new Set(['32', '36', '54'].map((number) => `2.5.29.${number}`));

function hasLongName({ subject: { commonName = '' } }: CertificateFacts): boolean {
  return [...commonName].length > LONGEST_COMMON_NAME;
}

/** OTP 28 up to 28.3, and 29.0 up to 29.0.2. */
function mindsLongNames(otp: OtpRelease | undefined): boolean {
  return otp === undefined || (otp.major === 28 && otp.minor < 4) || (otp.major === 29 && otp.minor === 0);
}

const CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);
const LATER_CURVES: ReadonlySet<string> = new Set(['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1']);
const LEAST_BITS = 2048;
/** A signature by `rsa_pss_rsae_sha256` takes two hashes and two bytes (RFC 8017, section 9.1.1). */
const LEAST_BITS_AT_ALL = 528;

/** Whether there is a signature algorithm for the key that a node offers by default. */
function isTakenBy(otp: OtpRelease | undefined, { kind, curve = '', bits = LEAST_BITS }: PublicKeyFacts): boolean {
  const isAtLeast = (major: number): boolean => otp !== undefined && otp.major >= major;
  switch (kind) {
    case 'EC':
      return CURVES.has(curve) || (LATER_CURVES.has(curve) && isAtLeast(27));
    case 'RSASSA-PSS':
      return bits >= (isAtLeast(26) ? LEAST_BITS_AT_ALL : LEAST_BITS);
    case 'DSA':
      return false;
    default:
      return bits >= LEAST_BITS_AT_ALL;
  }
}

function isWeak({ bits = LEAST_BITS }: PublicKeyFacts): boolean {
  return bits < LEAST_BITS;
}

function needsTls13({ publicKey }: CertificateFacts, options: readonly Option[], otp: OtpRelease | undefined): boolean {
  return publicKey.kind.startsWith('Ed') && versionsIn(options, otp)?.includes('tlsv1.3') !== true;
}

/** Undefined where the release is to say, and is not known. */
function versionsIn(options: readonly Option[], otp: OtpRelease | undefined): readonly string[] | undefined {
  return atomsOf('versions', options) ?? (otp && defaultVersions(otp));
}
