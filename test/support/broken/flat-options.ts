/** TLS options as flags of the VM. */
import type { Site } from './site';

/** Takes the place of the option file. Up to OTP 25 these flags mean TLS 1.2 alone, so the other node speaks that, too. */
export function flat(site: Site, change: (words: string) => string): void {
  const side = (name: string): string =>
    [`certfile ${site.path('node.pem')}`, `cacertfile ${site.path('ca.pem')}`, 'verify verify_peer']
      .map((pair) => `${name}_${pair} `)
      .join('');
  const words = `${side('server')}server_fail_if_no_peer_cert true ${side('client')}`.trim();
  site.write('vm.args', `-proto_dist inet_tls\n-ssl_dist_opt ${change(words)}\n`);
  site.otherSpeaks("['tlsv1.2']");
}
