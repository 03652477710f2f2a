import { documentation } from '../../findings/documentation';
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Term } from '../terms/term';
import type { SslOptionRow } from './ssl-option';
import { sslOption } from './ssl-option-table';
import { KIND_RULES, type ValueKind } from './value-rules';

/**
 * The reason for which OTP would reject a value. Absent if it takes the value, or if that is not known. The value itself is left out: it may be
 * a secret.
 */
export function wrongValue(option: string, kind: ValueKind | undefined, value: Term): string | undefined {
  // The result of a call is not known here.
  if (value.kind === 'call') return undefined;
  const taken = sslOption(option)?.takes ?? (kind && KIND_RULES[kind]);
  return taken === undefined || taken.takes(value) ? undefined : `it takes ${taken.expected}`;
}

/** The term for the value of a property. */
export function propertyTerm({ option, side, kind }: SslOptionRow, value: unknown): Term {
  const subject = `${side} option "${option}"`;
  const { expected, read } = KIND_RULES[kind].property;
  const term = read(value, subject);
  const wrong = term === undefined ? `its kind is ${expected}` : wrongValue(option, kind, term);
  return term === undefined || wrong !== undefined
    ? refuse(SSL_OPTION_WRONG_VALUE, { subject, got: value, detail: wrong })
    : term;
}

export const SSL_OPTION_WRONG_VALUE = rule({
  code: 'ssl-option-wrong-value',
  severity: 'error',
  problem: 'has a value of the wrong kind',
  expected: `a value of the kind in ${documentation('ssl-options')}`,
  remedy: 'correct the value',
  inErlang:
    'where the node is dialled, "Invalid TLS option", or a crash with "function_clause"; where it dials, often nothing',
  source: '`erlang/otp:lib/ssl/src/ssl.erl`, from OTP 28 on `ssl_config.erl`; docs/in-erlang.md',
});
