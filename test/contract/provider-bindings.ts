/**
 * What the CDKTF bindings know of a provider's schema.
 *
 * They were generated from the real providers' schemas, and their TypeScript source (kept in the source maps) notes for
 * each attribute whether it is required, optional or computed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

export type AttributeType = 'string' | 'number' | 'bool' | readonly ['list', ElementType];

type ElementType = 'string' | readonly ['object', Readonly<Record<string, AttributeType>>];

export interface Attribute {
  readonly type: AttributeType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, Block>>;
}

/** The resource types of a provider, by Terraform's name. */
export function readResources(provider: 'tls' | 'local'): Record<string, Block> {
  return readAll(provider, 'TerraformResource', /^(?!data-|provider$)/);
}

/** The same for the data sources. Their lists of objects are attributes. */
export function readDataSources(provider: 'tls'): Record<string, Block> {
  return readAll(provider, 'TerraformDataSource', /^data-/);
}

function readAll(provider: 'tls' | 'local', kind: string, names: RegExp): Record<string, Block> {
  const folders = readdirSync(libOf(provider), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && names.test(entry.name))
    .map((entry) => entry.name);
  return Object.fromEntries(folders.map((folder) => readBlock(readSource(provider, folder), kind)));
}

/** What the blocks of a provider's own configuration accept. */
export function readProviderBlocks(provider: 'tls' | 'local'): Record<string, string[]> {
  const source = readSource(provider, 'provider');
  const writers = source.matchAll(/(\w+): cdktf\.listMapper\((\w+), true\)/g);
  return Object.fromEntries([...writers].map(([, block = '', writer = '']) => [block, argumentsOf(source, writer)]));
}

function argumentsOf(source: string, writer: string): string[] {
  const body = new RegExp(`function ${writer}\\([\\s\\S]*?return \\{\\n([\\s\\S]*?)\\n {2}\\}\\n`).exec(source)?.[1];
  return [...(body ?? '').matchAll(/^\s*(\w+): cdktf\./gm)].map(([, name = '']) => name).sort();
}

function readBlock(source: string, kind: string): [type: string, block: Block] {
  const type = /tfResourceType = "(\w+)"/.exec(source)?.[1];
  if (type === undefined) throw new Error('a binding without tfResourceType');
  const [resource] = classes(source).filter(({ parent }) => parent === kind);
  if (resource === undefined) throw new Error(`the binding of ${type} has no ${kind}`);
  const nested = [...resource.body.matchAll(/= new (\w+)List\(this, "(\w+)"/g)].map(([, struct = '', name = '']) => {
    const reference = classes(source).find((candidate) => candidate.name === `${struct}OutputReference`);
    return [name, attributesOf(reference?.body ?? '')] as const;
  });
  const attributes = attributesOf(resource.body);
  // What can be written in them is a block; what can only be read is an attribute.
  if (kind === 'TerraformDataSource') {
    const lists = nested.map(([name, members]) => [name, { type: objects(members), ...COMPUTED }] as const);
    return [type, { attributes: { ...attributes, ...Object.fromEntries(lists) }, blocks: {} }];
  }
  return [
    type,
    {
      attributes,
      blocks: Object.fromEntries(nested.map(([name, members]) => [name, { attributes: members, blocks: {} }])),
    },
  ];
}

const COMPUTED = { required: false, optional: false, computed: true };

function objects(members: Record<string, Attribute>): AttributeType {
  return ['list', ['object', Object.fromEntries(Object.entries(members).map(([name, { type }]) => [name, type]))]];
}

interface BindingClass {
  readonly name: string;
  readonly parent: string;
  readonly body: string;
}

function classes(source: string): BindingClass[] {
  const found = source.matchAll(/^export class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)^\}/gm);
  return [...found].map(([, name = '', parent = '', body = '']) => ({ name, parent, body }));
}

const NOTE = /\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)\n/g;

function attributesOf(body: string): Record<string, Attribute> {
  return Object.fromEntries(
    [...body.matchAll(NOTE)].flatMap(([, name = '', computed, optional, required]) => {
      const getter = new RegExp(`get(\\w+)Attribute\\('${name}'\\)`).exec(body)?.[1];
      // A nested block has no getter of its own.
      if (getter === undefined) return [];
      const flags = { required: required === 'true', optional: optional === 'true', computed: computed === 'true' };
      return [[name, { type: typeOf(getter), ...flags }]];
    }),
  );
}

function typeOf(getter: string): AttributeType {
  const types: Partial<Record<string, AttributeType>> = {
    String: 'string',
    Number: 'number',
    Boolean: 'bool',
    List: ['list', 'string'],
  };
  const type = types[getter];
  if (type === undefined) throw new Error(`get${getter}Attribute is not known here`);
  return type;
}

function libOf(provider: string): string {
  return path.join(path.dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
}

function readSource(provider: string, folder: string): string {
  const compiled = readFileSync(path.join(libOf(provider), folder, 'index.js'), 'utf8');
  const encoded = /sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(compiled)?.[1];
  const map = JSON.parse(Buffer.from(encoded ?? '', 'base64').toString('utf8')) as { sourcesContent: [string] };
  return map.sourcesContent[0];
}
