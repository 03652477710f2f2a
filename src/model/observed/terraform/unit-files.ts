import type { DeliveredFile, DeliveredUnit } from '../../deliveries/delivered';
import { LIST_DIRECTORY } from '../../files/tls-paths';
import { readCrl } from '../../x509/crl-reader';
import { readPem } from '../../x509/pem-reader';
import type { Certificates } from './certificates';
import { mayHoldMore, mayHoldUnseen, referencesIn } from './file-references';
import type { CaIdentity, Member } from './member';

/** The CAs that a member sends are in the file of its certificate, and those that it trusts in others. One file may be for both. */
export function authoritiesOf(
  { files }: DeliveredUnit,
  isOwn: (file: DeliveredFile) => boolean,
  certificates: Certificates,
): Pick<Member, 'trusts' | 'sends' | 'mayTrustMore'> {
  const own = files.filter(isOwn);
  const sends = authoritiesIn(own, certificates);
  const trusts = authoritiesIn(
    files.filter((file) => !isOwn(file)),
    certificates,
  );
  return {
    sends: own.some(mayHoldMore) ? undefined : sends,
    trusts: trusts.size === 0 ? sends : trusts,
    mayTrustMore: files.some(mayHoldUnseen),
  };
}

function authoritiesIn(files: readonly DeliveredFile[], certificates: Certificates): ReadonlySet<CaIdentity> {
  const { identities } = certificates;
  return new Set([
    ...files.flatMap((file) => addressesIn(file, certificates).flatMap((one) => identities.get(one) ?? [])),
    ...files.flatMap(({ content = '' }) => certificates.othersIn(content)),
  ]);
}

/** Addresses of the certificates in a file. */
export function addressesIn(file: DeliveredFile, certificates: Certificates): readonly string[] {
  return [...referencesIn(file), ...certificates.addressesIn(file.content ?? '')];
}

/** All files without PEM, now and after the apply, are boot files. */
export function bootFilesOf({ files }: DeliveredUnit): ReadonlyMap<string, string> | undefined {
  const texts = files.flatMap(({ name, content, references }) =>
    content === undefined || content.includes('-----BEGIN ') || referencesIn({ name, content, references }).length > 0
      ? []
      : [[name, content] as const],
  );
  return texts.length === 0 && files.some(({ content }) => content === undefined) ? undefined : new Map(texts);
}

/** The revocation lists by the names of their CAs. Absent if there are none, or if one is not known. */
export function listsOf({ files }: DeliveredUnit): Member['lists'] {
  const lists = files
    .filter(({ name }) => name.startsWith(`${LIST_DIRECTORY}/`))
    .map(({ content = '' }) => {
      const [block] = readPem(content).blocks;
      return [block && readCrl(block.der)?.issuer, content] as const;
    });
  const known = lists.flatMap(([issuer, content]) => (issuer === undefined ? [] : [[issuer, content] as const]));
  return known.length === 0 || known.length < lists.length ? undefined : new Map(known);
}
