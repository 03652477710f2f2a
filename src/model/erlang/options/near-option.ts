import { documentation } from '../../findings/documentation';
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
export function meantText(name: string): string | undefined {
  const meant = nearOption(name);
  return meant && `perhaps ${meant} was meant`;
}

/** The option of the table whose name is nearly this one. */
export function nearOption(name: string): string | undefined {
  const near = SSL_OPTIONS.map((option) => ({
    name: option.name,
    edits: editsBetween(name.toLowerCase(), option.name),
  }));
  const [nearest] = near.sort((one, other) => one.edits - other.edits);
  // In a short name, fewer letters may be wrong before it is another one.
  return nearest !== undefined && nearest.edits <= Math.min(MOST_EDITS, name.length / 3) ? nearest.name : undefined;
}

const MOST_EDITS = 3;
/** More letters than the name of any option has; longer text is not compared. */
const LONGEST = 60;

/** The number of letters to add, leave out or change to turn one name into the other (Levenshtein distance). */
function editsBetween(one: string, other: string): number {
  if (one.length > LONGEST) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const above = row;
    row = [index + 1];
    for (const [column, wanted] of [...other].entries()) {
      const changed = (above[column] ?? 0) + (letter === wanted ? 0 : 1);
      row.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
