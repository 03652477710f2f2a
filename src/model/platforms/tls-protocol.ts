import { refuse } from '../errors';

/** OTP's own module, for each IP version. */
const TLS_PROTOCOLS: readonly string[] = ['inet_tls', 'inet6_tls'];

/** The protocol that the user chose: OTP's own, or one of `others`. */
export function tlsProtocol(platform: string, protoDist: string, others: readonly string[] = []): string {
  if (![...others, ...TLS_PROTOCOLS].includes(protoDist)) {
    refuse('platform-protocol-unknown', { subject: `protoDist of ${platform}`, got: protoDist });
  }
  return protoDist;
}
