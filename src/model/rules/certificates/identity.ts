import type { Option } from '../../erlang/options/option-file-reader';
import { textIn, valueOf } from '../../erlang/options/tls-settings';
import { type ErrorCode } from '../../error-catalogue';
import { type Finding, finding } from '../../errors';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import { candidatesOf, chainOf, leafOf, type PemContent, type Signatures } from '../../observed/files/material';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { PrivateKeyFacts } from '../../x509/private-key-reader';
import { contentsOf } from '../files/permissions';
import { isWhole, type Judgement } from '../judgement';
import { chainFindings } from './chain';
import { leafFindings } from './leaf';
import { revocationFindings } from './revocation';
import { authorityFindings, canSignCertificates, validityFindings } from './validity';
import { verifiedFindings } from './verifiers';

/** What is wrong with keys and certificates, and between them. */
export function materialFindings(
  node: InstalledNode,
  judgement: Judgement,
  partners: readonly InstalledNode[],
): readonly Finding[] {
  return [
    ...contentsOf(node).flatMap(pemFindings),
    ...node.sides.flatMap((side) => [
      ...sideFindings(node, side, judgement, partners),
      ...revocationFindings(node, side, judgement),
    ]),
  ];
}

function pemFindings({ file, problem }: PemContent): readonly Finding[] {
  return problem === undefined || file.kind !== 'file'
    ? []
    : [finding('pem-damaged', { subject: file.path, detail: problem })];
}

function sideFindings(
  node: InstalledNode,
  one: InstalledSide,
  judgement: Judgement,
  partners: readonly InstalledNode[],
): readonly Finding[] {
  const { identity, trust } = one.material;
  const ofIdentity = identityFindings(one, judgement);
  // Of a certificate that is not the node's there is nothing to say.
  const leaf = ofIdentity.some(({ code }) => code === 'certificate-not-first') ? undefined : leafOf(one.material);
  const verifier = verifierOf(node, one);
  const candidates = [...(verifier?.material.trust?.certificates ?? []), ...candidatesOf(one.material)];
  const chain = leaf && chainOf(leaf, candidates, judgement);
  return [
    ...ofIdentity,
    ...(trust === undefined ? [] : trustFindings(trust, chain, judgement)),
    ...(chain === undefined || identity === undefined
      ? []
      : [
          ...shownFindings(identity, chain[0], one, judgement),
          ...verifiedFindings(identity.file.path, chain, one.side, node.host, partners, judgement.otp),
          ...chainFindings(identity.file.path, chain, one, verifier, judgement),
        ]),
  ];
}

function shownFindings(
  { file }: PemContent,
  leaf: CertificateFacts,
  { side, options }: InstalledSide,
  judgement: Judgement,
): readonly Finding[] {
  const subject = `certificate in ${file.path}`;
  return [...validityFindings(subject, leaf, judgement), ...leafFindings(subject, leaf, side, options, judgement.otp)];
}

/** Who dials is verified by who accepts: the other nodes are told what this one is told. */
function verifierOf({ sides }: InstalledNode, { side }: InstalledSide): InstalledSide | undefined {
  return sides.find((one) => one.side !== side) ?? sides[0];
}

function identityFindings({ material, options }: InstalledSide, { signatures }: Judgement): readonly Finding[] {
  const { identity, key } = material;
  if (!isWhole(identity) || !isWhole(key)) return [];
  const [leaf] = identity.certificates;
  const [kept, ...more] = key.keys;
  if (leaf === undefined) return [finding('pem-without-certificate', { subject: identity.file.path })];
  if (kept === undefined) return [finding('pem-without-key', { subject: key.file.path })];
  if (more.length > 0) return [finding('pem-with-several-keys', { subject: key.file.path })];
  const locked = lockProblem(kept, key.text, options, signatures);
  if (locked !== undefined) return [finding(locked, { subject: key.file.path })];
  const isPair = (one: CertificateFacts): boolean | undefined => signatures.isPair(one, key.text, passwordOf(options));
  if (isPair(leaf) !== false) return [];
  return identity.certificates.some((one) => isPair(one) === true)
    ? [finding('certificate-not-first', { subject: identity.file.path })]
    : [finding('key-not-of-certificate', { subject: key.file.path })];
}

/** Why OTP cannot read the key. */
function lockProblem(
  { isEncrypted, isUnsupported }: PrivateKeyFacts,
  text: string,
  options: readonly Option[],
  signatures: Signatures,
): ErrorCode | undefined {
  if (isUnsupported) return 'key-encryption-unsupported';
  if (!isEncrypted) return undefined;
  if (valueOf('password', options) === undefined) return 'key-encrypted';
  const password = passwordOf(options);
  return password !== undefined && signatures.isWrongPassword(text, password) ? 'key-password-wrong' : undefined;
}

/** Undefined where it is written in another way than as text. */
function passwordOf(options: readonly Option[]): string | undefined {
  return textIn(valueOf('password', options));
}

function trustFindings(
  { file, certificates, problem }: PemContent,
  chain: readonly CertificateFacts[] | undefined,
  judgement: Judgement,
): readonly Finding[] {
  if (file.kind !== 'file' || problem !== undefined) return [];
  if (certificates.length === 0) return [finding('pem-without-certificate', { subject: file.path })];
  return certificates.flatMap((one) => {
    const subject = `${one.subject.text} in ${file.path}`;
    return canSignCertificates(one)
      ? authorityFindings(subject, one, chain, judgement)
      : [finding('trust-not-a-ca', { subject })];
  });
}
