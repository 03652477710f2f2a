import type { Moment, TerraformResource, Values } from '../terraform/resources';
import { readInstallScript } from './install-script/reader';

/** The files that go to one place together: an install script's, or those of one directory. */
export interface DeliveredUnit {
  readonly name: string;
  /** As the node knows it; undefined where only its options say it. */
  readonly installDirectory?: string;
  readonly files: readonly DeliveredFile[];
  /** The addresses of the resources that write them. */
  readonly resources: readonly string[];
}

export interface DeliveredFile {
  readonly name: string;
  /** In octal digits; undefined where that is not known. */
  readonly mode?: string;
  /** As a node reads it; with Terraform's expressions where it is not known yet, and undefined where not even those are. */
  readonly content?: string;
  /** The addresses of the resources that it is made of; undefined where the content is known. */
  readonly references?: readonly string[];
}

/** Everything that Terraform writes, at that moment. */
export function deliveredUnits(resources: readonly TerraformResource[], moment: Moment): readonly DeliveredUnit[] {
  const directories = new Map<string, { files: DeliveredFile[]; resources: string[] }>();
  const scripts: DeliveredUnit[] = [];
  for (const resource of resources.filter(({ type }) => type === 'local_file' || type === 'local_sensitive_file')) {
    const values = resource[moment];
    if (values === undefined || typeof values.filename !== 'string') continue;
    const text = contentOf(resource, values, moment);
    const script = text.content === undefined ? undefined : readInstallScript(text.content);
    if (script !== undefined) {
      const files = script.files.map((file) => ({ ...text, ...file }));
      const { subject: name, installDirectory } = script;
      scripts.push({ name, installDirectory, files, resources: [resource.address] });
    } else {
      const [directory, name] = split(values.filename);
      const mode = typeof values.file_permission === 'string' ? values.file_permission : undefined;
      const unit = directories.get(directory) ?? { files: [], resources: [] };
      unit.files.push({ ...text, name, mode });
      unit.resources.push(resource.address);
      directories.set(directory, unit);
    }
  }
  return [...scripts, ...[...directories].map(([directory, unit]) => ({ name: split(directory)[1], ...unit }))];
}

function contentOf(resource: TerraformResource, values: Values, moment: Moment): Omit<DeliveredFile, 'name'> {
  if (typeof values.content === 'string') return { content: values.content };
  const expression = moment === 'after' ? resource.configured.expressions.get('content') : undefined;
  return { content: unescaped(expression?.text), references: expression?.references ?? [] };
}

/** What `terraformLiteral` doubled. */
function unescaped(template: string | undefined): string | undefined {
  return template?.replace(/([$%])\1\{/g, '$1{');
}

function split(path: string): [directory: string, name: string] {
  const at = path.lastIndexOf('/');
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)];
}
