import { readCertificates, trusted } from './known-certificates';
import type { Source } from './source';

/** A CA of which only the certificate is known here. Others sign with it. */
export function certificateSource(pem: string): Source {
  return {
    kind: 'certificate',
    canSign: false,
    isNew: false,
    takes: [],
    define: (scope, { id }) => {
      const subject = `certificate of CA generation "${id}"`;
      const [ca] = readCertificates(scope, subject, pem).known;
      return { known: [], subject: ca?.subject.identity, ...trusted(scope, subject, pem) };
    },
  };
}
