/** Faults in PEM files. */
import type { Fault } from '../../../support/broken/fault';
import { keyIn } from '../../../support/broken/pem';

export const PEM_FILES_FAULTS: readonly Fault[] = [
  {
    code: 'pem-damaged',
    title: 'a truncated certificate file',
    breakIt: (site) => site.change('node.pem', (text) => text.slice(0, -200)),
  },
  {
    code: 'pem-damaged',
    title: 'a truncated trust bundle',
    breakIt: (site) => site.change('ca.pem', (text) => text.slice(0, 200)),
  },
  {
    code: 'pem-without-certificate',
    title: 'a key without a certificate',
    breakIt: (site) => site.change('node.pem', keyIn),
  },
];
