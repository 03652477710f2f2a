import { checkValue } from './check-value';
import { FOREIGN_RESULTS, PUBLIC_CALLS } from './public-api.generated';
import { type Declared, type Member, membersOf } from './value-type';

/**
 * Refuses arguments of another type, and properties that do not exist. TypeScript finds them too, but `tsx` and plain JavaScript do not look.
 * The arguments of a constructor begin after its scope and id.
 */
export function checkCall(call: string, ...args: readonly unknown[]): void {
  parametersOf(call).forEach(({ name, type, optional }, index) => {
    const value = args[index];
    if (value === undefined && optional) return;
    checkValue({ value, type, call: call.replace('new ', ''), path: isObjectOfProps(name) ? '' : name });
  });
}

/** Refuses a result of another type from a method that a user implements, and returns it. */
export function checkedResult<T>(method: string, value: T): T {
  checkValue({ value, type: typeOfResult(method), call: method, path: RESULT });
  return value;
}

// By name and not by type: a new call is not in the generated module before its first compilation.
const CALLS: ReadonlyMap<string, readonly Member[]> = new Map(
  Object.entries<Declared>(PUBLIC_CALLS).map(([call, parameters]) => [call, membersOf(parameters)]),
);
const RESULTS: ReadonlyMap<string, string> = new Map(Object.entries(FOREIGN_RESULTS));

function parametersOf(call: string): readonly Member[] {
  return CALLS.get(call) ?? missing(call);
}

function typeOfResult(method: string): string {
  return RESULTS.get(method) ?? missing(method);
}

function missing(name: string): never {
  throw new Error(`${name} is not in the public API: run "npm run build"`);
}

const RESULT = 'result';

/** Its properties are named without it, as a user writes them. */
function isObjectOfProps(name: string): boolean {
  return ['props', 'options'].includes(name);
}
