import { isListToken, isOneToken } from '../terraform/token-text';

/** A value that only Terraform knows, where no string, number or list of strings can stand for it. */
export function isToken(value: unknown, type: string): boolean {
  if (Array.isArray(value)) return type !== 'string[]' && isListToken(value[0]);
  if (typeof value === 'string') return type !== 'string' && isOneToken(value);
  return isObject(value) && typeof value.resolve === 'function' && 'creationStack' in value;
}

/** Where jsii notes the name of a class. */
const JSII_TYPE = Symbol.for('jsii.rtti');

/** Whether it is an instance of that class of ours. By name, because two copies of the package have two classes. */
export function isInstance(value: unknown, type: string): boolean {
  for (let one: unknown = value; isObject(one); one = Object.getPrototypeOf(one)) {
    const maker: unknown = one.constructor;
    if (typeof maker === 'function' && className(maker) === type) return true;
  }
  return false;
}

function className(maker: object & { readonly name: string; readonly [JSII_TYPE]?: { readonly fqn: string } }): string {
  return Object.hasOwn(maker, JSII_TYPE) ? String(maker[JSII_TYPE]?.fqn.split('.').at(-1)) : maker.name;
}

/** Whether it has properties. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Whether it was written as `{ … }`. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The name of its class. */
export function makerOf(value: Record<string, unknown>): string {
  return typeof value.constructor === 'function' ? value.constructor.name : 'thing without a class';
}
