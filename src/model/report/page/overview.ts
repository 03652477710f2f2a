import type { Finding } from '../../findings/finding';
import { DAY } from '../../x509/calendar';
import { authoritiesOf, type Authority } from './authority';
import { type Axis, axisOf } from './axis';
import type { TrustPicture } from './picture';
import { groupedRows, memberLabel, type MemberRow, memberRows } from './rows';
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
  const coming = ends.filter(({ at }) => at >= now);
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
    findings: [...picture.findings].sort((one, other) => rank(one) - rank(other)),
    nextExpiry: coming[0] && { ...coming[0], others: sameDay(coming).length - 1 },
    expired: ends
      .filter(({ at }) => at < now)
      .map((one) => ({ ...one, others: 0 }))
      .reverse(),
  };
}

/** Whether members share rows. */
export function isGrouped({ members, rows }: Overview): boolean {
  return rows.length < members.length;
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

/** Expiry of everything in use. A CA that signs nothing and has signed nothing in use may expire unnoticed. */
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
  ].sort((one, other) => one.at - other.at);
}

function sameDay(ends: readonly Omit<Expiry, 'others'>[]): readonly Omit<Expiry, 'others'>[] {
  const day = Math.floor((ends[0]?.at ?? 0) / DAY);
  return ends.filter(({ at }) => Math.floor(at / DAY) === day);
}
