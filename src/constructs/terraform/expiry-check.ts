import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { TerraformElement } from './cdktf';
import { sortedRecord } from './sorted-record';

/** Certificates for which Terraform warns from the same number of hours before they expire. */
export interface Expiring {
  /** Key of the alarm within the check. */
  readonly key: string;
  readonly rule: Rule;
  readonly hours: number;
  /** Ends of validity, as tokens, by the names that the certificates have in messages. */
  readonly ends: ReadonlyMap<string, string>;
}

/**
 * A `check` block, with which Terraform warns in every plan and apply, and continues. If the plan issues one of the certificates of an
 * assertion, Terraform makes the assertion after the apply.
 *
 * Certificates with a common alarm have one assertion. In a first plan, Terraform says of each assertion that it cannot be made yet, and for
 * each message it reads the whole configuration again. The ends are in a local value, where Terraform evaluates them once.
 */
export class ExpiryCheck extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly alarms: readonly Expiring[],
  ) {
    super(scope, id, 'check');
  }

  public override toTerraform(): object {
    const name = this.friendlyUniqueId;
    return {
      locals: { [name]: Object.fromEntries(this.alarms.map(({ key, ends }) => [key, sortedRecord(ends)])) },
      check: { [name]: { assert: this.alarms.map((alarm) => assertion(`local.${name}`, alarm)) } },
    };
  }
}

function assertion(local: string, { key, rule, hours }: Expiring): object {
  const message = describe(finding(rule, { subject: '${subject}', detail: `less than ${hours} hours are left` }));
  const soon = (what: string): string =>
    `[for subject, end in ${local}[${JSON.stringify(key)}] : ${what} if timecmp(end, timeadd(plantimestamp(), "${hours}h")) < 1]`;
  return {
    condition: `\${length(${soon('subject')}) == 0}`,
    // The message is a template of Terraform, too.
    error_message: `\${join("\\n", ${soon(JSON.stringify(message))})}`,
  };
}
