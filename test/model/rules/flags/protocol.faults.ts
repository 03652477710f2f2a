/** Faults in `-proto_dist`. */
import type { Fault } from '../../../support/broken/fault';

export const PROTOCOL_FAULTS: readonly Fault[] = [
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
];
