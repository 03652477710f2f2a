import { atom, call, list, type Term, tuple } from '../terms/term';
import { writeTerm } from '../terms/term-writer';

/** The function with which the dialling side takes wildcards, as clients of HTTPS do. OTP makes it, and has no literal term for it. */
export const WILDCARD_CALL = call('public_key:pkix_verify_hostname_match_fun', atom('https'));

/** The value of `customize_hostname_check` that takes wildcards. It is the only value with a call that the library writes. */
export const WILDCARD_MATCH = list([tuple(atom('match_fun'), WILDCARD_CALL)]);

/** The value of `match_fun` in that of `customize_hostname_check`. */
export function matchFunIn(customized: Term): Term | undefined {
  const options = customized.kind === 'list' ? customized.elements : [];
  const [found] = options.flatMap((one) => (one.kind === 'tuple' ? [one.elements] : [])).filter(isMatchFun);
  return found?.[1];
}

function isMatchFun([name]: readonly Term[]): boolean {
  return name?.kind === 'atom' && name.name === 'match_fun';
}

export function isWildcardMatch(term: Term | undefined): boolean {
  return term?.kind === 'call' && writeTerm(term) === writeTerm(WILDCARD_CALL);
}
