import type { Rule } from '../findings/rule';
import { alarmHours } from '../pki/lifetime';
import { CRL_EXPIRES_SOON } from '../rules/certificates/revocation-lists';
import { CA_EXPIRES_SOON, CERTIFICATE_EXPIRES_SOON, TRUSTED_CA_EXPIRES_SOON } from '../rules/certificates/validity';
import type { CertificatePlan } from './certificate-plan';
import type { ClusterSpec } from './cluster-spec';
import { listEnd, listNoticeHours } from './revocation';

/** An alarm: from some time before a certificate or a revocation list expires, every plan warns. */
export interface Alarm {
  readonly rule: Rule;
  /** Name of the certificate or the list in messages. */
  readonly subject: string;
  /** The owner of the certificate, by its id: a CA generation, a node, or the tools. The end of a list is known. */
  readonly of: { readonly generation: string } | { readonly member: string } | { readonly endsAt: string };
  /** Hours before expiry from which every plan warns. */
  readonly hours: number;
}

/** A node or the tools, with the planned certificate. */
export interface PlannedMember {
  readonly id: string;
  readonly certificate: CertificatePlan;
}

/** Three months. */
const TRUSTED_CA_NOTICE_HOURS = 90 * 24;

/** The alarms of a cluster: of its CA generations first, then of nodes and tools, and of revocation lists. */
export function alarms(
  spec: ClusterSpec,
  nodes: readonly PlannedMember[],
  tools: PlannedMember | undefined,
): readonly Alarm[] {
  const caHours = alarmHours('expiryAlarms.caHours', spec.alarms.caHours);
  const certificateHours = alarmHours('expiryAlarms.certificateHours', spec.alarms.certificateHours);
  const crlHours = alarmHours('expiryAlarms.crlHours', spec.alarms.crlHours);
  const members = tools === undefined ? nodes : [...nodes, tools];
  // A certificate signed later than that would outlive the CA.
  const longest = Math.max(...members.map(({ certificate }) => certificate.lifetime.validityHours));
  const isNamed = (id: string): boolean => id === tools?.id || spec.shared !== undefined;
  return [
    ...spec.trustedGenerations.map(({ id: generation, canSign }) => ({
      rule: canSign ? CA_EXPIRES_SOON : TRUSTED_CA_EXPIRES_SOON,
      subject: `CA generation "${generation}"`,
      of: { generation },
      // Nobody signs with a CA that is only trusted: there has to be time for certificates of another one.
      hours: caHours ?? (canSign ? longest : TRUSTED_CA_NOTICE_HOURS),
    })),
    ...members.map(({ id, certificate }) => ({
      rule: CERTIFICATE_EXPIRES_SOON,
      subject: isNamed(id) ? certificate.subject : `certificate of node "${id}"`,
      of: { member: id },
      hours: certificateHours ?? Math.floor(certificate.lifetime.earlyRenewalHours / 2),
    })),
    ...(spec.revocation?.lists ?? []).map((list) => ({
      rule: CRL_EXPIRES_SOON,
      subject: `revocation list of "${list.facts.issuerText}"`,
      of: { endsAt: listEnd(list) },
      hours: crlHours ?? listNoticeHours(list),
    })),
  ];
}
