import { type Finding, finding } from '../../findings/finding';
import type { Situation } from '../../observed/situation';
import type { Moment } from '../../terraform/resources';
import { CRL_MISSING } from '../certificates/revocation';
import { nodePhrase, oddNodes, possession } from '../node-phrases';
import { acceptanceClashes } from '../pairs';

interface ShownAt {
  readonly moment: Moment | undefined;
  readonly issuerName: string;
  readonly issuerSubject: string;
}

interface ListsAt {
  readonly moment: Moment | undefined;
  readonly lists: ReadonlySet<string>;
}

/**
 * Certificates of CAs of which another node needs a revocation list and has none. While nodes get the files of one deploy one after the other, each
 * list, old and new, has to be there for each certificate.
 */
export function unlistedFindings({ members }: Situation): readonly Finding[] {
  return acceptanceClashes<ShownAt, ListsAt>(members, {
    shownBy: ({ at: { moment, sides }, side }) => {
      const { issuerName = '', issuerSubject } = sides[side]?.shown ?? {};
      return issuerSubject === undefined ? undefined : { moment, issuerName, issuerSubject };
    },
    shownKey: ({ moment, issuerSubject }) => `${moment} ${issuerSubject}`,
    acceptedBy: ({ at: { moment, sides }, side }) => {
      const lists = sides[side]?.lists;
      return lists && { moment, lists };
    },
    acceptedKey: ({ moment, lists }) => `${moment} ${[...lists].sort().join()}`,
    isAccepted: ({ issuerSubject }, { lists }) => lists.has(issuerSubject),
    groupOf: ({ moment }) => moment,
  }).map(({ fact: { moment, issuerName }, nodes, others }) =>
    finding(CRL_MISSING, {
      subject: nodePhrase(others),
      got: issuerName,
      nodes: oddNodes(nodes, others),
      detail: `it signed ${possession('certificate', moment, nodes)}`,
    }),
  );
}
