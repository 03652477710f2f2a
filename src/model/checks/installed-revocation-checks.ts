import { type Finding, finding } from '../errors';
import type { InstalledSide } from '../installed/installed-node';
import { isAtom, valueOf } from '../installed/tls-settings';
import { dayText } from '../pki/calendar';
import type { Judgement } from './installed-judgement';

/** Whether the revocation lists that a side asks for are there, and up to date. OTP reads them with each connection. */
export function revocationFindings(label: string, side: InstalledSide, { now }: Judgement): readonly Finding[] {
  const { revocation, options, material } = side;
  if (revocation === undefined) return [];
  // With best_effort, nobody is refused for want of a list.
  const isNeeded = !isAtom(valueOf('crl_check', options), 'best_effort');
  const subject = `${side.side} side of ${label}`;
  return (material.trust?.certificates ?? []).flatMap(({ subject: ca }) => {
    const lists = revocation.filter(({ issuer }) => issuer === ca.identity);
    const [stale] = lists.filter(({ nextUpdate }) => nextUpdate !== undefined && nextUpdate < now);
    return [
      ...(isNeeded && lists.length === 0 ? [finding('crl-missing', { subject, got: ca.text })] : []),
      ...(stale?.nextUpdate === undefined
        ? []
        : [
            finding('crl-stale', { subject, got: ca.text, detail: `next update was due ${dayText(stale.nextUpdate)}` }),
          ]),
    ];
  });
}
