import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { Fn, Op, TerraformElement } from './cdktf';

/** A certificate and when its end is near. */
export interface Expiring {
  readonly rule: Rule;
  /** As messages name it. */
  readonly subject: string;
  /** End of validity, as a token. */
  readonly expiresAt: string;
  readonly alarmHours: number;
}

/** What `timecmp` gives at least where the first time is after the second. CDKTF cannot compare with a zero. */
const AFTER = 1;

/** A `check` block: Terraform warns in every plan and apply, and goes on. A certificate that the plan replaces is not judged before the apply. */
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

/** The order in which nodes are listed means nothing. */
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
