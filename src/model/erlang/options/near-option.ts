import { documentation } from '../../findings/documentation';
import { meantText, nearName } from '../../findings/near-name';
import { rule } from '../../findings/rule';
import { SSL_OPTIONS } from './ssl-option-table';

export const SSL_OPTION_UNKNOWN = rule({
  code: 'ssl-option-unknown',
  severity: 'error',
  problem: 'is not in the option table',
  expected: `an option of ${documentation('ssl-options')}`,
  remedy:
    'check the spelling: OTP ignores an unknown option on the server side and drops every connection on the client side',
  inErlang: 'nothing: on the server side it is passed over, on the client side every dial fails',
  source: 'docs/in-erlang.md',
});

/** The option of the table that was probably meant, in words. Absent if none is spelled like it. */
export function meantOption(name: string): string | undefined {
  return meantText(name, NAMES);
}

/** The option of the table whose name is nearly this one. */
export function nearOption(name: string): string | undefined {
  return nearName(name, NAMES);
}

const NAMES = SSL_OPTIONS.map((option) => option.name);
