/** Faults in PEM files. */
import type { Fault } from '../../../support/broken/fault';
import { keyIn } from '../../../support/broken/pem';

export const PEM_FILES_FAULTS: readonly Fault[] = [
  {
    code: 'pem-damaged',
    title: 'a certificate file that was cut off',
    breakIt: (site) => site.change('node.pem', (text) => text.slice(0, -200)),
  },
  {
    code: 'pem-damaged',
    title: 'a trust bundle that was cut off',
    breakIt: (site) => site.change('ca.pem', (text) => text.slice(0, 200)),
  },
  {
    code: 'pem-without-certificate',
    title: 'a key alone',
    breakIt: (site) => site.change('node.pem', keyIn),
  },
];
