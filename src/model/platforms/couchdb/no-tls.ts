import type { NodeWithExceptions } from '../protocol';

/** What carries one connection of distribution. */
export type Transport = 'tcp' | 'tls';

/** A node listens by its OWN name, for everybody who dials it. */
export function listensWith({ name, exceptions }: NodeWithExceptions): Transport {
  return transportTo(name, exceptions);
}

/** A node dials by the name of the node that it DIALS, whatever that one listens with. */
export function dialsWith({ exceptions }: NodeWithExceptions, dialled: string): Transport {
  return transportTo(dialled, exceptions);
}

/** Each node has flags of its own, so one direction can work and the other fail. One is enough: a connection serves both. */
export function canDial(from: NodeWithExceptions, to: NodeWithExceptions): boolean {
  return dialsWith(from, to.name) === listensWith(to);
}

function transportTo(name: string, values: readonly string[]): Transport {
  if (name.length > LONGEST_NAME) return 'tls';
  return values.some((value) => new RegExp(noTlsExpression(value), 'u').test(name)) ? 'tcp' : 'tls';
}

/**
 * The regular expression that `couch_dist` makes of one value (`apache/couchdb:src/couch_dist/src/couch_dist.erl`): one pair of double quotes
 * comes off, `*` and `?` become `.*` and `.`, nothing is escaped, and the whole is anchored. `true` is for every node, `false` for none.
 */
export function noTlsExpression(value: string): string {
  if (value === 'true') return '^.*$';
  if (value === 'false') return '^(?!)$';
  const glob = /^"([^"]*)"$/.exec(value)?.[1] ?? value;
  return `^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`;
}

/** A longer one is no atom. */
const LONGEST_NAME = 255;

/** Each one more takes up to 255 times the time. */
const MOST_REPETITIONS = 3;

/** Whether `couch_dist` can make a regular expression of it, and it is told here in no time what that matches. */
export function isNoTlsValue(value: string): boolean {
  const repetitions = value.match(/[*+{]/g)?.length ?? 0;
  if (repetitions > MOST_REPETITIONS || /\)[+{]/.test(value)) return false;
  try {
    return new RegExp(noTlsExpression(value), 'u').source !== '';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * The value that excepts what the pattern says. The double quotes make it an Erlang term: `couch_dist` is an application too, and the VM does
 * not boot when a parameter of an application is no term. A bracketed dot is the way to say a dot that needs no backslash, which four readers
 * would each treat in their own way.
 */
export function noTlsValue(pattern: string): string {
  return `"${pattern.replaceAll('.', '[.]')}"`;
}
