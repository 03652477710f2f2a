import { addTo } from '../../findings/lists';
import { type KnownValues, knownValues } from '../../terraform/known-values';
import type { Moment, TerraformResource } from '../../terraform/resources';
import type { DeliveredFile, DeliveredUnit, DeliveryReader, FileText } from '../delivered';
import { rendered } from '../file-resource';
import { placeIn } from './keys';

const TYPES: readonly string[] = ['kubernetes_secret_v1', 'kubernetes_secret'];

/** Reads Secrets: the keys of one say which node each file is for. */
export const KUBERNETES_SECRET_READER: DeliveryReader = {
  unitsIn(resources, moment) {
    const known = knownValues(resources, moment);
    return resources.filter(({ type }) => TYPES.includes(type)).flatMap((one) => unitsOf(one, moment, known));
  },
};

function unitsOf(resource: TerraformResource, moment: Moment, known: KnownValues): readonly DeliveredUnit[] {
  const units = new Map<string, DeliveredFile[]>();
  for (const [key, text] of textsOf(resource, moment, known)) {
    const place = placeIn(key);
    if (place !== undefined) addTo(units, place.nodeId, { ...text, name: place.name });
  }
  return [...units].map(([name, files]) => ({ name, files, resources: [resource.address] }));
}

/** The texts by their keys. A plan that makes a certificate shows those that it knows already, or none of them. */
function textsOf(resource: TerraformResource, moment: Moment, known: KnownValues): ReadonlyMap<string, FileText> {
  const values = resource[moment];
  const texts = new Map<string, FileText>();
  if (values === undefined) return texts;
  const { value, references = [] } =
    (moment === 'after' ? resource.configured.expressions.get('data') : undefined) ?? {};
  for (const [key, template] of textsIn(value)) texts.set(key, { content: rendered(template, known), references });
  for (const [key, content] of textsIn(values.data)) texts.set(key, { content });
  return texts;
}

function textsIn(map: unknown): readonly (readonly [key: string, text: string])[] {
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : []));
}
