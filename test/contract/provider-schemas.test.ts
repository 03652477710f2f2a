import kubernetesBindings from '../support/deliveries/kubernetes-provider.json';
import { requires } from '../support/programs/requires';
import {
  mustSucceed,
  prepareOfflineProviders,
  requiredProviders,
  TerraformDirectory,
  TLS_WITH_WRITE_ONLY_KEYS,
} from '../support/terraform';
import { KUBERNETES } from '../support/terraform/offline-providers';
import { type Attribute, type Block, readDataSources, readProviderBlocks, readResources } from './provider-bindings';
import newer from './provider-schemas/tls-4.4.1.json';

/** A first build of the providers compiles the plugin framework. */
const BUILD_MS = 600_000;

/** The part of `terraform providers schema -json` that is compared. */
interface SchemaBlock {
  readonly attributes?: Readonly<
    Record<string, Partial<Attribute> & { readonly sensitive?: boolean; readonly write_only?: boolean }>
  >;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: string; readonly block: SchemaBlock }>>;
}

type Schemas = Readonly<Record<string, { readonly block: SchemaBlock }>>;

interface ProviderSchema {
  readonly provider: { readonly block: SchemaBlock };
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
  readonly ephemeral_resource_schemas?: Schemas;
}

requires('terraform', 'go')('the offline providers', () => {
  let directory: TerraformDirectory;
  let schemas: Record<'tls' | 'local', ProviderSchema>;

  beforeAll(async () => {
    directory = await TerraformDirectory.create(await prepareOfflineProviders(), requiredProviders());
    const all = await schemasIn(directory);
    schemas = { tls: schemaOf(all, 'tls'), local: schemaOf(all, 'local') };
  }, BUILD_MS);

  afterAll(() => directory?.remove());

  test.each(['tls', 'local'] as const)('have exactly the resource types of the bindings for %s', (provider) => {
    expect(Object.keys(schemas[provider].resource_schemas).sort()).toEqual(Object.keys(readResources(provider)).sort());
  });

  const resources = (['tls', 'local'] as const).flatMap((provider) =>
    Object.entries(readResources(provider)).map(([type, block]) => ({ provider, type, block })),
  );

  test.each(resources)('have the attributes of the binding for $type', ({ provider, type, block }) => {
    expect(Object.keys(block.attributes)).not.toHaveLength(0);
    expect(comparable(schemas[provider].resource_schemas[type]?.block)).toEqual(block);
  });

  test('have the attributes of the bindings for the data sources', () => {
    expect(comparableAll(schemas.tls.data_source_schemas)).toEqual(readDataSources('tls'));
  });

  test.each(['tls', 'local'] as const)('accept the blocks of the provider binding for %s', (provider) => {
    const { attributes, block_types: blocks = {} } = schemas[provider].provider.block;
    expect(attributes ?? {}).toEqual({});
    expect(
      Object.fromEntries(Object.entries(blocks).map(([name, { block }]) => [name, names(block.attributes)])),
    ).toEqual(readProviderBlocks(provider));
  });

  // The bindings do not know what Terraform hides; this is the list in the real providers' documentation.
  test('mark private keys and sensitive contents as sensitive', () => {
    expect(marked('sensitive', schemas.tls, schemas.local)).toEqual([
      'local_file.sensitive_content',
      'local_sensitive_file.content',
      'local_sensitive_file.content_base64',
      'tls_cert_request.private_key_pem',
      'tls_locally_signed_cert.ca_private_key_pem',
      'tls_private_key.private_key_openssh',
      'tls_private_key.private_key_pem',
      'tls_private_key.private_key_pem_pkcs8',
      'tls_self_signed_cert.private_key_pem',
    ]);
  });
});

requires('terraform', 'go')(`the offline tls provider ${TLS_WITH_WRITE_ONLY_KEYS}`, () => {
  let directory: TerraformDirectory;
  let schema: ProviderSchema;

  beforeAll(async () => {
    const tls = { source: 'hashicorp/tls', version: TLS_WITH_WRITE_ONLY_KEYS };
    directory = await TerraformDirectory.create(await prepareOfflineProviders(), {
      terraform: { required_providers: { tls } },
    });
    schema = schemaOf(await schemasIn(directory), 'tls');
  }, BUILD_MS);

  afterAll(() => directory?.remove());

  test('has the attributes that its later bindings record', () => {
    expect(comparableAll(schema.resource_schemas)).toEqual(newer.resources);
    expect(comparableAll(schema.data_source_schemas)).toEqual(newer.dataSources);
    expect(comparableAll(schema.ephemeral_resource_schemas)).toEqual(newer.ephemeralResources);
  });

  test('keeps the write-only keys out of plans and states', () => {
    expect(marked('write_only', schema)).toEqual([
      'tls_cert_request.private_key_pem_wo',
      'tls_locally_signed_cert.ca_private_key_pem_wo',
      'tls_self_signed_cert.private_key_pem_wo',
    ]);
  });
});

