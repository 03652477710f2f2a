import { type Evidence, refuse } from '../findings/finding';
import { meantText, nearName } from '../findings/near-name';
import { TOKEN_NOT_ALLOWED } from '../terraform/terraform-text';
import { isInstance, isObject, isPlain, isToken, makerOf } from './javascript-values';
import { isOwnValue } from './own-values';
import { PROPERTY_MISSING, PROPERTY_UNKNOWN, VALUE_TYPE_MISMATCH } from './type-rules';
import { elementOf, hasConstants, inWords, type Member, publicType, valueOf } from './value-type';

/** A value, its type in the public API, and where a user wrote it. */
export interface Given {
  readonly value: unknown;
  readonly type: string;
  /** The call: `TlsCluster`, `Platform.couchDb`. */
  readonly call: string;
  /** The place in the call: `nodes[0].name`. */
  readonly path: string;
}

/** Refuses a value that is not of its type, at any depth. */
export function checkValue(given: Given): void {
  const { value, type } = given;
  if (isOwnValue(value, type)) return;
  if (value === undefined) missing(given);
  if (isToken(value, type)) refuse(TOKEN_NOT_ALLOWED, { subject: subjectOf(given), expected: inWords(type) });
  const element = elementOf(type);
  const found = publicType(type);
  if (element !== undefined) checkList(given, element);
  else if (valueOf(type) !== undefined) checkMap(given, String(valueOf(type)));
  else if (found === undefined) checkPrimitive(given);
  else if (found.kind === 'class') mustBe(isInstance(value, type), given);
  else if (found.kind === 'struct') checkMembers(given, found.members, true);
  else checkInterface(given, found.members);
}

function missing(given: Given): never {
  const { type } = given;
  const detail = hasConstants(type) ? `or set to a constant that ${type} does not have` : undefined;
  return refuse(PROPERTY_MISSING, { subject: subjectOf(given), detail, expected: inWords(type) });
}

function checkList(given: Given, element: string): void {
  const { value, path } = given;
  if (!Array.isArray(value)) return wrongType(given);
  // Holes too, which `forEach` would pass over.
  Array.from<unknown>(value).forEach((one, index) => {
    checkValue({ ...given, value: one, type: element, path: `${path}[${index}]` });
  });
}

function checkMap(given: Given, type: string): void {
  if (!isPlain(given.value)) return wrongType(given);
  for (const [key, value] of Object.entries(given.value)) checkValue({ ...given, value, type, path: join(given, key) });
}

function checkPrimitive(given: Given): void {
  const { value, type } = given;
  if (type === 'Construct') return mustBe(isObject(value) && isObject(value.node), given);
  if (type === 'method') return mustBe(typeof value === 'function', given);
  return mustBe(typeof value === type, given);
}

function checkMembers(given: Given, members: readonly Member[], isStruct: boolean): void {
  const { value } = given;
  if (!isObject(value) || !(isPlain(value) || hasSome(value, members))) return wrongType(given);
  // An instance of a user's class may have more members than the interface needs, and an object may have methods of its own.
  const isOwn = (name: string): boolean =>
    !isStruct && typeof value[name] === 'function' && !isNearMember(name, members);
  const judged = isStruct || isPlain(value) ? Object.keys(value).filter((name) => !isOwn(name)) : [];
  checkNames(given, judged, members);
  for (const { name, type: memberType, optional } of members) {
    const member = value[name];
    if (member !== undefined || !optional) {
      checkValue({ ...given, value: member, type: memberType, path: join(given, name) });
    }
  }
}

/** Interfaces that were checked. A CA issues for a thousand nodes, and reading its members may be expensive. */
const CHECKED = new WeakMap<object, Set<string>>();

function checkInterface(given: Given, members: readonly Member[]): void {
  const checked = isObject(given.value) ? CHECKED.get(given.value) : undefined;
  if (checked?.has(given.type) === true) return;
  if (isForAnother(given, members)) wrongType(given);
  checkMembers(given, members, false);
  CHECKED.set(given.value as object, (checked ?? new Set()).add(given.type));
}

/** An object written where a factory belongs: `{ outputDirectory: 'out' }` for a delivery. */
function isForAnother({ value, type }: Given, members: readonly Member[]): boolean {
  if (publicType(type)?.ways === undefined || !isPlain(value) || hasSome(value, members)) return false;
  return !Object.keys(value).some((name) => isNearMember(name, members));
}

/** Whether it is the name of a member, or nearly one. */
function isNearMember(given: string, members: readonly Member[]): boolean {
  return members.some(({ name }) => nearName(given, [name]) !== undefined);
}

/** A list or a `Date` has nothing in common with a struct, which an instance of a user's class may be. */
function hasSome(value: Record<string, unknown>, members: readonly Member[]): boolean {
  return members.some(({ name }) => value[name] !== undefined);
}

/** Their names are judged by the option table, which knows the side, the release and the near names too. */
const JUDGED_BY_NAME: readonly string[] = ['ClientSslOptions', 'ServerSslOptions'];

function checkNames(given: Given, names: readonly string[], members: readonly Member[]): void {
  if (JUDGED_BY_NAME.includes(given.type)) return;
  const allowed = members.map(({ name }) => name);
  const unknown = names.find((name) => !allowed.includes(name));
  if (unknown !== undefined) refuseName(given, unknown, allowed);
}

/** Refuses a name in an object, and says which names there are. */
export function refuseName(given: Pick<Given, 'call' | 'path'>, name: string, allowed: readonly string[]): never {
  return refuse(PROPERTY_UNKNOWN, {
    subject: `${given.call}: property`,
    got: join(given, name),
    detail: meantText(name, allowed),
    expected: `one of ${[...allowed].sort().join(', ')}`,
  });
}

function mustBe(isRight: boolean, given: Given): void {
  if (!isRight) wrongType(given);
}

function wrongType(given: Given): never {
  return refuse(VALUE_TYPE_MISMATCH, { subject: subjectOf(given), ...shown(given), expected: inWords(given.type) });
}

/** A name is no secret. The value of such a property may be one, or hold one: all flags in one text, or all options. */
const MAY_BE_SECRET = /password|secret|cookie|pem|content|text|values|flags|^tls$|(?:client|server)Options$/i;

function shown({ value, path }: Given): Pick<Evidence, 'got' | 'detail'> {
  if (typeof value === 'function') return { detail: 'it is a function' };
  if (Array.isArray(value)) return { detail: 'it is a list' };
  if (isObject(value)) return { detail: `it is ${isPlain(value) ? 'an object' : `an instance of ${makerOf(value)}`}` };
  if (MAY_BE_SECRET.test(path)) return { detail: `it is a ${typeof value}` };
  return { got: typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : value };
}

function subjectOf({ call, path }: Given): string {
  return path === '' ? `argument of ${call}` : `${call}: ${path}`;
}

function join({ path }: Pick<Given, 'path'>, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
