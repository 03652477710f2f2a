import { atomsOf, type Option } from '../erlang/option-file-reader';
import { type ErrorCode } from '../error-catalogue';
import { type Evidence, type Finding, finding } from '../errors';
import type { InstalledNode, InstalledSide } from '../installed/installed-node';
import { chainOf, type PemContent } from '../installed/material';
import { valueOf } from '../installed/tls-settings';
import type { CertificateFacts } from '../pki/certificate-reader';
import type { PrivateKeyFacts } from '../pki/private-key-reader';
import { chainFindings } from './installed-chain-checks';
import { contentsOf } from './installed-file-checks';
import { hostFindings } from './installed-host-checks';
import { isWhole, type Judgement } from './installed-judgement';
import { revocationFindings } from './installed-revocation-checks';
import { authorityFindings, canSignCertificates, validityFindings } from './installed-validity-checks';

/** What is wrong with keys and certificates, and between them. */
export function materialFindings(node: InstalledNode, judgement: Judgement): readonly Finding[] {
  const all = [
    ...contentsOf(node).flatMap(pemFindings),
    ...node.sides.flatMap((side) => sideFindings(node, side, judgement)),
  ];
  // Mostly both sides have the same files.
  return all.filter((one, index) => all.findIndex(({ message }) => message === one.message) === index);
}

function pemFindings({ file, problem }: PemContent): readonly Finding[] {
  return problem === undefined || file.kind !== 'file'
    ? []
    : [finding('pem-damaged', { subject: file.path, detail: problem })];
}

function sideFindings(node: InstalledNode, side: InstalledSide, judgement: Judgement): readonly Finding[] {
  const { identity, trust } = side.material;
  const ofIdentity = identityFindings(side, judgement);
  // Of a certificate that is not the node's there is nothing to say.
  const leaf = ofIdentity.some(({ code }) => code === 'certificate-not-first') ? undefined : identity?.certificates[0];
  return [
    ...ofIdentity,
    ...revocationFindings(node.label, side, judgement),
    ...(trust === undefined ? [] : trustFindings(trust, identity, leaf, judgement)),
    ...(leaf === undefined || identity === undefined
      ? []
      : [
          ...validityFindings(`certificate in ${identity.file.path}`, leaf, judgement),
          ...leafFindings(identity.file.path, leaf, node, side),
          ...chainFindings(identity.file.path, leaf, side.material, judgement),
          ...hostFindings(`certificate in ${identity.file.path}`, leaf, node),
        ]),
  ];
}

function identityFindings({ material, options }: InstalledSide, { signatures }: Judgement): readonly Finding[] {
  const { identity, key } = material;
  if (!isWhole(identity) || !isWhole(key)) return [];
  const [leaf] = identity.certificates;
  const [kept] = key.keys;
  if (leaf === undefined) return [finding('pem-without-certificate', { subject: identity.file.path })];
  if (kept === undefined) return [finding('pem-without-key', { subject: key.file.path })];
  const isPair = signatures.isPair(leaf, key.text);
  if (isPair === false && identity.certificates.some((one) => signatures.isPair(one, key.text) === true)) {
    return [finding('certificate-not-first', { subject: identity.file.path })];
  }
  const code = keyProblem(kept, valueOf('password', options) !== undefined, isPair);
  return code === undefined ? [] : [finding(code, { subject: key.file.path })];
}

function keyProblem(
  { isEncrypted, isScrypt }: PrivateKeyFacts,
  hasPassword: boolean,
  isPair: boolean | undefined,
): ErrorCode | undefined {
  if (isScrypt) return 'key-encrypted-by-scrypt';
  if (isEncrypted) return hasPassword ? undefined : 'key-encrypted';
  return isPair === false ? 'key-not-of-certificate' : undefined;
}

function trustFindings(
  { file, certificates, problem }: PemContent,
  identity: PemContent | undefined,
  leaf: CertificateFacts | undefined,
  judgement: Judgement,
): readonly Finding[] {
  if (file.kind !== 'file' || problem !== undefined) return [];
  if (certificates.length === 0) return [finding('pem-without-certificate', { subject: file.path })];
  const sent = identity?.certificates ?? [];
  const chain = leaf && chainOf(leaf, [...certificates, ...sent], judgement.signatures);
  return certificates.flatMap((one) => {
    const subject = `${one.subject.text} in ${file.path}`;
    return canSignCertificates(one)
      ? authorityFindings(subject, one, chain, judgement)
      : [finding('trust-not-a-ca', { subject })];
  });
}

/** OTP's limit for a common name is X.520's. */
const LONGEST_COMMON_NAME = 64;

function leafFindings(
  path: string,
  leaf: CertificateFacts,
  { isTools }: InstalledNode,
  { options }: InstalledSide,
): readonly Finding[] {
  const subject = `certificate in ${path}`;
  const { keyUsage, publicKey, signatureAlgorithm } = leaf;
  const missing = missingUses(leaf, isTools ? ['clientAuth'] : ['serverAuth', 'clientAuth']);
  const kind = `${publicKey.kind} ${publicKey.bits ?? publicKey.curve ?? ''}`;
  const rules: readonly (readonly [ErrorCode, boolean, Omit<Evidence, 'subject'>])[] = [
    ['certificate-without-use', missing.length > 0, { detail: `${missing.join(' and ')} is missing` }],
    ['certificate-cannot-sign', keyUsage?.includes('digitalSignature') === false, {}],
    ['certificate-name-too-long', (leaf.subject.commonName?.length ?? 0) > LONGEST_COMMON_NAME, {}],
    ['certificate-weak', isWeak(leaf), { got: `${kind}, ${signatureAlgorithm}` }],
    ['certificate-needs-tls-1-3', needsTls13(leaf, options), { got: publicKey.kind }],
  ];
  return rules.flatMap(([code, isBroken, evidence]) => (isBroken ? [finding(code, { subject, ...evidence })] : []));
}

function missingUses({ extendedKeyUsage }: CertificateFacts, needed: readonly string[]): readonly string[] {
  // anyExtendedKeyUsage is not enough for OTP.
  if (extendedKeyUsage === undefined) return [];
  return needed.filter((use) => !extendedKeyUsage.includes(use));
}

/** Up to OTP 28 the default is TLS 1.2. */
function needsTls13({ publicKey }: CertificateFacts, options: readonly Option[]): boolean {
  return publicKey.kind.startsWith('Ed') && atomsOf('versions', options)?.includes('tlsv1.3') !== true;
}

const LEAST_BITS = 2048;

function isWeak({ publicKey: { kind, bits = LEAST_BITS }, signatureAlgorithm }: CertificateFacts): boolean {
  return bits < LEAST_BITS || kind === 'DSA' || /md5|sha1/i.test(signatureAlgorithm);
}
