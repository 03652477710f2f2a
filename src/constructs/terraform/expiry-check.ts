import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { Fn, Op, TerraformElement } from './cdktf';

/** A certificate and the time from which Terraform warns that it expires soon. */
export interface Expiring {
  readonly rule: Rule;
  /** Name of the certificate in messages. */
  readonly subject: string;
  /** End of validity, as a token. */
  readonly expiresAt: string;
  readonly alarmHours: number;
}

/** The result of `timecmp` for a later first time. The comparison is with this, because CDKTF cannot compare with a zero. */
const AFTER = 1;

/**
 * A `check` block, with which Terraform warns in every plan and apply, and continues. A certificate that the plan replaces is checked after
 * the apply.
 */
export class ExpiryCheck extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly certificates: readonly Expiring[],
  ) {
    super(scope, id, 'check');
  }

  public override toTerraform(): object {
    return { check: { [this.friendlyUniqueId]: { assert: [...this.certificates].sort(bySubject).map(assertion) } } };
  }
}

/** The order of the nodes has no effect. */
function bySubject(one: Expiring, other: Expiring): number {
  return one.subject < other.subject ? -1 : 1;
}

function assertion({ rule, subject, expiresAt, alarmHours }: Expiring): object {
  const limit = Fn.timeadd(Fn.plantimestamp(), `${alarmHours}h`);
  return {
    condition: Op.gte(Fn.timecmp(expiresAt, limit), AFTER),
    error_message: describe(finding(rule, { subject, detail: `less than ${alarmHours} hours are left` })),
  };
}
