import type { KeyAlgorithm } from '../../model/pki/key-algorithm';
import type { CertificateChoice } from '../../model/plan/certificate-plan';
import { concrete } from '../terraform/tokens';

/** What can be chosen about a certificate that a CA issues to a node or a tool. */
export interface CertificateOptions {
  /**
   * Algorithm of the key.
   *
   * @default KeyAlgorithm.ECDSA_P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity, in hours; at most the CA's.
   *
   * @default 8760 - one year
   */
  readonly validityHours?: number;
  /**
   * Hours before the end of validity from which on the next apply renews the certificate; `0` renews at expiry. Somebody has to apply:
   * nothing renews by itself.
   *
   * @default - a third of the validity
   */
  readonly earlyRenewalHours?: number;
  /**
   * A name for the key, such as the year: another name is another key, made in the next deploy. Without a change the key stays through every
   * renewal.
   *
   * @default - the key that was made first
   */
  readonly keyGeneration?: string;
}

/** The choices as the model takes them: free of tokens. */
export function certificateChoice(options: CertificateOptions): CertificateChoice {
  return {
    keyAlgorithm: options.keyAlgorithm,
    validityHours: concrete('validityHours', options.validityHours),
    earlyRenewalHours: concrete('earlyRenewalHours', options.earlyRenewalHours),
  };
}
