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

/** The number of letters to add, leave out, change or swap to turn one name into the other (optimal string alignment). */
function editsBetween(one: string, other: string): number {
  if (one.length > LONGEST) return Infinity;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const index of one.split('').keys()) [before, row] = [row, nextRow(one.slice(0, index + 1), other, before, row)];
  return row.at(-1) ?? 0;
}

/** The edits from `start` to every start of `other`, made of those from `start` without its last two letters, and without its last one. */
function nextRow(start: string, other: string, before: readonly number[], above: readonly number[]): readonly number[] {
  const row = [start.length];
  for (const [column, wanted] of other.split('').entries()) {
    const swap = column > 0 && start.endsWith(wanted + other.charAt(column - 1)) ? before[column - 1] : undefined;
    const change = edits(above[column]) - (start.endsWith(wanted) ? 1 : 0);
    row.push(Math.min(change, edits(swap), edits(above[column + 1]), edits(row[column])));
  }
  return row;
}

/** One more than before. */
function edits(before = Infinity): number {
  return before + 1;
}
