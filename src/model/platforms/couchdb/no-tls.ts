import type { NodeWithExceptions } from '../protocol';

/** The transport of one distribution connection. */
export type Transport = 'tcp' | 'tls';

/** How a node listens depends on its OWN name, whoever connects. */
export function listensWith({ name, exceptions }: NodeWithExceptions): Transport {
  return transportTo(name, exceptions);
}

/** How a node connects depends on the name of the OTHER node, however that one listens. */
export function dialsWith({ exceptions }: NodeWithExceptions, dialled: string): Transport {
  return transportTo(dialled, exceptions);
}

/** Each node has its own flags, so one direction can work while the other fails. One is enough, because a connection serves both. */
export function canDial(from: NodeWithExceptions, to: NodeWithExceptions): boolean {
  return dialsWith(from, to.name) === listensWith(to);
}

function transportTo(name: string, values: readonly string[]): Transport {
  if (name.length > LONGEST_NAME) return 'tls';
  return values.some((value) => new RegExp(noTlsExpression(value), 'u').test(name)) ? 'tcp' : 'tls';
}

/**
 * The regular expression that `couch_dist` makes of one value (`apache/couchdb:src/couch_dist/src/couch_dist.erl`): it removes one pair of
 * double quotes, turns `*` and `?` into `.*` and `.`, escapes nothing, and anchors the result. `true` is for every node, `false` for none.
 */
export function noTlsExpression(value: string): string {
  if (value === 'true') return '^.*$';
  if (value === 'false') return '^(?!)$';
  const glob = /^"([^"]*)"$/.exec(value)?.[1] ?? value;
  return `^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`;
}

/** A longer name cannot be an atom. */
const LONGEST_NAME = 255;

/** Each further repetition can multiply the time by 255. */
const MOST_REPETITIONS = 3;

/** Whether `couch_dist` can make a regular expression from the value, and matching it here takes little time. */
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
 * The value of `no_tls` for a pattern. The double quotes make it an Erlang term: `couch_dist` is also an application, and the VM does not
 * boot if a parameter of an application is not a term. A dot is bracketed, because the four programs that read the value treat a backslash
 * differently.
 */
export function noTlsValue(pattern: string): string {
  return `"${pattern.replaceAll('.', '[.]')}"`;
}
