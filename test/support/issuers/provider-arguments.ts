import type { ResourceConfig } from '../stacks/template';

/** The arguments and blocks of a resource, as the published bindings of its provider have them. */
export interface Level {
  readonly attributes: Readonly<Record<string, string>>;
  readonly blocks?: Readonly<Record<string, unknown>>;
}

/** Arguments that the schema does not have or that a user cannot set, and those that are missing. */
export function argumentFaults(
  config: Readonly<Record<string, unknown>>,
  { attributes, blocks = {} }: Level,
): string[] {
  const META = ['//', 'lifecycle', 'provider', 'depends_on'];
  const given = Object.keys(config).filter((name) => !META.includes(name));
  const needed = Object.entries({ ...attributes, ...blocks }).filter(
    ([, kind]) => kind === 'required' || (kind as { required?: boolean }).required === true,
  );
  return [
    ...needed.filter(([name]) => !given.includes(name)).map(([name]) => `${name} is missing`),
    ...given.flatMap((name) => {
      const block = blocks[name] as Level | undefined;
      if (block !== undefined)
        return [config[name]].flat().flatMap((one) => argumentFaults(one as ResourceConfig, block));
      const kind = attributes[name];
      return kind === undefined || kind === 'computed' ? [`${name} is ${kind ?? 'unknown'}`] : [];
    }),
  ];
}
