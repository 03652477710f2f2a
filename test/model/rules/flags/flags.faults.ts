/** Faults in flags, and in where they stand. */
import type { Fault } from '../../../support/broken/fault';
import { flat } from '../../../support/broken/flat-options';
import { HOSTS } from '../../../support/broken/site';

export const FLAGS_FAULTS: readonly Fault[] = [
  {
    code: 'args-file-missing',
    title: 'a nested file of flags that is not there',
    breakIt: (site) => site.append('vm.args', `-args_file ${site.path('more.args')}\n`),
  },
  {
    code: 'args-file-byte-order-mark',
    title: 'a byte order mark before -proto_dist',
    breakIt: (site) => site.write('vm.args', `\uFEFF${site.read('vm.args')}`),
    also: ['distribution-without-tls'],
  },
  {
    code: 'args-file-quote-open',
    title: 'a quote that is not closed',
    breakIt: (site) => site.write('vm.args', `-comment "x\n${site.read('vm.args')}`),
    also: ['distribution-without-tls', 'tls-options-missing'],
  },
  {
    code: 'distribution-without-tls',
    title: 'no -proto_dist',
    breakIt: (site) => site.write('vm.args', `-ssl_dist_optfile ${site.path('ssl_dist.conf')}\n`),
  },
  {
    code: 'proto-dist-plain-text',
    title: '-proto_dist inet_tcp',
    breakIt: (site) => site.change('vm.args', (text) => text.replace('inet_tls', 'inet_tcp')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'proto-dist-plain-text',
    title: '-proto_dist with inet_tcp and inet_tls',
    breakIt: (site) => site.change('vm.args', (text) => text.replace('inet_tls', 'inet_tcp inet_tls')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'proto-dist-plain-text',
    title: '-proto_dist inet_tcp before a flag of the emulator',
    breakIt: (site) => site.change('vm.args', (text) => text.replace('inet_tls', 'inet_tcp +P 2048')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'node-listens-in-plain-text',
    title: 'a CouchDB that excepts its own name',
    breakIt: (site) => {
      site.changeBoth('vm.args', (text) => text.replace('inet_tls', 'couch'));
      site.append('vm.args', `-couch_dist no_tls '"*@${HOSTS[0]}"'\n`);
    },
  },
  {
    code: 'flag-given-twice',
    title: '-proto_dist in ERL_FLAGS too',
    breakIt: () => undefined,
    env: { ERL_FLAGS: '-proto_dist inet_tls' },
  },
  {
    code: 'flag-given-twice',
    title: '-ssl_dist_optfile twice',
    breakIt: (site) => site.append('vm.args', `-ssl_dist_optfile ${site.path('ssl_dist.conf')}\n`),
  },
  {
    code: 'path-split-by-shell',
    title: 'a path with a blank and without quotes',
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
    code: 'node-name-long-and-short',
    title: '-sname beside -name',
    breakIt: (site) => site.append('vm.args', `-name node@${HOSTS[0]}\n-sname node\n`),
  },
  {
    code: 'flat-option-unknown',
    title: 'versions in flags, which OTP knows from 26 on',
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
      ['flat-option-unknown', 'flags with a word too many', (words: string) => `${words} server_secure_renegotiate`],
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
    code: 'proto-dist-illegal',
    title: '-proto_dist without a name',
    breakIt: (site) => site.change('vm.args', (text) => text.replace(' inet_tls', '')),
  },
  {
    code: 'proto-dist-unknown',
    title: '-proto_dist inet_tsl',
    breakIt: (site) => site.change('vm.args', (text) => text.replace('inet_tls', 'inet_tsl')),
    also: ['protocol-mismatch'],
  },
  {
    code: 'path-not-absolute',
    title: 'a relative path of the option file',
    breakIt: (site) => site.write('vm.args', '-proto_dist inet_tls\n-ssl_dist_optfile ssl_dist.conf\n'),
    also: ['option-file-missing'],
  },
];
