import { dayOf } from '../../x509/calendar';
import { naturalOrder } from './natural-order';
import type { TrustPicture } from './picture';

/** A CA certificate that a member trusts, or that is in the chain of its certificate. */
export interface Authority {
  /** Its name in tables and in the figure; A is the first generation. */
  readonly letter: string;
  readonly fingerprint: string;
  readonly name: string;
  /** Absent if the certificate itself was not found. */
  readonly validity?: { readonly notBefore: number; readonly notAfter: number };
  readonly signs: boolean;
  /** How many members trust it. */
  readonly trustedBy: number;
  /** How many members have a certificate of it, or of a CA below it. */
  readonly presentedBy: number;
}

/**
 * The CA certificates of the picture in the order of their generations, followed by those known only by their fingerprint. An apply makes
 * several in any order, within seconds: those of one day are in the order of their names.
 */
export function authoritiesOf(picture: TrustPicture): readonly Authority[] {
  const known = new Map(picture.generations.map((one) => [one.fingerprint, one]));
  const trusted = tally(picture.members.flatMap(({ trusts }) => [...new Set(trusts)]));
  const presented = tally(picture.members.flatMap(({ certificate }) => certificate?.issuers ?? []));
  const unknown = [...new Set([...trusted.keys(), ...presented.keys()])].filter((one) => !known.has(one)).sort();
  const ordered = [...known.values()].sort(
    (one, other) => dayOf(one.notBefore) - dayOf(other.notBefore) || naturalOrder(one.name, other.name),
  );
  const plain = [
    ...ordered.map(({ fingerprint, name, signs, ...validity }) => ({ fingerprint, name, signs, validity })),
    ...unknown.map((fingerprint) => ({ fingerprint, name: `unknown CA ${shortPrint(fingerprint)}`, signs: false })),
  ];
  return plain.map((one, index) => ({
    ...one,
    letter: letterOf(index),
    trustedBy: trusted.get(one.fingerprint) ?? 0,
    presentedBy: presented.get(one.fingerprint) ?? 0,
  }));
}

/** Enough of a fingerprint to tell certificates apart by eye. */
function shortPrint(fingerprint: string): string {
  const SHOWN = 17;
  const characters = [...fingerprint];
  return characters.length <= SHOWN ? fingerprint : `${characters.slice(0, SHOWN).join('')}…`;
}

function tally(fingerprints: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of fingerprints) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A to Z, then AA, as the columns of a spreadsheet. */
function letterOf(index: number): string {
  const before = Math.floor(index / LETTERS.length) - 1;
  return (before < 0 ? '' : letterOf(before)) + (LETTERS[index % LETTERS.length] ?? '');
}
