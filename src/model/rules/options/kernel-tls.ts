import { namesFor, offerIn } from '../../erlang/options/algorithm-offers';
import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { isAtom, valuesOf, versionsOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';

/** The only cipher suite for which OTP hands a connection over to the kernel, and the first one that it offers by default. */
const KERNEL_SUITE = 'TLS_AES_256_GCM_SHA384';

/** Whether a side that leaves encryption to the kernel can come to a version and a suite that OTP hands over. */
export function kernelTlsFindings(
  side: Side,
  options: readonly Option[],
  releases: Releases,
  subject: string,
): readonly Finding[] {
  if (!valuesOf('ktls', options).some((value) => isAtom(value, 'true'))) return [];
  const versions = versionsOf(options, releases);
  if (versions?.includes('tlsv1.3') === false) {
    return [finding(KTLS_NOT_POSSIBLE, { subject, detail: `versions: ${versions.join(', ')}` })];
  }
  const offer = offerIn('ciphers', options, releases);
  const suites = offer === undefined ? [] : namesFor('tlsv1.3', offer);
  // The dialling side says which suite is best; the other one only has to have it.
  const isOffered = side === 'client' ? suites[0] === KERNEL_SUITE : suites.includes(KERNEL_SUITE);
  return suites.length === 0 || isOffered
    ? []
    : [finding(KTLS_NOT_POSSIBLE, { subject, detail: `ciphers: ${suites.join(', ')}` })];
}

export const KTLS_NOT_POSSIBLE = rule({
  code: 'ktls-not-possible',
  severity: 'error',
  problem: 'leaves encryption to the kernel, which OTP does only with other options',
  expected: `ktls with TLS 1.3, and with ${KERNEL_SUITE} (on the client side as the first suite) where ciphers are given`,
  remedy: `leave ktls out, or enable TLS 1.3 with ${KERNEL_SUITE}`,
  inErlang: 'the handshake succeeds, and the node closes the connection: "set_ktls_failed"',
  source: 'ktls_opt_cipher in erlang/otp:lib/ssl/src/inet_tls_dist.erl, OTP 26 to 29; docs/in-erlang.md',
});
