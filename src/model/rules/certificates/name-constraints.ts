import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { NameSubtrees } from '../../x509/name-reader';

/**
 * Names that an intermediate CA may not sign. OTP ignores the constraints of the root. It cannot apply constraints on addresses, and rejects every
 * certificate with an address below them (`erlang/otp:lib/public_key/src/pubkey_cert.erl`).
 */
export function constraintFindings(
  where: string,
  { dnsNames, ipAddresses, subject }: Pick<CertificateFacts, 'dnsNames' | 'ipAddresses' | 'subject'>,
  between: readonly CertificateFacts[],
  releases: Releases,
): readonly Finding[] {
  return between.flatMap(({ nameConstraints, subject: ca }) => {
    if (nameConstraints === undefined) return [];
    const refused = [
      ...(allowsSubject(subject.identity, nameConstraints) ? [] : [subject.text]),
      ...dnsNames.filter((name) => !allowsHost(name, nameConstraints, releases)),
      ...(nameConstraints.hasAddresses ? ipAddresses : []),
    ];
    return refused.map((got) =>
      finding(HOST_VIOLATES_NAME_CONSTRAINTS, { subject: where, got, detail: `CA ${ca.text}` }),
    );
  });
}

export const HOST_VIOLATES_NAME_CONSTRAINTS = rule({
  code: 'host-violates-name-constraints',
  severity: 'error',
  problem: 'has a name that its CA may not sign for',
  expected: "names within the CA's name constraints",
  remedy: 'issue it by another CA, or with another name',
  inErlang: 'the certificate is rejected if the constraint is that of an intermediate CA; OTP ignores those of a root',
  source: 'RFC 5280 section 4.2.1.10; match_name in erlang/otp:lib/public_key/src/pubkey_cert.erl; docs/in-erlang.md',
});

/** A constraint applies to all names that begin with it (RFC 5280 section 4.2.1.10). */
function allowsSubject(identity: string, { permittedNames, excludedNames }: NameSubtrees): boolean {
  const isWithin = (base: string): boolean => identity.startsWith(base.slice(0, -']'.length));
  return (permittedNames.length === 0 || permittedNames.some(isWithin)) && !excludedNames.some(isWithin);
}

/**
 * A constraint matches the name itself and every name below it. A constraint that begins with a dot matches nothing up to OTP 26, and every name
 * that ends with it from OTP 27 on.
 */
function allowsHost(host: string, { permittedDnsNames, excludedDnsNames }: NameSubtrees, releases: Releases): boolean {
  const name = host.toLowerCase();
  const isWithin = (base: string, takesDots: boolean): boolean => {
    const end = base.toLowerCase();
    if (end.startsWith('.')) return takesDots && name.endsWith(end);
    return name === end || name.endsWith(`.${end}`);
  };
  const permits = (base: string): boolean => isWithin(base, releases.every('takesConstraintsWithDot'));
  const excludes = (base: string): boolean => isWithin(base, releases.some('takesConstraintsWithDot'));
  return (permittedDnsNames.length === 0 || permittedDnsNames.some(permits)) && !excludedDnsNames.some(excludes);
}
