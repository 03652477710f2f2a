import { Op } from './cdktf';
import { expression } from './expression';

/** An expression of Terraform that is true or false. */
export type Condition = ReturnType<typeof Op.or>;

/** Terraform refuses a condition that refers to no object, and what is known at synth refers to none. */
export function withReference(condition: Condition): Condition {
  return Op.and(expression('terraform.workspace != ""'), condition);
}
