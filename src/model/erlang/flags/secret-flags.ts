import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { VmFlag } from './vm-flags';

const SECRET = '(?:set_?)?cookie|pass|passw(?:or)?d|passphrase|secret';
/** The name of a flag, a parameter or a variable after which a secret follows: `setcookie`, `server_password`, `RELEASE_COOKIE`. */
const NAMES_SECRET = new RegExp(`^(?:\\w*_)?(?:${SECRET})$`, 'i');
/** Code that sets a cookie, or a term with a secret: `[{password,"…"}]`. */
const HOLDS_SECRET = new RegExp(`set_?cookie|\\{\\s*["']?(?:\\w*_)?(?:${SECRET})["']?\\s*,`, 'i');
/** The start script of a release replaces it on the node. A default would be the secret again. */
const REFERENCE = /^\$\{\w+\}$/;

/** Whether a word refers to a variable, and has nothing beside that. */
export function isReference(word: string): boolean {
  return REFERENCE.test(word);
}

/** Whether such words may hold a secret, which no message repeats. */
export function mayHoldSecret(words: readonly string[]): boolean {
  return words.some((word) => NAMES_SECRET.test(word) || HOLDS_SECRET.test(word));
}

/** Refuses a flag with a secret in it, and does not repeat the secret. */
export function withoutSecret(flag: VmFlag): VmFlag {
  const words = [flag.name, ...(flag.values ?? [])];
  const at = words.findIndex((word) => NAMES_SECRET.test(word) || HOLDS_SECRET.test(word));
  if (at < 0) return flag;
  const isName = NAMES_SECRET.test(words[at] ?? '');
  const values = words.slice(at + 1);
  if (isName && values.length > 0 && values.every(isReference)) return flag;
  return refuse(FLAG_WITH_SECRET, { subject: `-${words.slice(0, isName ? at + 1 : at).join(' ')}` });
}

export const FLAG_WITH_SECRET = rule({
  code: 'flag-with-secret',
  severity: 'error',
  problem: 'carries a secret',
  expected: 'flags that everybody may read: their file has mode 0644, and ps shows them',
  remedy:
    "leave a cookie in ~/.erlang.cookie of the user that runs the node, with mode 0400, or where the platform has its own setting for it; a release may refer to a variable of the node's environment, such as ${COOKIE}; for the password of a key, name a function in serverOptions and clientOptions",
  source: 'erl(1), -setcookie; SECURITY.md, Cookie and epmd',
});
