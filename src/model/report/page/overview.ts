import type { Finding } from '../../findings/finding';
import { dayOf } from '../../x509/calendar';
import { authoritiesOf, type Authority } from './authority';
import { type Axis, axisOf } from './axis';
import { groupedRows } from './groups';
import type { TrustPicture } from './picture';
import { errorsFirst, memberLabel, type MemberRow, memberRows } from './rows';
import { whoText } from './who';

/** The content of the page, the figure and the text, in their order. */
export interface Overview {
  readonly title: string;
  readonly now: number;
  readonly authorities: readonly Authority[];
  /** One row for each node, or for each side of one, and for the tools. */
  readonly members: readonly MemberRow[];
  /** The same, grouped if there are many. */
  readonly rows: readonly MemberRow[];
  /** `3 nodes and 1 tool`. */
  readonly who: string;
  readonly axis: Axis;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** The next certificate in use to expire. */
  readonly nextExpiry?: Expiry;
  /** Expired certificates that are still in use, the latest first. */
  readonly expired: readonly Expiry[];
}

/** The expiry of a certificate that is in use. */
export interface Expiry {
  readonly what: string;
  readonly at: number;
  /** How many others expire on the same day. */
  readonly others: number;
}

export function overviewOf(picture: TrustPicture): Overview {
  const { title, now } = picture;
  const authorities = authoritiesOf(picture);
  const members = memberRows(picture, authorities);
  const ends = endsOf(authorities, members);
  return {
    title,
    now,
    authorities,
    members,
    rows: groupedRows(members),
    who: whoText(picture.members),
    axis: axisOf(
      members.flatMap(({ certificate }) => certificate ?? []),
      authorities.flatMap(({ validity }) => validity ?? []),
      now,
    ),
    findings: [...picture.findings].sort(errorsFirst),
    nextExpiry: nextOf(ends.filter(({ at }) => at >= now)),
    expired: ends
      .filter(({ at }) => at < now)
      .map((one) => ({ ...one, others: 0 }))
      .sort((one, other) => other.at - one.at),
  };
}

/** Whether members share rows. */
export function isGrouped({ members, rows }: Overview): boolean {
  return rows.length < members.length;
}

/** Expiry of everything in use, in the order of the page. A CA that signs nothing and has signed nothing in use may expire unnoticed. */
function endsOf(authorities: readonly Authority[], members: readonly MemberRow[]): readonly Omit<Expiry, 'others'>[] {
  return [
    ...authorities
      .filter(({ signs, presentedBy }) => signs || presentedBy > 0)
      .flatMap(({ name, letter, validity }) =>
        validity === undefined ? [] : [{ what: `CA ${letter}, ${name}`, at: validity.notAfter }],
      ),
    ...members.flatMap(({ members: [member], certificate }) =>
      member === undefined || certificate === undefined
        ? []
        : [{ what: `the certificate of ${memberLabel(member)}`, at: certificate.notAfter }],
    ),
  ];
}

/** The first day on which something expires, by the first thing on the page that expires on it. */
function nextOf(coming: readonly Omit<Expiry, 'others'>[]): Expiry | undefined {
  const at = coming.reduce((least, one) => Math.min(least, one.at), Infinity);
  const [first, ...others] = coming.filter((one) => dayOf(one.at) === dayOf(at));
  return first && { what: first.what, at, others: others.length };
}
