import { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { within } from '../terraform/report';
import type { CertificateAuthority } from './certificate-authority';
import { RolloverWitnesses } from './rollover-witnesses';

/** Rules for the steps from one generation of a CA to the next. */
export interface CaRolloverOptions {
  /**
   * Minutes that must pass between the end of a deploy and the plan of the next step. Erlang reads renewed files within two minutes; the
   * rest is time to install them on the nodes.
   *
   * @default 10
   */
  readonly settleMinutes?: number;
  /**
   * Allows every step, also those that disconnect nodes from each other. It is for a CA whose key has leaked, where an outage does less
   * harm.
   *
   * @default false
   */
  readonly unsafeWithoutGuard?: boolean;
}

/** Properties of `CaRollover`. */
export interface CaRolloverProps extends CaRolloverOptions {
  /** The CA. Call its method `issuer()` before you create the `CaRollover`. */
  readonly certificateAuthority: CertificateAuthority;
  /**
   * The resources that deliver the trust bundle and the certificates to the nodes and tools (`DeliveryResult.resources`), or constructs
   * that contain them.
   */
  readonly deliveries: Construct[];
}

/**
 * Guard of the steps from one generation of a CA to the next. `terraform plan` refuses a generation that signs before every node trusts it,
 * the retirement of a generation that signed until recently, a new certificate under an old id, and a removed id.
 *
 * Witnesses in the Terraform state record earlier deploys. A witness is a resource that a deploy creates last, with the time of its plan. A
 * witness with the time of the current plan is new, so the plan can tell earlier deploys from itself. A plan that changes no phase is never
 * refused.
 *
 * Defines: one `terraform_data` for all deliveries, one for the first deploy, three to five for each generation, and one with the
 * conditions. They contain times and ids, and no secrets.
 */
export class CaRollover extends Construct {
  /** The `terraform_data` resource with the conditions. Absent with `unsafeWithoutGuard`. */
  public readonly guardResource?: Construct;

  public constructor(scope: Construct, id: string, props: CaRolloverProps) {
    super(scope, id);
    within(this, () => checkCall('new CaRollover', props));
    const { certificateAuthority, ...rules } = props;
    this.guardResource = new RolloverWitnesses(this, certificateAuthority._watched, rules).guard();
  }
}
