/** Natural order, `db2` before `db10`. Unlike the order of a locale it is the same on every machine. */
export function naturalOrder(one: string, other: string): number {
  const ours = pieces(one);
  const theirs = pieces(other);
  const differing = ours.findIndex((piece, index) => piece !== theirs[index]);
  if (differing < 0) return ours.length - theirs.length;
  const [left = '', right = ''] = [ours[differing], theirs[differing]];
  return numberOf(left) - numberOf(right) || plainOrder(left, right);
}

function pieces(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

/** The end of a text comes before numbers, and numbers before text; text is no number, and equal to other text here. */
function numberOf(piece: string): number {
  if (piece === '') return -1;
  return /^\d/.test(piece) ? Math.min(Number(piece), Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
}

function plainOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
