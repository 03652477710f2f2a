import type { Side } from '../../erlang/options/ssl-option';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { CertificateFacts } from '../../x509/certificate-reader';

/** Whether the key of a node's certificate may sign the handshake. */
export function signingFindings(subject: string, { keyUsage }: CertificateFacts): readonly Finding[] {
  return keyUsage?.includes('digitalSignature') === false ? [finding(KEY_USAGE_WITHOUT_SIGNATURE, { subject })] : [];
}

export const KEY_USAGE_WITHOUT_SIGNATURE = rule({
  code: 'key-usage-without-signature',
  severity: 'error',
  problem: 'may not be used for signatures',
  expected: 'key usage with digitalSignature, or no key usage',
  remedy: 'issue a certificate with digitalSignature',
  inErlang: 'from OTP 27 on the connection is refused',
  source: 'RFC 8446 section 4.4.2.2; docs/in-erlang.md',
});

/**
 * Whether a certificate of a node, or an intermediate CA, may be used on this side. Extended key usage, if there is any, has to name the use:
 * OTP does not accept `anyExtendedKeyUsage` in its place.
 */
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
  source:
    'RFC 5280 section 4.2.1.12; is_valid_extkey_usage in erlang/otp:lib/ssl/src/ssl_certificate.erl; docs/in-erlang.md',
});
