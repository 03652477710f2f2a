const MOST_EDITS = 3;
/** More letters than any of our names has; longer text is not compared. */
const LONGEST = 60;

/** The name that was probably meant, in words. Absent if none is spelled like the one that was given. */
export function meantText(given: string, names: readonly string[]): string | undefined {
  const meant = nearName(given, names);
  return meant && `perhaps ${meant} was meant`;
}

/** The name that is spelled most like the given one. Absent if none is spelled like it. */
export function nearName(given: string, names: readonly string[]): string | undefined {
  const near = names.map((name) => ({ name, edits: editsBetween(given.toLowerCase(), name.toLowerCase()) }));
  const [nearest] = near.sort((one, other) => one.edits - other.edits);
  // In a short name, fewer letters may be wrong before it is another one.
  return nearest !== undefined && nearest.edits <= Math.min(MOST_EDITS, given.length / 3) ? nearest.name : undefined;
}

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
