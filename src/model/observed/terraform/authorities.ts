import { addTo } from '../../findings/lists';
import type { Moment, TerraformResource, Values } from '../../terraform/resources';
import { timestampText } from '../../x509/calendar';
import { type CertificateFacts, nameWithUnit } from '../../x509/certificate-reader';
import { identityOfAttributes } from '../../x509/name-reader';
import { isSelfIssued } from '../files/chain';
import type { Signatures } from '../files/material';
import { type Certificates, type PemBodies, textOf } from './certificates';
import type { CaGenerationFacts, CaIdentity } from './member';

/** The CAs that are resources at that moment. */
export function declaredAuthorities(
  certificates: Certificates,
  moment: Moment,
  bodies: PemBodies,
): readonly CaGenerationFacts[] {
  return [...certificates.authorities.values()].flatMap((resource) => {
    const values = resource[moment];
    if (values === undefined) return [];
    const isRoot = resource.type === 'tls_self_signed_cert';
    const identity = certificates.identityOf(resource);
    return [
      {
        identity,
        name: nameOf(values, resource, bodies.certificate(identity)),
        subject: bodies.certificate(identity)?.subject.identity ?? subjectIn(values),
        notAfter: textOf(values.validity_end_time),
        issuers: isRoot ? undefined : [certificates.issuerOf(resource)],
      },
    ];
  });
}

/** The CAs of which only certificates are known, such as a root whose key is in another state, and who of all the CAs signed them. */
export function readAuthorities(
  declared: readonly CaGenerationFacts[],
  texts: Iterable<CaIdentity>,
  bodies: PemBodies,
  { isSignedBy }: Signatures,
): readonly CaGenerationFacts[] {
  const isDeclared = new Set(declared.map(({ identity }) => identity));
  const read = new Map<CaIdentity, CertificateFacts>();
  const byName = new Map<string, CaIdentity[]>();
  for (const identity of new Set([...isDeclared, ...texts])) {
    const facts = bodies.certificate(identity);
    if (facts === undefined) continue;
    read.set(identity, facts);
    addTo(byName, facts.subject.identity, identity);
  }
  const issuersOf = (signed: CertificateFacts): readonly CaIdentity[] =>
    (byName.get(signed.issuer.identity) ?? []).filter((one) => {
      const issuer = read.get(one);
      return issuer !== undefined && isSignedBy(signed, issuer);
    });
  return [...read].flatMap(([identity, facts]) =>
    isDeclared.has(identity)
      ? []
      : [
          {
            identity,
            name: nameWithUnit(facts),
            subject: facts.subject.identity,
            notAfter: timestampText(facts.notAfter),
            issuers: isSelfIssued(facts) ? undefined : issuersOf(facts),
          },
        ],
  );
}

/** The subject of a CA below another one is in its request, or in its certificate once that is made. */
function nameOf({ subject }: Values, { address }: TerraformResource, made?: CertificateFacts): string {
  const first: unknown = Array.isArray(subject) ? subject[0] : undefined;
  const { common_name: commonName, organizational_unit: unit } = (first ?? {}) as Values;
  return (
    [commonName, unit].filter((part) => typeof part === 'string' && part !== '').join(', ') ||
    (made === undefined ? address : nameWithUnit(made))
  );
}

/** The subject that the TLS provider makes of these values, if it is of this library. */
function subjectIn({ subject }: Values): string | undefined {
  const first: unknown = Array.isArray(subject) ? subject[0] : undefined;
  const { common_name: commonName, organizational_unit: unit } = (first ?? {}) as Values;
  if (typeof commonName !== 'string' || typeof unit !== 'string') return undefined;
  return identityOfAttributes([
    ['OU', unit],
    ['CN', commonName],
  ]);
}
