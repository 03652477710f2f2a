/** Nodes that listen in plain text although they use TLS. */
import type { Fault } from '../../../support/broken/fault';
import { HOSTS } from '../../../support/broken/site';

export const PLAIN_TEXT_LISTENER_FAULTS: readonly Fault[] = [
  {
    code: 'node-listens-in-plain-text',
    title: 'a CouchDB node whose own name is in no_tls',
    breakIt: (site) => {
      site.changeBoth('vm.args', (text) => text.replace('inet_tls', 'couch'));
      site.append('vm.args', `-couch_dist no_tls '"*@${HOSTS[0]}"'\n`);
    },
  },
];
