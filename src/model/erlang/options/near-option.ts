import { SSL_OPTION_TABLE } from './ssl-option-table';

/** Which option of the table somebody may have meant who wrote this, in words; undefined where none is near. */
export function meantText(name: string): string | undefined {
  const meant = nearOption(name);
  return meant && `perhaps ${meant} was meant`;
}

function nearOption(name: string): string | undefined {
  const names = [...new Set(SSL_OPTION_TABLE.map(({ option }) => option))];
  const near = names.map((option) => ({ option, edits: editsBetween(name.toLowerCase(), option) }));
  const [nearest] = near.sort((one, other) => one.edits - other.edits);
  // In a short name, fewer letters may be wrong before it is another one.
  return nearest !== undefined && nearest.edits <= Math.min(MOST_EDITS, name.length / 3) ? nearest.option : undefined;
}

const MOST_EDITS = 3;
/** No option has half as many letters. */
const LONGEST = 60;

/** How many letters have to be added, left out or changed to make the one from the other (Levenshtein). */
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
