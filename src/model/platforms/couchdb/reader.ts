import type { PlatformReader } from '../reader';
import { canDial, isNoTlsValue, listensWith } from './no-tls';

/** The name of CouchDB's distribution module (`src/couch_dist/src/couch_dist.erl`) without `_dist`. */
export const COUCH = 'couch';

/** The application and the parameter that the module reads. */
export const [APPLICATION, NO_TLS] = ['couch_dist', 'no_tls'];

/** The protocol of CouchDB is `inet_tls` with exceptions. */
export const COUCHDB_READER: PlatformReader = {
  applications: [APPLICATION],
  protocol: {
    name: COUCH,
    speaks: 'inet_tls',
    ipVersion: 4,
    exceptions: {
      flag: APPLICATION,
      notation: `-${APPLICATION} ${NO_TLS}`,
      valuesIn: (flags) =>
        flags
          .filter(({ name, values: [parameter] }) => name === APPLICATION && parameter === NO_TLS)
          .flatMap(({ values }) => values.slice(1)),
      isLegal: isNoTlsValue,
      isForEveryNode: (value) => value === 'true' || value === 'false',
      listensInPlainText: (node) => listensWith(node) === 'tcp',
      canDial,
    },
  },
};
