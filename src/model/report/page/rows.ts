import type { Finding } from '../../findings/finding';
import { dayOf } from '../../x509/calendar';
import type { Authority } from './authority';
import { naturalOrder } from './natural-order';
import type { PictureCertificate, PictureMember, TrustPicture } from './picture';
import { type Standing, standingOf } from './standing';

/** A member of the cluster, or a group of members in the same state. */
export interface MemberRow {
  readonly members: readonly PictureMember[];
  /** The certificate of the group that expires first. Absent if there is none. */
  readonly certificate?: PictureCertificate;
  readonly standing: Standing | 'no certificate';
  /** CAs above the certificate, its issuer first. */
  readonly issuers: readonly Authority[];
  /** Letters of the CAs that they trust. */
  readonly trusts: ReadonlySet<string>;
  /** Findings about one of them. */
  readonly findings: readonly Finding[];
}

/** One row for each member; tools after nodes. Certificates that expire on one day are in the order of names. */
export function memberRows(picture: TrustPicture, authorities: readonly Authority[]): readonly MemberRow[] {
  const known = new Map(authorities.map((one) => [one.fingerprint, one]));
  return picture.members
    .map((member) => {
      const { certificate, findings } = member;
      return {
        members: [member],
        certificate,
        standing: certificate === undefined ? ('no certificate' as const) : standingOf(certificate, picture.now),
        issuers: certificate?.issuers.flatMap((one) => known.get(one) ?? []) ?? [],
        trusts: new Set(member.trusts.flatMap((one) => known.get(one)?.letter ?? [])),
        findings,
      };
    })
    .sort(inOrder);
}

function inOrder(one: MemberRow, other: MemberRow): number {
  const tools = Number(isOfTools(one)) - Number(isOfTools(other));
  return tools || lastDay(one) - lastDay(other) || naturalOrder(nameOf(one), nameOf(other));
}

/** A row without a certificate comes last. */
function lastDay({ certificate }: MemberRow): number {
  return certificate === undefined ? Number.MAX_VALUE : dayOf(certificate.notAfter);
}

export function isOfTools({ members }: MemberRow): boolean {
  return members[0]?.isTools ?? false;
}

function nameOf({ members: [first] }: MemberRow): string {
  return first === undefined ? '' : memberLabel(first);
}

/** Name of a member, with its side if the two sides differ. */
export function memberLabel({ name, side }: PictureMember): string {
  return side === undefined ? name : `${name}, ${side} side`;
}

/** Label of a row: a member, or the first of a group and how many more. */
export function rowLabel(row: MemberRow): string {
  const more = row.members.length - 1;
  return more > 0 ? `${nameOf(row)} +${more}` : nameOf(row);
}

/** How a row looks: red, amber, or as usual. */
export type Look = 'bad' | 'due' | '';

const LOOKS: Readonly<Record<MemberRow['standing'], Look>> = {
  expired: 'bad',
  'not yet valid': 'bad',
  'no certificate': 'bad',
  'renewal due': 'due',
  valid: '',
};

export function lookOf({ standing, findings }: Pick<MemberRow, 'standing' | 'findings'>): Look {
  if (LOOKS[standing] === 'bad' || findings.some(({ severity }) => severity === 'error')) return 'bad';
  return findings.length > 0 ? 'due' : LOOKS[standing];
}

/** Distinct codes of findings, each with its first finding, errors first. */
export function byCode(findings: readonly Finding[]): readonly Finding[] {
  const codes = new Set<string>();
  return [...findings].sort(errorsFirst).filter(({ code, severity }) => {
    const key = `${severity} ${code}`;
    return !codes.has(key) && codes.add(key);
  });
}

export function errorsFirst(one: Finding, other: Finding): number {
  return Number(one.severity !== 'error') - Number(other.severity !== 'error');
}
