import type { NodeName } from '../cluster/node-name';
import { NODE_USES, TOOL_USES } from '../pki/certificate-uses';
import { KeyAlgorithm } from '../pki/key-algorithm';
import { type Lifetime, NODE_VALIDITY_HOURS, renewedLifetime } from '../pki/lifetime';
import type { SharedIdentity } from '../pki/shared-identity';
import {
  commonName,
  sharedSubjectNames,
  type SubjectNameOptions,
  type SubjectNames,
  subjectNames,
} from '../pki/subject-names';

/** The options of a certificate. Absent ones have defaults. */
export interface CertificateChoice {
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly validityHours?: number;
  readonly earlyRenewalHours?: number;
}

/** A certificate to order, without its key. */
export interface CertificatePlan extends SubjectNames {
  /** Name of the certificate in messages. */
  readonly subject: string;
  readonly uses: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly lifetime: Lifetime;
}

/** The certificate of a node. `label`: the node's name for people. */
export function nodeCertificate(
  name: NodeName,
  label: string,
  choice: CertificateChoice & SubjectNameOptions,
): CertificatePlan {
  const subject = `certificate of node "${label}"`;
  return { ...subjectNames(name, choice), ...planned(subject, choice), uses: NODE_USES };
}

/** The certificate of an identity that many nodes share. */
export function sharedCertificate(
  identity: SharedIdentity,
  choice: CertificateChoice & SubjectNameOptions,
): CertificatePlan {
  const subject = `certificate of identity "${identity.id}"`;
  return { ...sharedSubjectNames(identity, subject, choice), ...planned(subject, choice), uses: NODE_USES };
}

const TOOLS_NAME = 'Erlang distribution tools';

/** The certificate of the tools: it names no host. */
export function toolCertificate(choice: CertificateChoice & Pick<SubjectNameOptions, 'commonName'>): CertificatePlan {
  const subject = 'certificate of the tools';
  const names = { commonName: commonName(choice.commonName ?? TOOLS_NAME, subject), dnsNames: [], ipAddresses: [] };
  return { ...names, ...planned(subject, choice), uses: TOOL_USES };
}

function planned(
  subject: string,
  { keyAlgorithm = KeyAlgorithm.ECDSA_P256, validityHours = NODE_VALIDITY_HOURS, earlyRenewalHours }: CertificateChoice,
): Pick<CertificatePlan, 'subject' | 'keyAlgorithm' | 'lifetime'> {
  return { subject, keyAlgorithm, lifetime: renewedLifetime(subject, validityHours, earlyRenewalHours) };
}

/** The options of one node, with those of the cluster as defaults. */
export function chosen(own: CertificateChoice, common: CertificateChoice): CertificateChoice {
  return {
    keyAlgorithm: own.keyAlgorithm ?? common.keyAlgorithm,
    validityHours: own.validityHours ?? common.validityHours,
    earlyRenewalHours: own.earlyRenewalHours ?? common.earlyRenewalHours,
  };
}
