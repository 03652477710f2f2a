import { type ChainContext, chainShownBy, isSelfIssued } from '../observed/files/chain';
import { isWhole } from '../observed/files/material';
import { canSignCertificates } from '../rules/certificates/trust-bundle';
import { dayText } from '../x509/calendar';
import type { CertificateFacts } from '../x509/certificate-reader';
import { type FoundCluster, pathOnNode } from './found-cluster';

/** A CA of the nodes that goes on being trusted. */
export interface AdoptedAuthority {
  /** Id of its generation. */
  readonly id: string;
  readonly certificate: CertificateFacts;
  /** Where it was found. */
  readonly path: string;
  /** Whether a certificate of a node or tool leads to it. */
  readonly isUsed: boolean;
  /** File with its private key. Absent if none was found. */
  readonly keyPath?: string;
}

export interface Authorities {
  readonly adopted: readonly AdoptedAuthority[];
  /** What the nodes trust and the stack does not, with the reason. */
  readonly left: readonly string[];
}

interface Candidate {
  readonly certificate: CertificateFacts;
  readonly path: string;
}

/** A bundle with more CAs to which nothing leads is that of an operating system, and no part of the cluster. */
const MOST_UNUSED = 10;

/** The CAs that nodes and tools trust, those first to which their certificates lead. */
export function authoritiesOf(cluster: FoundCluster, context: ChainContext): Authorities {
  const { fingerprint, isPair } = context.signatures;
  const candidates = candidatesIn(cluster, fingerprint);
  const used = usedIn(cluster, candidates, context);
  const isUsed = ({ certificate }: Candidate): boolean => used.has(fingerprint(certificate));
  const unused = candidates.filter((one) => !isUsed(one));
  const kept = unused.filter(({ certificate }) => reasonToLeave(certificate, context.now) === undefined);
  const taken = [...candidates.filter(isUsed), ...(kept.length > MOST_UNUSED ? [] : kept)];
  return {
    adopted: taken.map((one, index) => ({
      ...one,
      id: taken.length === 1 ? cluster.trustedId : `${cluster.trustedId}-${index + 1}`,
      isUsed: isUsed(one),
      keyPath: cluster.keys.find(({ pem }) => isPair(one.certificate, pem) === true)?.path,
    })),
    left: [
      ...unused.flatMap(({ certificate, path }) => {
        const reason = reasonToLeave(certificate, context.now);
        return reason === undefined ? [] : [`${certificate.subject.text} in ${path}: ${reason}`];
      }),
      ...(kept.length > MOST_UNUSED
        ? [`${kept.length} more CAs that the nodes trust: no certificate here leads to one of them`]
        : []),
    ],
  };
}

/** What is trusted, and the roots that nodes send along. Each once. */
function candidatesIn({ members }: FoundCluster, fingerprint: (one: CertificateFacts) => string): readonly Candidate[] {
  const all = members.flatMap((member) =>
    member.installed.sides.flatMap(({ material: { trust, identity } }) =>
      [
        ...(isWhole(trust) ? trust.certificates.map((certificate) => ({ certificate, file: trust.file })) : []),
        ...(isWhole(identity)
          ? identity.certificates.slice(1).map((certificate) => ({ certificate, file: identity.file }))
          : []
        ).filter(({ certificate }) => isSelfIssued(certificate)),
      ].map(({ certificate, file }) => ({ certificate, path: `${pathOnNode(file.path, member)} of ${member.name}` })),
    ),
  );
  return [...new Map(all.reverse().map((one) => [fingerprint(one.certificate), one])).values()].reverse();
}

function usedIn(
  { members }: FoundCluster,
  candidates: readonly Candidate[],
  context: ChainContext,
): ReadonlySet<string> {
  const all = candidates.map(({ certificate }) => certificate);
  const chains = members.flatMap(({ installed }) =>
    installed.sides.flatMap(({ material }) => chainShownBy(material, all, context)?.slice(1) ?? []),
  );
  return new Set(chains.map((one) => context.signatures.fingerprint(one)));
}

function reasonToLeave(certificate: CertificateFacts, now: number): string | undefined {
  if (!canSignCertificates(certificate)) return 'it is no CA';
  return certificate.notAfter < now ? `it expired ${dayText(certificate.notAfter)}` : undefined;
}
