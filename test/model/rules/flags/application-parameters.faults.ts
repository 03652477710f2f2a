/** Parameters of applications that are no terms. */
import type { Fault } from '../../../support/broken/fault';

export const APPLICATION_PARAMETERS_FAULTS: readonly Fault[] = [
  {
    code: 'application-parameter-not-a-term',
    title: 'an address without braces as a parameter of kernel',
    breakIt: (site) => site.append('vm.args', '-kernel inet_dist_use_interface 127.0.0.1\n'),
  },
];
