import type { DeliveredFile } from '../../deliveries/delivered';
import { EXPRESSION } from '../../terraform/known-values';

/** The resources to which a text refers: files of one script have the references of all of them. */
export function referencesIn({ content, references = [] }: DeliveredFile): readonly string[] {
  return content === undefined ? references : references.filter((one) => content.includes(one));
}

/** Whether a part of a file comes from a variable or a data source of which the plan does not show the value. */
export function mayHoldUnseen({ content = '' }: DeliveredFile): boolean {
  return (content.match(EXPRESSION) ?? []).some((part) => /\b(?:var|data)\.\w/.test(part));
}

/** Whether a part of a file is neither known nor a key or certificate of the plan, such as a chain that Terraform reads from a file. */
export function mayHoldMore({ content, references }: DeliveredFile): boolean {
  if (references === undefined) return false;
  if (content === undefined) return true;
  const parts = content.match(EXPRESSION) ?? [];
  return parts.some((part) => !/\btls_\w+\./.test(part));
}
