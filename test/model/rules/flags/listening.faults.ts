/** Faults in the address at which a node listens. */
import type { Fault } from '../../../support/broken/fault';

export const LISTENING_FAULTS: readonly Fault[] = [
  {
    code: 'interface-family-mismatch',
    title: 'an IPv6 address for a protocol over IPv4',
    breakIt: (site) => site.append('vm.args', '-kernel inet_dist_use_interface {0,0,0,0,0,0,0,0}\n'),
  },
  {
    code: 'interface-of-one-host',
    title: 'the loopback interface under the name of another address',
    breakIt: (site) => site.append('vm.args', '-kernel inet_dist_use_interface {127,0,0,1}\n'),
  },
];
