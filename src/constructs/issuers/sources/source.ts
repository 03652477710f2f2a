import type { Construct } from 'constructs';

import type { KeyAlgorithm } from '../../../model/pki/key-algorithm';
import type { Alarm } from '../../../model/plan/alarms';
import type { CertificateFacts } from '../../../model/x509/certificate-reader';
import type { ICertificateIssuer } from '../issuer';

/** What a generation is to be, with the defaults of its CA. */
export interface GenerationRequest {
  readonly id: string;
  readonly commonName: string;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Absent if the user gives none. */
  readonly validityHours?: number;
  /** Absent if there is no limit. */
  readonly maxPathLength?: number;
}

/** A generation as its source defines it. */
export interface SourcedGeneration {
  /** Common name of the CA that signs. Absent if it is not known at synth, or does not sign. */
  readonly commonName?: string;
  /** The whole name of that CA, as `CertificateName.identity` has it. Absent if it is not known at synth. */
  readonly subject?: string;
  /** The certificates that nodes trust, as PEM. */
  readonly trustPem: string;
  /** Equal for generations with the same trust. CDKTF makes another token of each expression, so that equal texts may look different. */
  readonly trustKey: string;
  /** The certificate of the CA that signs. Absent if it is not known, or does not sign. */
  readonly certificatePem?: string;
  /** Identifies what nodes trust. Another certificate has another text. */
  readonly identity: string;
  /** End of validity of what nodes trust, as an RFC 3339 time. */
  readonly expiresAt?: string;
  /** The latest end, if nodes trust several certificates: until then, the CA may be below one that is valid. */
  readonly lastExpiresAt?: string;
  /** Begin of validity, as an RFC 3339 time, if it may be in the future. */
  readonly validFrom?: string;
  /** Validity in hours, if it is made here. */
  readonly validityHours?: number;
  /** CAs that are known at synth and that nodes send. */
  readonly known: readonly CertificateFacts[];
  /** Alarms beside that of what nodes trust, with the ends of validity. */
  readonly alarms?: readonly (Omit<Alarm, 'of'> & { readonly expiresAt: string })[];
  readonly privateKeyResource?: Construct;
  readonly certificateResource?: Construct;
  /** As an issuer has it. */
  readonly issuesOnlyFor?: string[];
  /** Absent if the generation cannot sign. */
  readonly sign?: ICertificateIssuer['issue'];
}

/** A source of generations. */
export interface Source {
  /** As its factory is called. */
  readonly kind: string;
  readonly canSign: boolean;
  /** Whether the CA comes into being with the cluster. */
  readonly isNew: boolean;
  /** Which options of a generation have an effect. */
  readonly takes: readonly ('commonName' | 'keyAlgorithm' | 'validityHours' | 'maxPathLength')[];
  readonly define: (scope: Construct, request: GenerationRequest) => SourcedGeneration;
}
