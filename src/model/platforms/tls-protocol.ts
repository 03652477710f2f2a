import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { ProtocolFacts } from './protocol';

/** OTP's own modules, one for each IP version. */
export const OTP_PROTOCOLS: readonly ProtocolFacts[] = [
  { name: 'inet_tls', speaks: 'inet_tls', ipVersion: 4 },
  { name: 'inet6_tls', speaks: 'inet6_tls', ipVersion: 6 },
];

/** Checks the protocol that the user chose: one of OTP's, or one of `others`. */
export function tlsProtocol(platform: string, protoDist: string, others: readonly string[] = []): string {
  const allowed = [...others, ...OTP_PROTOCOLS.map(({ name }) => name)];
  if (!allowed.includes(protoDist)) {
    const detail = `${platform} takes ${allowed.join(', ')}`;
    refuse(PLATFORM_PROTOCOL_UNKNOWN, { subject: `protoDist of ${platform}`, got: protoDist, detail });
  }
  return protoDist;
}

export const PLATFORM_PROTOCOL_UNKNOWN = rule({
  code: 'platform-protocol-unknown',
  severity: 'error',
  problem: 'is no protocol of this platform',
  expected: 'one of those that it takes',
  remedy: 'leave protoDist out for the default',
  source: 'erl(1), -proto_dist; the page of the platform in docs/platforms',
});
