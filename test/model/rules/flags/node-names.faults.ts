/** Faults in the flags that name a node. */
import type { Fault } from '../../../support/broken/fault';
import { HOSTS } from '../../../support/broken/site';

export const NODE_NAMES_FAULTS: readonly Fault[] = [
  {
    code: 'node-name-long-and-short',
    title: '-sname beside -name',
    breakIt: (site) => site.append('vm.args', `-name node@${HOSTS[0]}\n-sname node\n`),
  },
];
