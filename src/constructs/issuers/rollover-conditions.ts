/** Conditions of the guard, as expressions that Terraform evaluates when it plans. */
import { describe, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { GENERATION_EXPIRED } from '../../model/pki/rollover-guard';
import { CERTIFICATE_NOT_YET_VALID } from '../../model/rules/certificates/validity';
import { Fn, Op, type Precondition } from '../terraform/cdktf';
import type { Condition } from '../terraform/condition';
import type { TerraformData } from '../terraform/terraform-data';
import type { Validity } from './watched-generations';

/**
 * The result of `timecmp` for an earlier and for a later first time. The comparisons below are with these, because CDKTF cannot compare
 * with a zero.
 */
const BEFORE = -1;
const AFTER = 1;

/** Whether the current plan creates the witness. */
export function isNew(witness: TerraformData): Condition {
  return Op.eq(witness.text('planned'), Fn.plantimestamp());
}

export function isOld(witness: TerraformData): Condition {
  return Op.neq(witness.text('planned'), Fn.plantimestamp());
}

export function isNotAfter(witness: TerraformData, other: TerraformData): Condition {
  return Op.lt(Fn.timecmp(witness.text('planned'), other.text('planned')), AFTER);
}

/**
 * Whether the witness is that much older than this plan. The time of a new witness is not known yet, so the condition must not read it.
 * CDKTF writes a conditional without parentheses; the list around it adds brackets.
 */
export function isSettled(witness: TerraformData, settle: string): Condition {
  return Fn.alltrue([Fn.conditional(isOld(witness), isOver(witness.text('applied'), settle), false)]);
}

/** Whether the time is that much earlier than this plan. */
export function isOver(time: string, settle: string): Condition {
  return Op.lte(Fn.timecmp(Fn.timeadd(time, settle), Fn.plantimestamp()), BEFORE);
}

/**
 * Whether a CA that was not made here can begin to sign. One that signs already is an alarm and no reason to refuse a plan: the next step is the way
 * out.
 */
export function validityConditions(
  id: string,
  { validFrom, expiresAt }: Validity = {},
  signsAlready: Condition,
): Precondition[] {
  const required = (rule: Rule, condition: Condition, got: string): Precondition => ({
    condition: Op.or(signsAlready, condition),
    errorMessage: describe(finding(rule, { subject: `CA generation "${id}"`, got })),
  });
  const compared = (time: string): number => Fn.timecmp(time, Fn.plantimestamp());
  return [
    ...(validFrom === undefined
      ? []
      : [required(CERTIFICATE_NOT_YET_VALID, Op.lt(compared(validFrom), AFTER), validFrom)]),
    ...(expiresAt === undefined ? [] : [required(GENERATION_EXPIRED, Op.gt(compared(expiresAt), BEFORE), expiresAt)]),
  ];
}
