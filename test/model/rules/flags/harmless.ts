/** What looks like a fault in flags and other settings, and is none. */
import type { Harmless } from '../../../support/broken/fault';

export const HARMLESS_FLAGS: readonly Harmless[] = [
  {
    title: 'application settings in a file with another name',
    change: (site) => site.write('rabbitmq.config', '[{rabbit,[{tcp_listeners,[5672]}]}].\n'),
  },
];
