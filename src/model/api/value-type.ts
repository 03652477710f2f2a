import { PUBLIC_TYPES } from './public-api.generated';

/** A struct, interface or class of the public API. */
export interface PublicType {
  readonly kind: 'struct' | 'interface' | 'class';
  readonly members: readonly Member[];
  /** Constants, factories and constructors that give one. */
  readonly ways?: readonly string[];
}

/** A member of a struct or interface. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** Name and type of each member or parameter, `?` marks those that may be left out. */
export type Declared = Readonly<Record<string, string>>;

type DeclaredType = Omit<PublicType, 'members'> & { readonly members: Declared };

const TYPES: ReadonlyMap<string, PublicType> = new Map(
  Object.entries<DeclaredType>(PUBLIC_TYPES).map(([name, type]) => [
    name,
    { ...type, members: membersOf(type.members) },
  ]),
);

/** The public type of that name. Absent for primitives, lists and maps. */
export function publicType(type: string): PublicType | undefined {
  return TYPES.get(type);
}

/** The members, or the parameters of a call. */
export function membersOf(members: Declared): readonly Member[] {
  return Object.entries(members).map(([name, type]) => ({
    name: name.replace('?', ''),
    type,
    optional: name.endsWith('?'),
  }));
}

/** The type of a list's elements. Absent if the type is no list. */
export function elementOf(type: string): string | undefined {
  return type.endsWith('[]') ? type.slice(0, -2) : undefined;
}

/** The type of a map's values. Absent if the type is no map. */
export function valueOf(type: string): string | undefined {
  return type.startsWith(MAP) ? type.slice(MAP.length) : undefined;
}

const MAP = 'map of ';

/** Whether some values of the type are constants, which JavaScript lets a user misspell. */
export function hasConstants(type: string): boolean {
  return publicType(type)?.ways?.some((way) => !way.endsWith('(…)')) ?? false;
}

/** The type in words: `an OtpRelease: OtpRelease.OTP_24, … or OtpRelease.of(…)`. */
export function inWords(type: string): string {
  const element = elementOf(type);
  if (element !== undefined) return `a list, each element of it ${inWords(element)}`;
  const value = valueOf(type);
  if (value !== undefined) return `an object, each value of it ${inWords(value)}`;
  const found = publicType(type);
  if (found === undefined) return `a ${type.toLowerCase()}`;
  if (found.ways !== undefined)
    return `${/^(?:[AEIO]|Ssl)/.test(type) ? 'an' : 'a'} ${type}: ${alternatives(found.ways)}`;
  return `an object with ${properties(found.members)}`;
}

/** What has to be there, or else what can be. */
function properties(members: readonly Member[]): string {
  const required = members.filter(({ optional }) => !optional);
  return required.length > 0 ? namesOf(required).join(', ') : `some of ${namesOf(members).join(', ')}`;
}

function namesOf(members: readonly Member[]): string[] {
  return members.map(({ name }) => name);
}

function alternatives(ways: readonly string[]): string {
  return ways.length === 1 ? String(ways[0]) : `${ways.slice(0, -1).join(', ')} or ${String(ways.at(-1))}`;
}
