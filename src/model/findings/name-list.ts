const MOST_NAMED = 3;

/** The first few names, and how many more there are: `a, b, c and 2 more`. */
export function nameList(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more`;
}
