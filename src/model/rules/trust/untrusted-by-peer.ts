import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { ShownCertificate, Situation, TrustBundle } from '../../observed/situation';
import type { Moment } from '../../terraform/resources';
import { oddNodes, possession } from '../node-phrases';
import { acceptanceClashes } from '../pairs';

interface ShownAt {
  readonly moment: Moment | undefined;
  readonly shown: ShownCertificate;
}

interface TrustAt {
  readonly moment: Moment | undefined;
  readonly trust: TrustBundle;
}

/**
 * Certificates that another node does not trust. Both sides of a connection verify the other one, whoever dials.
 *
 * In a plan, certificate and trust bundle of a node are old or new independently of each other, since a node reads the two at different times:
 * each certificate, old and new, has to be signed by a CA that is in every other bundle, old and new. There is one finding for each CA and moment,
 * and not one for each pair.
 */
export function trustFindings({ members }: Situation): readonly Finding[] {
  return acceptanceClashes<ShownAt, TrustAt>(members, {
    shownBy: ({ at: { moment, sides }, side }) => {
      const shown = sides[side]?.shown;
      return shown && { moment, shown };
    },
    shownKey: ({ moment, shown }) => `${moment} ${shown.issuer}`,
    acceptedBy: ({ at: { moment, sides }, side }) => {
      const trust = sides[side]?.trust;
      return trust && { moment, trust };
    },
    acceptedKey: ({ moment, trust }) => `${moment} ${trust.identity}`,
    isAccepted: ({ shown }, { trust }) => shown.isTrustedBy(trust),
    groupOf: ({ moment }) => moment,
  }).map(({ fact: { moment, shown }, nodes, otherFact, others }) =>
    finding(UNTRUSTED_BY_PEER, {
      subject: possession('certificate', moment, nodes),
      nodes: oddNodes(nodes, others),
      detail: `signed by ${shown.issuerName}, which is not in ${possession('trust bundle', otherFact.moment, others)}`,
    }),
  );
}

export const UNTRUSTED_BY_PEER = rule({
  code: 'untrusted-by-peer',
  severity: 'error',
  problem: 'is not trusted by another node',
  expected: 'certificates of CAs that every other node and tool trusts, in a plan with old files and with new ones',
  remedy: `install the files of one deploy on all nodes; in a plan, trust a CA in one deploy, sign with it in the next, and retire the old one in the third (${documentation('rotation')})`,
  inErlang: '"Unknown CA" on one of the two',
  source: 'RFC 5280, section 6.1; "the files of another cluster" in docs/in-erlang.md, and test/real/rotation.test.ts',
});
