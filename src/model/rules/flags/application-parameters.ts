import { isPlaceholder } from '../../erlang/flags/flag-use';
import { mayHoldSecret } from '../../erlang/flags/secret-flags';
import type { VmFlag } from '../../erlang/flags/vm-flags';
import { termLikeness } from '../../erlang/terms/term-likeness';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { isApplication } from '../../platforms/registry';

/** A flag, wherever it is given. */
type Given = Pick<VmFlag, 'name'> & { readonly values?: readonly string[] };

/**
 * Parameters of applications that are no terms: their names have to be terms too. `of`: whose flags they are, for messages. An application without
 * a known name may take anything here, since a program may read a flag of any name by itself.
 */
export function parameterFindings(flags: readonly Given[], of = ''): readonly Finding[] {
  return flags.filter(({ name }) => isApplication(name)).flatMap((flag) => wordFindings(flag, of));
}

/** The VM stops at the first such word. An odd one at the end means nothing to it. */
function wordFindings({ name, values = [] }: Given, of: string): readonly Finding[] {
  const pairs = values.slice(0, values.length - (values.length % 2));
  const index = pairs.findIndex((word) => isPlaceholder(word) || termLikeness(word) !== 'term');
  const word = pairs[index];
  // What a placeholder stands for is reported as not examined.
  if (word === undefined || isPlaceholder(word)) return [];
  const isName = index % 2 === 0;
  const shown = isName ? `name of a parameter of -${name}` : `-${name} ${pairs[index - 1]}`;
  const known = isName || !mayHoldSecret(pairs.slice(index - 1, index + 1));
  const evidence = { subject: `${shown}${of}`, got: known ? word : undefined };
  return [
    finding(
      termLikeness(word) === 'unknown' ? APPLICATION_PARAMETER_NOT_EXAMINED : APPLICATION_PARAMETER_NOT_A_TERM,
      evidence,
    ),
  ];
}

export const APPLICATION_PARAMETER_NOT_A_TERM = rule({
  code: 'application-parameter-not-a-term',
  severity: 'error',
  problem: 'is not an Erlang term',
  expected: 'a term, such as 30, info, {127,0,0,1}, or a text in double quotes that reach the VM',
  remedy: `write it as a term: a text as '"text"' in a file of flags, and as "text" in the property flags`,
  inErlang:
    '"bad_environment_value": a parameter of kernel or stdlib keeps the node from booting (OTP 25 may hang), one of another application keeps that application from being loaded, and so a release from booting',
  source: 'make_term in erlang/otp:lib/kernel/src/application_controller.erl; docs/in-erlang.md',
});

export const APPLICATION_PARAMETER_NOT_EXAMINED = rule({
  code: 'application-parameter-not-examined',
  severity: 'warning',
  problem: 'may be an Erlang term or not: it was not examined',
  expected:
    'a term without the notations that only some releases have, and that are not read here: sigils, tails of lists, segments of binaries',
  remedy: 'write it in another way, or start a node of your release with this flag',
  source: 'make_term in erlang/otp:lib/kernel/src/application_controller.erl; test/real/laws/terms.test.ts',
});
