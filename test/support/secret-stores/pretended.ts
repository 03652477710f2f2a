/** What Terraform would write into secret stores: it computes the arguments, and no provider takes them. */
import type { StateJson } from '../terraform/plan';

type Config = Readonly<Record<string, unknown>>;

const PROVIDERS = ['aws', 'google', 'azurerm', 'vault'];

/** The configuration with `terraform_data` in the places of secrets: their arguments are its input. */
export function withoutStores(configuration: string): string {
  const parsed = JSON.parse(configuration) as {
    resource: Record<string, Record<string, Config>>;
    provider: Record<string, unknown>;
    terraform: { required_providers: Record<string, unknown> };
  };
  const isOfStore = (name: string): boolean => PROVIDERS.includes(name.split('_')[0] ?? '');
  const secrets = Object.entries(parsed.resource).filter(([type]) => isOfStore(type));
  const data = secrets.flatMap(([type, named]) =>
    Object.entries(named).map(([name, { lifecycle, ...input }]) => [
      name,
      { input: { pretended: type, ...input }, lifecycle },
    ]),
  );
  const without = {
    ...parsed,
    resource: {
      ...Object.fromEntries(Object.entries(parsed.resource).filter(([type]) => !isOfStore(type))),
      terraform_data: { ...parsed.resource.terraform_data, ...(Object.fromEntries(data) as Record<string, Config>) },
    },
    provider: withoutProviders(parsed.provider),
    terraform: { ...parsed.terraform, required_providers: withoutProviders(parsed.terraform.required_providers) },
  };
  // A secret is referred to by its id, and a piece by its name.
  const reference = new RegExp(`\\b(?:${secrets.map(([type]) => type).join('|')})\\.([\\w-]+)`, 'g');
  return JSON.stringify(without, undefined, 2)
    .replace(reference, 'terraform_data.$1')
    .replace(/\bterraform_data\.([\w-]+)\.name\b/g, 'terraform_data.$1.output.name');
}

function withoutProviders(providers: Config): Config {
  return Object.fromEntries(Object.entries(providers).filter(([name]) => !PROVIDERS.includes(name)));
}

/** The arguments of the resources of a type, as Terraform computed them. */
export function argumentsOf(state: StateJson, type: string): readonly Config[] {
  return (state.values?.root_module.resources ?? [])
    .map(({ values }) => values.output as Config | undefined)
    .filter((output) => output?.pretended === type)
    .map((output) => output ?? {});
}
