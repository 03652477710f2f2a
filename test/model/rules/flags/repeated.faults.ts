/** Flags that are given twice. */
import type { Fault } from '../../../support/broken/fault';

export const REPEATED_FAULTS: readonly Fault[] = [
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
];