requires('terraform', 'go')(`the offline kubernetes provider ${KUBERNETES}`, () => {
  test(
    'has the arguments of the binding for a Secret',
    async () => {
      const kubernetes = { source: 'hashicorp/kubernetes', version: KUBERNETES };
      const directory = await TerraformDirectory.create(await prepareOfflineProviders(), {
        terraform: { required_providers: { kubernetes } },
      });
      try {
        const { resource_schemas: types } = schemaOf(await schemasIn(directory), 'kubernetes');
        expect(settable(types.kubernetes_secret_v1?.block)).toEqual(recorded(kubernetesBindings.kubernetes_secret_v1));
        expect(marked('sensitive', { resource_schemas: types })).toEqual([
          'kubernetes_secret_v1.binary_data',
          'kubernetes_secret_v1.data',
        ]);
      } finally {
        await directory.remove();
      }
    },
    BUILD_MS,
  );
});

/** Names, each with whether a user may set it: a default is computed here, and not in the older protocol of the real provider. */
function settable({ attributes = {}, block_types: blocks = {} }: SchemaBlock = {}): object {
  return {
    ...Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, one.optional === true])),
    ...Object.fromEntries(Object.entries(blocks).map(([name, { block }]) => [name, settable(block)])),
  };
}

/** The same of what was recorded from bindings. */
function recorded({ attributes, blocks = {} }: RecordedBlock): object {
  return {
    ...Object.fromEntries(Object.entries(attributes).map(([name, kind]) => [name, kind.startsWith('optional')])),
    ...Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, recorded(block)])),
  };
}

interface RecordedBlock {
  readonly attributes: Readonly<Record<string, string>>;
  readonly blocks?: Readonly<Record<string, RecordedBlock>>;
}

async function schemasIn(directory: TerraformDirectory): Promise<Record<string, ProviderSchema>> {
  mustSucceed(await directory.init());
  const { provider_schemas: all } = (await directory.providersSchema()) as {
    provider_schemas: Record<string, ProviderSchema>;
  };
  return all;
}

function marked(
  mark: 'sensitive' | 'write_only',
  ...schemas: readonly Pick<ProviderSchema, 'resource_schemas'>[]
): string[] {
  return schemas
    .flatMap(({ resource_schemas: types }) => Object.entries(types))
    .flatMap(([type, { block }]) =>
      Object.entries(block.attributes ?? {})
        .filter(([, attribute]) => attribute[mark])
        .map(([name]) => `${type}.${name}`),
    )
    .sort();
}

function schemaOf(all: Record<string, ProviderSchema>, provider: string): ProviderSchema {
  const found = Object.entries(all).find(([address]) => address.endsWith(`/hashicorp/${provider}`));
  if (found === undefined) throw new Error(`terraform knows no schema for ${provider}`);
  return found[1];
}

function names(attributes: object | undefined): string[] {
  return Object.keys(attributes ?? {}).sort();
}

function comparableAll(schemas: Schemas = {}): Record<string, Block> {
  return Object.fromEntries(Object.entries(schemas).map(([type, { block }]) => [type, comparable(block)]));
}

/** A schema in the shape of {@link Block}: Terraform leaves out what is false. */
function comparable(schema: SchemaBlock | undefined): Block {
  const attributes = Object.entries(schema?.attributes ?? {}).map(
    ([name, { type, required = false, optional = false, computed = false }]) =>
      [name, { type, required, optional, computed }] as [string, Attribute],
  );
  const blocks = Object.entries(schema?.block_types ?? {}).map(([name, { nesting_mode: mode, block }]) => {
    // The bindings hand these blocks over as lists.
    expect(mode).toBe('list');
    return [name, comparable(block)] as const;
  });
  return { attributes: Object.fromEntries(attributes), blocks: Object.fromEntries(blocks) };
}
