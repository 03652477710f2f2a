/** The public API as jsii sees it: just the parts of the assembly that the contract tests look at. */
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

import { checkout } from './repository';

export interface Documented {
  readonly docs?: { readonly summary?: string };
}

export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

export interface Parameter {
  readonly name: string;
  readonly optional?: boolean;
  readonly type: TypeReference;
}

export interface Member extends Documented {
  readonly name: string;
  readonly overrides?: string;
}

export interface Property extends Member, Parameter {}

export interface Method extends Member {
  /** Whether only subclasses call it. */
  readonly protected?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference };
}

export interface Type extends Documented {
  readonly fqn: string;
  readonly name: string;
  /** Whether an interface is a struct. */
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly Parameter[] };
  readonly kind: 'class' | 'interface' | 'enum';
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly Member[];
}

export interface Assembly {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Type>>;
}

/** What the last build wrote. */
export function readAssembly(): Assembly {
  const file = path.join(checkout, '.jsii');
  if (!existsSync(file)) throw new Error('.jsii is missing: run "npm run build" first');
  return JSON.parse(readFileSync(file, 'utf8')) as Assembly;
}

/**
 * Types in public signatures that are not ours and not `constructs`'.
 *
 * CDKTF is archived: as long as no class of it appears in a signature, moving to its successor changes imports only.
 */
export function foreignTypes(assembly: Assembly): string[] {
  return everyType(assembly, (type) =>
    namesOf(type)
      .filter((name) => !name.startsWith(`${assembly.name}.`) && !name.startsWith('constructs.'))
      .map((name) => `${type.fqn} mentions ${name}`),
  );
}

/** Signatures that some language of jsii can only show as "anything". */
export function looseTypes(assembly: Assembly): string[] {
  return everyType(assembly, (type) =>
    nodesOf(type)
      .filter((node) => 'union' in node || node.primitive === 'any' || node.primitive === 'json')
      .map((node) => `${type.fqn} has a loose type: ${JSON.stringify(node)}`),
  );
}

/** Exported types and members without a sentence that says what they are. */
export function undocumented(assembly: Assembly): string[] {
  return everyType(assembly, (type) => {
    const members = [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])];
    const silent = members.filter((member) => !hasSummary(member) && member.overrides === undefined);
    return [...(hasSummary(type) ? [] : [type.fqn]), ...silent.map((member) => `${type.fqn}.${member.name}`)];
  });
}

function everyType(assembly: Assembly, look: (type: Type) => string[]): string[] {
  return [...new Set(Object.values(assembly.types).flatMap(look))];
}

function hasSummary({ docs }: Documented): boolean {
  return (docs?.summary ?? '').trim() !== '';
}

/** Names of other types: jsii writes `{ "fqn": … }` in signatures, and plain names for what a type extends. */
function namesOf(type: Type): string[] {
  const bases = type as { base?: string; interfaces?: readonly string[] };
  const mentioned = nodesOf(type).map((node) => node.fqn);
  return [...mentioned, bases.base, ...(bases.interfaces ?? [])].filter((name) => typeof name === 'string');
}

type Node = Readonly<Record<string, unknown>>;

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesOf)];
}
