/** Faults in the flags that carry TLS options or name the option file. */
import type { Fault } from '../../../support/broken/fault';
import { flat } from '../../../support/broken/flat-options';

export const OPTION_CHANNELS_FAULTS: readonly Fault[] = [
  {
    code: 'path-split-by-shell',
    title: 'an unquoted path with a space',
    breakIt: (site) => site.write('vm.args', `-proto_dist inet_tls\n-ssl_dist_optfile ${site.broken}/ssl dist.conf\n`),
    also: ['option-file-missing'],
  },
  {
    code: 'path-split-by-shell',
    title: 'a flag of the emulator before the other half of a path',
    breakIt: (site) =>
      site.write('vm.args', `-proto_dist inet_tls +P 2048\n-ssl_dist_optfile +K true ${site.broken}/ssl dist.conf\n`),
    also: ['option-file-missing'],
  },
  {
    code: 'tls-options-missing',
    title: 'no options',
    breakIt: (site) => site.write('vm.args', '-proto_dist inet_tls\n'),
  },
  {
    code: 'flat-option-unknown',
    title: 'versions in flags, which OTP reads from 26 on',
    otp: 25,
    breakIt: (site) => flat(site, (words) => `${words} server_versions tlsv1.2 client_versions tlsv1.2`),
  },
  ...(
    [
      [
        'flat-option-unknown',
        'flags with a misspelled side',
        (words: string) => words.replace('client_verify ', 'cleint_verify '),
      ],
      [
        'flat-option-unknown',
        'flags with a misspelled option',
        (words: string) => words.replace('client_verify ', 'client_verfy '),
      ],
      ['flat-option-unknown', 'flags with an extra word', (words: string) => `${words} server_secure_renegotiate`],
      [
        'option-file-side-missing',
        'flags without a server side',
        (words: string) => words.replace(/server_\S+ \S+ /g, ''),
      ],
    ] as const
  ).map(([code, title, change]): Fault => ({
    code,
    title,
    breakIt: (site) => flat(site, change),
  })),
  {
    code: 'option-channels-mixed',
    title: 'an option file and -ssl_dist_opt',
    breakIt: (site) => site.append('vm.args', `-ssl_dist_opt client_certfile ${site.path('none.pem')}\n`),
  },
  {
    code: 'path-not-absolute',
    title: 'a relative path of the option file',
    breakIt: (site) => site.write('vm.args', '-proto_dist inet_tls\n-ssl_dist_optfile ssl_dist.conf\n'),
    also: ['option-file-missing'],
  },
];
