/** Faults in single TLS options. */
import type { Fault } from '../../../support/broken/fault';
import { flat } from '../../../support/broken/flat-options';

export const VERDICTS_FAULTS: readonly Fault[] = [
  {
    code: 'ssl-option-wrong-side',
    title: 'fail_if_no_peer_cert on the client side',
    breakIt: (site) => site.options({ client: { fail_if_no_peer_cert: 'true' } }),
  },
  {
    code: 'ssl-option-wrong-side',
    title: 'honor_ecc_order, which is for servers, on the client side too',
    breakIt: (site) => site.bothSides({ honor_ecc_order: 'true' }),
  },
  {
    code: 'ssl-option-not-in-release',
    title: 'a handshake that pauses after the hello',
    breakIt: (site) => site.options({ server: { handshake: 'hello' } }),
  },
  {
    code: 'ssl-option-not-in-release',
    title: 'sni_hosts, which is for servers, on the client side',
    breakIt: (site) => site.options({ client: { sni_hosts: '[]' } }),
  },
  {
    code: 'ssl-option-not-in-release',
    title: 'secure_renegotiate with TLS 1.3 alone',
    breakIt: (site) => site.options({ server: { secure_renegotiate: 'true' } }),
  },
  {
    code: 'ssl-option-unknown',
    title: 'an option of the client side that OTP does not know',
    breakIt: (site) => site.options({ client: { verfy: 'verify_peer' } }),
  },
  {
    code: 'ssl-option-without-effect',
    title: 'an option of the server side that OTP does not know',
    breakIt: (site) => site.options({ server: { verfy: 'verify_peer' } }),
  },
  ...(
    [
      ['a version that does not exist', { server: { versions: "['tlsv1.4']" } }, ['no-common-tls-version']],
      ['a version without its list', { server: { versions: "'tlsv1.3'" } }, ['no-common-tls-version']],
      [
        'a version alone on the client side, without its list',
        { client: { versions: "'tlsv1.3'" } },
        ['no-common-tls-version'],
      ],
      ['versions with a gap between them', { server: { versions: "['tlsv1.3','tlsv1.1']" } }],
      ['a depth in quotes', { server: { depth: '"3"' } }],
      ['a depth in quotes on the client side', { client: { depth: '"3"' } }],
      ['cipher suites that do not exist', { server: { ciphers: 'strong' } }],
      ['a misspelled verify_peer on the client side', { client: { verify: 'verify_pear' } }],
      ['a misspelled verify_peer on the server side', { server: { verify: 'verify_pear' } }],
      ['an empty keyfile', { server: { keyfile: '""' } }],
      ['an empty keyfile on the client side', { client: { keyfile: '""' } }],
      ['a certificate file that is an atom', { server: { certfile: 'none' } }],
      ['yes instead of true', { server: { fail_if_no_peer_cert: 'yes' } }],
      ['a crl_check that does not exist', { server: { crl_check: 'always' } }],
      ['a log level that does not exist', { server: { log_level: 'loud' } }],
    ] as const
  ).map(([title, change, also = []]): Fault => ({
    code: 'ssl-option-wrong-value',
    title,
    breakIt: (site) => site.options(change),
    also,
  })),
  {
    code: 'ssl-option-wrong-value',
    title: 'flags with a depth that is no number',
    breakIt: (site) => flat(site, (words) => `${words} client_depth deep`),
  },
  {
    code: 'ssl-option-wrong-value',
    title: 'a depth of more than 255',
    breakIt: (site) => site.options({ server: { depth: '256' } }),
  },
];
