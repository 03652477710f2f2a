import type { CertificateFacts } from '../../x509/certificate-reader';
import type { CrlFacts } from '../../x509/crl-reader';
import { listIssuer } from '../../x509/list-issuer';
import type { Signatures } from './material';
import type { FoundList } from './revocation-lists';

/** What the directory of lists has for one CA. */
export interface ListsOfCa {
  /** The list that OTP goes by. Absent if there is none, or if it is out of date. */
  readonly list?: CrlFacts;
  /** The most recent one that is out of date. Absent if OTP goes by another one. */
  readonly expired?: CrlFacts;
  /** Why there is no list. */
  readonly detail?: string;
  /** A file that keeps OTP from reading any list of the CA. */
  readonly malformed?: FoundList;
  /** A list that has no effect. */
  readonly hidden?: string;
}

/**
 * The list of a CA as OTP finds it. It reads `<hash of the name>.r0`, `.r1` and so on, until one of them is not there. If several are of that name, it
 * goes by the last one that is not out of date, whatever their numbers and times (`erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl`; run on OTP 25, 27
 * and 29). A list whose time has yet to come counts as well.
 */
export function listsOf(
  issuer: CertificateFacts,
  lists: readonly FoundList[],
  now: number,
  signatures: Signatures,
): ListsOfCa {
  const hash = signatures.nameHash(listIssuer(issuer.der)?.canonicalName ?? new Uint8Array());
  const read = filesRead(hash, lists);
  const malformed = read.find(({ facts, problem }) => isUnbearable(facts, problem));
  if (malformed !== undefined) return { malformed };
  const named = read.filter(({ facts }) => facts?.issuer === issuer.subject.identity && !facts.isDelta);
  const current = named.filter(({ facts }) => (facts?.nextUpdate ?? Infinity) >= now);
  const last = current.at(-1);
  if (last?.facts === undefined) return { expired: newest(named), detail: whyMissing(issuer, hash, read, lists) };
  if (signatures.isListSignedBy(last.facts, issuer) === false) {
    return { detail: `the one in ${last.name} is signed with another key` };
  }
  const { name, facts: list } = last;
  const hidden = current.find(({ facts }) => [...(facts?.revoked ?? [])].some((serial) => !list.revoked.has(serial)));
  return { list, hidden: hidden && `${hidden.name} lists more than ${name}` };
}

function filesRead(hash: string, lists: readonly FoundList[]): readonly FoundList[] {
  const byName = new Map(lists.map((one) => [one.name, one]));
  const read: FoundList[] = [];
  for (let number = 0; ; number += 1) {
    const found = byName.get(`${hash}.r${number}`);
    if (found === undefined) return read;
    read.push(found);
  }
}

/** OTP passes over PEM that is no list, and fails on what it takes for DER. */
function isUnbearable(facts: CrlFacts | undefined, problem: string | undefined): boolean {
  return facts === undefined ? problem?.startsWith('it begins') === true : facts.nextUpdate === undefined;
}

function newest(named: readonly FoundList[]): CrlFacts | undefined {
  const all = named.flatMap(({ facts }) => facts ?? []);
  return all.sort((one, other) => other.thisUpdate - one.thisUpdate)[0];
}

function whyMissing(
  { subject }: CertificateFacts,
  hash: string,
  read: readonly FoundList[],
  lists: readonly FoundList[],
): string | undefined {
  const delta = read.find(({ facts }) => facts?.isDelta);
  if (delta !== undefined) return `the one in ${delta.name} has only changes to another list`;
  const skipped = read.find(({ problem }) => problem !== undefined);
  if (skipped !== undefined) return `${skipped.name}: ${skipped.problem}`;
  const isElsewhere = lists.some(({ facts }) => facts?.issuer === subject.identity);
  return isElsewhere && read.length === 0 ? `it has to be ${hash}.r0` : undefined;
}
