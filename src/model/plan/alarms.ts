import type { Rule } from '../findings/rule';
import { alarmHours } from '../pki/lifetime';
import { CA_EXPIRES_SOON, CERTIFICATE_EXPIRES_SOON } from '../rules/certificates/validity';
import type { CertificatePlan } from './certificate-plan';
import type { ClusterSpec } from './cluster-spec';

/** A certificate whose approaching end every plan of Terraform warns of. */
export interface Alarm {
  readonly rule: Rule;
  /** As messages name it. */
  readonly subject: string;
  /** The certificate: of a CA generation or of a node, by its id, or of the tools. */
  readonly of: { readonly generation: string } | { readonly member: string };
  /** Hours before the end from which on every plan warns. */
  readonly hours: number;
}

/** Ids of nodes, or of the tools, with their certificates. */
export interface PlannedMember {
  readonly id: string;
  readonly certificate: CertificatePlan;
}

/** The alarms of a cluster: of its CA generations first, then of nodes and tools. */
export function alarms(
  spec: ClusterSpec,
  nodes: readonly PlannedMember[],
  tools: PlannedMember | undefined,
): readonly Alarm[] {
  const caHours = alarmHours('expiryAlarms.caHours', spec.alarms.caHours);
  const certificateHours = alarmHours('expiryAlarms.certificateHours', spec.alarms.certificateHours);
  const members = tools === undefined ? nodes : [...nodes, tools];
  // From then on the certificates that the CA signs would outlive it.
  const longest = Math.max(...members.map(({ certificate }) => certificate.lifetime.validityHours));
  return [
    ...spec.trustedGenerations.map((generation) => ({
      rule: CA_EXPIRES_SOON,
      subject: `CA generation "${generation}"`,
      of: { generation },
      hours: caHours ?? longest,
    })),
    ...members.map(({ id, certificate }) => ({
      rule: CERTIFICATE_EXPIRES_SOON,
      subject: id === tools?.id ? certificate.subject : `certificate of node "${id}"`,
      of: { member: id },
      hours: certificateHours ?? Math.floor(certificate.lifetime.earlyRenewalHours / 2),
    })),
  ];
}
