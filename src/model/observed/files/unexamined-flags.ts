import { groupFlags } from '../../erlang/flags/args-file-reader';
import { isPlaceholder, placeholdersIn } from '../../erlang/flags/flag-use';
import { isReference, mayHoldSecret } from '../../erlang/flags/secret-flags';
import { isFlagOfPairs } from '../../erlang/flags/vm-flags';

/** The parts of a carrier that are not known here. */
export interface UnexaminedFlags {
  readonly carrier: string;
  readonly parts: readonly string[];
}

/** The parts of words that only a shell, a template or the start of the node replaces. Of a secret, such as a cookie with a dollar sign, none is shown. */
export function unexaminedIn(words: readonly string[]): readonly string[] {
  const parts = words.flatMap((word, index) => {
    const found = placeholdersIn(word);
    const before = words[index - 1] ?? '';
    const isSecret = !isReference(word) && mayHoldSecret([before.replace(/^-/, ''), word]);
    return found.length > 0 && isSecret ? [`a part of what follows ${before}`] : found;
  });
  return [...new Set(parts)];
}

/**
 * Whether a part that is not known may hold flags. A part that is the value of a flag with one value, or of a pair, is that value: nobody writes
 * more there.
 */
export function mayHoldMore(words: readonly string[]): boolean {
  const first = words.findIndex((word) => word.startsWith('-'));
  const before = first < 0 ? words : words.slice(0, first);
  return (
    before.some(isPlaceholder) ||
    groupFlags(words).some(({ name, values }) =>
      values.some((value, index) => isPlaceholder(value) && !isValue(name, index)),
    )
  );
}

function isValue(flag: string, index: number): boolean {
  return isFlagOfPairs(flag) || flag === 'ssl_dist_opt' ? index % 2 === 1 : index === 0 && SINGLE.has(flag);
}

/** Not `-args_file`: what the file holds is not known either. */
const SINGLE: ReadonlySet<string> = new Set([
  'name',
  'sname',
  'setcookie',
  'proto_dist',
  'ssl_dist_optfile',
  'pa',
  'pz',
  'config',
  'boot',
  'erl_epmd_port',
]);
