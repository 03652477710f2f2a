import type { KeyAlgorithm } from '../../model/pki/key-algorithm';
import type { CertificateChoice } from '../../model/plan/certificate-plan';
import { concrete } from '../terraform/tokens';
import type { NodeKey } from './node-key';

/** Options of a certificate that a CA issues to a node or a tool. */
export interface CertificateOptions {
  /**
   * Algorithm of the key.
   *
   * @default KeyAlgorithm.ECDSA_P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Validity in hours, at most that of the CA.
   *
   * @default 8760 - one year
   */
  readonly validityHours?: number;
  /**
   * Number of hours before expiry at which a renewal is due; `0` renews at expiry. The next apply renews a certificate that is due: nothing
   * renews by itself.
   *
   * @default - a third of the validity, so that there is time to notice a missed renewal
   */
  readonly earlyRenewalHours?: number;
  /**
   * Name of the key, such as the year. A new name makes a new key in the next deploy; the same name keeps the key through every renewal.
   *
   * @default - no name: the first key stays
   */
  readonly keyGeneration?: string;
  /**
   * Where the private key is made, and where it stays.
   *
   * @default NodeKey.inTerraform()
   */
  readonly key?: NodeKey;
}

/** The options in the form of the model, without tokens. */
export function certificateChoice(options: CertificateOptions): CertificateChoice {
  return {
    keyAlgorithm: options.keyAlgorithm,
    validityHours: concrete('validityHours', options.validityHours),
    earlyRenewalHours: concrete('earlyRenewalHours', options.earlyRenewalHours),
  };
}
