import { EXPRESSION, type KnownValues, knownValues } from '../terraform/known-values';
import type { Moment, TerraformResource } from '../terraform/resources';
import type { FileText } from './delivered';

/** A file that Terraform writes on the machine on which it runs. */
export interface WrittenFile {
  readonly address: string;
  readonly directory: string;
  readonly name: string;
  /** In octal digits. Absent if it is not known. */
  readonly mode?: string;
  readonly text: FileText;
}

const TYPES: readonly string[] = ['local_file', 'local_sensitive_file'];

/** The files among these resources, as they are at that moment. */
export function writtenFiles(resources: readonly TerraformResource[], moment: Moment): readonly WrittenFile[] {
  const known = knownValues(resources, moment);
  return resources.flatMap((resource) => {
    const { filename, file_permission: mode } = resource[moment] ?? {};
    if (!TYPES.includes(resource.type) || typeof filename !== 'string') return [];
    const { directory, name } = splitPath(filename);
    const text = textOf(resource, moment, known);
    return [{ address: resource.address, directory, name, mode: typeof mode === 'string' ? mode : undefined, text }];
  });
}

function textOf(resource: TerraformResource, moment: Moment, known: KnownValues): FileText {
  const content = resource[moment]?.content;
  if (typeof content === 'string') return { content };
  const expression = moment === 'after' ? resource.configured.expressions.get('content') : undefined;
  return { content: expression?.text && rendered(expression.text, known), references: expression?.references ?? [] };
}

/**
 * Text as a node reads it: the doubling of `terraformLiteral` is undone, and values that are known stand in the places of their expressions. Other
 * expressions remain, because they say which certificates a file has. All this takes one pass, because a literal text may look like an expression.
 */
export function rendered(template: string, known: KnownValues): string {
  return template.replace(ESCAPED_OR_EXPRESSION, (found, escaped?: string) => {
    if (escaped !== undefined) return `${escaped}{`;
    // What follows an unknown PEM text begins a line.
    return known(found) ?? `${found}\n`;
  });
}

const ESCAPED_OR_EXPRESSION = new RegExp(String.raw`([$%])\1\{|${EXPRESSION.source}`, 'g');

export function splitPath(path: string): { readonly directory: string; readonly name: string } {
  const at = path.lastIndexOf('/');
  return { directory: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) };
}
