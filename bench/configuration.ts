/** What of a synthesized stack is compared and counted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type App, TerraformResource } from 'cdktf';

/** Every resource of an app with one stack, as its type, its number within the type, and its attributes, sorted. */
export function resourcesOf(app: App, outdir: string): string[] {
  app.synth();
  const text = readFileSync(join(outdir, 'stacks', 'bench', 'cdk.tf.json'), 'utf8');
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, Record<string, unknown>>> };
  const numbers = numberByName(app);
  const resources = [...numbers].map(([address, numbered]) => {
    const [type = '', name = ''] = address.split('.');
    const attributes = { ...resource[type]?.[name] };
    // CDKTF notes the construct's path here.
    delete attributes['//'];
    return `${numbered} ${JSON.stringify(attributes).replace(ADDRESS, (found) => numbers.get(found) ?? found)}`;
  });
  return resources.sort();
}

/** An address in a reference to an attribute. */
const ADDRESS = /\b(?:tls|local)_\w+\.[\w-]+/g;

/** Names differ with the way of declaring; which one of its type a resource is does not. */
function numberByName(app: App): ReadonlyMap<string, string> {
  const seen = new Map<string, number>();
  const numbers = new Map<string, string>();
  for (const construct of app.node.findAll()) {
    if (!TerraformResource.isTerraformResource(construct)) continue;
    const { terraformResourceType: type, friendlyUniqueId } = construct;
    const number = (seen.get(type) ?? 0) + 1;
    seen.set(type, number);
    numbers.set(`${type}.${friendlyUniqueId}`, `${type}#${number}`);
  }
  return numbers;
}
