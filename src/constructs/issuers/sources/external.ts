import type { ICertificateIssuer } from '../issuer';
import { issueFrom } from '../received';
import { trusted } from './known-certificates';
import type { Source } from './source';

/** A CA that somebody else operates, who signs requests. */
export function issuerSource(issuer: ICertificateIssuer): Source {
  const { commonName, trust, issuesOnlyFor } = issuer;
  return {
    kind: 'issuer',
    canSign: true,
    isNew: false,
    takes: [],
    define: (scope, { id }) => ({
      ...trusted(scope, `trust of the issuer of CA generation "${id}"`, trust.bundlePem, trust.expiresAt),
      ...{ commonName, issuesOnlyFor },
      known: [],
      sign: (below, order) => issueFrom(below, issuer, order),
    }),
  };
}
