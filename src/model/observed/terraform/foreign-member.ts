import type { DeliveredFile, DeliveredUnit } from '../../deliveries/delivered';
import { timestampText } from '../../x509/calendar';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { Signatures } from '../files/material';
import type { Certificates, PemBodies } from './certificates';
import { referencesIn } from './file-references';
import type { Member, Unseen } from './member';
import { authoritiesOf, bootFilesOf, listsOf } from './unit-files';

/**
 * A node, or the tools, whose certificate is in no resource of the tls provider: an issuer signed it, and its text is known; or the issuer makes it in
 * the apply; or nobody signs for it here, and it gets what it is to trust. Absent if the files are of no member.
 */
export function foreignMember(
  unit: DeliveredUnit,
  certificates: Certificates,
  bodies: PemBodies,
  signatures: Signatures,
): Member | undefined {
  const body = unit.files
    .flatMap(({ content = '' }) => bodies.in(content))
    .find((one) => isLeaf(bodies.certificate(one)));
  const facts = body === undefined ? undefined : bodies.certificate(body);
  if (body !== undefined && facts !== undefined) {
    const isOwn = ({ content = '' }: DeliveredFile): boolean => bodies.in(content).includes(body);
    return {
      certificate: body,
      issuer: bodies.issuerOf(facts, signatures),
      ...shownBy(facts),
      ...authoritiesOf(unit, isOwn, certificates),
      bootFiles: bootFilesOf(unit),
      lists: listsOf(unit),
    };
  }
  const pending = (file: DeliveredFile): boolean =>
    referencesIn(file).some((one) => /^(?!tls_|terraform_data\.)/.test(one));
  const isPending = unit.files.some(pending);
  const known = authoritiesOf(unit, pending, certificates);
  if (known.trusts.size === 0) return undefined;
  const unseen: Unseen = isPending ? 'made in the apply' : 'not signed here';
  return { ...known, unseen, isServer: unit.name.includes('@'), bootFiles: isPending ? bootFilesOf(unit) : undefined };
}

function isLeaf(facts: CertificateFacts | undefined): boolean {
  return facts?.isCa === false;
}

/** What others see of a certificate. */
function shownBy({
  extendedKeyUsage,
  dnsNames,
  ipAddresses,
  notAfter,
  publicKey: { kind },
}: CertificateFacts): Pick<Member, 'isServer' | 'names' | 'notAfter' | 'keyAlgorithm'> {
  return {
    isServer: extendedKeyUsage?.includes('serverAuth') !== false,
    names: [...new Set([...dnsNames, ...ipAddresses])].sort(),
    notAfter: timestampText(notAfter),
    // By its name in Terraform.
    keyAlgorithm: kind === 'EC' ? 'ECDSA' : kind.toUpperCase(),
  };
}
