/** Faults in files of flags. */
import type { Fault } from '../../../support/broken/fault';

export const ARGS_FILES_FAULTS: readonly Fault[] = [
  {
    code: 'args-file-missing',
    title: 'a nested arguments file that does not exist',
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
];
