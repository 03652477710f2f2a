import type { DeliveredFile, DeliveredUnit } from '../../deliveries/delivered';
import { EXPRESSION, knownValues } from '../../terraform/known-values';
import type { Moment, TerraformResource } from '../../terraform/resources';

/**
 * A unit whose texts have the values that are known already in the place of their expressions. A text that is not known as a whole, because a
 * certificate is yet to be made, may have a known chain or trust bundle.
 */
export type Resolve = (unit: DeliveredUnit) => DeliveredUnit;

export function resolver(resources: readonly TerraformResource[], moment: Moment): Resolve {
  const known = knownValues(resources, moment);
  // What follows an unknown PEM text begins a line.
  const resolved = (part: string): string => known(part) ?? `${part}\n`;
  const resolve = ({ content, references, ...file }: DeliveredFile): DeliveredFile => ({
    ...file,
    content: references === undefined ? content : content?.replace(EXPRESSION, resolved),
    references,
  });
  return ({ files, ...unit }) => ({ ...unit, files: files.map(resolve) });
}

/** The resources to which a text refers: files of one script have the references of all of them. */
export function referencesIn({ content, references = [] }: DeliveredFile): readonly string[] {
  return content === undefined ? references : references.filter((one) => content.includes(one));
}

/** Whether a part of a file is neither known nor a key or certificate of the plan, such as a chain that Terraform reads from a file. */
export function mayHoldMore({ content, references }: DeliveredFile): boolean {
  if (references === undefined) return false;
  if (content === undefined) return true;
  const parts = content.match(EXPRESSION) ?? [];
  return parts.some((part) => !/\btls_\w+\./.test(part));
}
