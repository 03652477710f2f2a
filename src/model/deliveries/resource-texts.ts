import { textsInJson } from '../terraform/json-texts';
import type { KnownValues } from '../terraform/known-values';
import type { Moment, TerraformResource } from '../terraform/resources';
import type { FileText } from './delivered';
import { rendered } from './file-resource';

/**
 * The texts among the values of a resource at that moment, at any depth, also in JSON. A text that is not known yet is the one of the configuration, with
 * Terraform's expressions in it; a text that Terraform writes and does not keep (`value_wo`) is none of them.
 * `isWanted` is asked about the text and its configuration alike, and should look at its first characters alone.
 */
export function textsIn(
  resource: TerraformResource,
  moment: Moment,
  known: KnownValues,
  isWanted: (text: string) => boolean,
): readonly FileText[] {
  const values = resource[moment];
  if (values === undefined) return [];
  const found = leaves(values).filter(isWanted);
  if (moment === 'before') return found.map((content) => ({ content }));
  const unknown = [...resource.configured.expressions].flatMap(([name, { text, value, references }]) =>
    missing(values[name], text ?? value)
      .filter(isWanted)
      .map((template) => ({ content: rendered(template, known), references })),
  );
  return [...found.map((content) => ({ content })), ...unknown];
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return textsInJson(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** The configured texts in whose place there is no value yet. Null is a value. */
function missing(value: unknown, configured: unknown): readonly string[] {
  if (value === undefined) return leaves(configured);
  if (typeof value !== 'object' || value === null || typeof configured !== 'object' || configured === null) return [];
  return Object.entries(configured).flatMap(([name, part]) => missing((value as Record<string, unknown>)[name], part));
}
