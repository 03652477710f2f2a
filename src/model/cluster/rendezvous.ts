/**
 * Divides names among places by rendezvous hashing (highest random weight): each name goes to the place with the greatest weight for it. One
 * place more takes its share from all others, and no name moves between two that were there before. The order of the places has no effect.
 *
 * A changed weight would move nodes and make new keys, so the function stays as it is.
 */
export function placeOf(name: string, places: readonly string[]): string | undefined {
  const weighed = places.map((place) => ({ place, weight: weight(name, place) }));
  const [best] = weighed.sort((one, other) => other.weight - one.weight || (one.place < other.place ? -1 : 1));
  return best?.place;
}

/** FNV-1a over both texts, and the last mix of MurmurHash3, without which similar names would go to the same place. */
function weight(name: string, place: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${place}\n${name}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
