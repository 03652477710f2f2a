import type { Option } from '../../erlang/options/option-file-reader';
import { textIn, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import { candidatesOf, chainOf, leafOf, type PemContent, type Signatures } from '../../observed/files/material';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { PrivateKeyFacts } from '../../x509/private-key-reader';
import { contentsOf } from '../files/node-files';
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
    : [finding(PEM_DAMAGED, { subject: file.path, detail: problem })];
}

export const PEM_DAMAGED = rule({
  code: 'pem-damaged',
  severity: 'error',
  problem: 'is no whole PEM file',
  expected: 'blocks of Base64 between BEGIN and END lines',
  remedy: 'install it again, whole and at once',
  inErlang:
    'of a trust bundle "decoding error", where the node is dialled; of a certificate nothing on either side up to OTP 27, and later a crash of pubkey_pem',
});

function sideFindings(
  node: InstalledNode,
  one: InstalledSide,
  judgement: Judgement,
  partners: readonly InstalledNode[],
): readonly Finding[] {
  const { identity, trust } = one.material;
  const ofIdentity = identityFindings(one, judgement);
  // Of a certificate that is not the node's there is nothing to say.
  const leaf = ofIdentity.some(({ code }) => code === CERTIFICATE_NOT_FIRST.code) ? undefined : leafOf(one.material);
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
          ...verifiedFindings(identity.file.path, chain, one.side, node.host, partners, judgement.releases),
          ...chainFindings(identity.file.path, chain, one, verifier, judgement),
        ]),
  ];
}

export const CERTIFICATE_NOT_FIRST = rule({
  code: 'certificate-not-first',
  severity: 'error',
  problem: 'does not begin with the certificate of its key',
  expected: 'the certificate of the node first, then each CA that leads to the root',
  remedy: 'put the certificates into that order',
  inErlang: 'Erlang shows the first one, and has no key for it',
});

function shownFindings(
  { file }: PemContent,
  leaf: CertificateFacts,
  { side, options }: InstalledSide,
  judgement: Judgement,
): readonly Finding[] {
  const subject = `certificate in ${file.path}`;
  return [...validityFindings(subject, leaf, judgement), ...leafFindings(subject, leaf, side, options, judgement.releases)];
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
  if (leaf === undefined) return [finding(PEM_WITHOUT_CERTIFICATE, { subject: identity.file.path })];
  if (kept === undefined) return [finding(PEM_WITHOUT_KEY, { subject: key.file.path })];
  if (more.length > 0) return [finding(PEM_WITH_SEVERAL_KEYS, { subject: key.file.path })];
  const locked = lockProblem(kept, key.text, options, signatures);
  if (locked !== undefined) return [finding(locked, { subject: key.file.path })];
  const isPair = (one: CertificateFacts): boolean | undefined => signatures.isPair(one, key.text, passwordOf(options));
  if (isPair(leaf) !== false) return [];
  return identity.certificates.some((one) => isPair(one) === true)
    ? [finding(CERTIFICATE_NOT_FIRST, { subject: identity.file.path })]
    : [finding(KEY_CERTIFICATE_MISMATCH, { subject: key.file.path })];
}

export const PEM_WITHOUT_CERTIFICATE = rule({
  code: 'pem-without-certificate',
  severity: 'error',
  problem: 'holds no certificate',
  expected: 'a block CERTIFICATE, in PEM form and not DER',
  remedy: 'correct the path; key and certificate may have been exchanged',
  inErlang:
    'where the node is dialled, it logs "decoding error" (OTP 29), "illegal_parameter_in_client_hello" (27) or a crash (25); where it dials, often nobody logs anything',
});

export const PEM_WITHOUT_KEY = rule({
  code: 'pem-without-key',
  severity: 'error',
  problem: 'holds no private key',
  expected: 'a block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY',
  remedy: 'correct keyfile, or put the key into the file of certfile',
  inErlang: 'nothing where it dials; "Invalid key file" where it is dialled',
});

export const PEM_WITH_SEVERAL_KEYS = rule({
  code: 'pem-with-several-keys',
  severity: 'error',
  problem: 'holds more than one private key',
  expected: 'one private key in the file of keyfile, or of certfile where there is no keyfile',
  remedy: 'leave the key of the certificate in it alone',
  inErlang: 'nothing where it dials; "Invalid key file" where it is dialled',
});

export const KEY_CERTIFICATE_MISMATCH = rule({
  code: 'key-certificate-mismatch',
  severity: 'error',
  problem: 'is not the key of the certificate',
  expected: 'key and certificate of one pair',
  remedy: 'install both again; one file for both cannot be mixed',
  inErlang: 'the other node logs "Failed to verify CertificateVerify", which does not say it',
});

/** Why OTP cannot read the key. */
function lockProblem(
  { isEncrypted, isUnsupported }: PrivateKeyFacts,
  text: string,
  options: readonly Option[],
  signatures: Signatures,
): Rule | undefined {
  if (isUnsupported) return KEY_ENCRYPTION_UNSUPPORTED;
  if (!isEncrypted) return undefined;
  if (valueOf('password', options) === undefined) return KEY_ENCRYPTED;
  const password = passwordOf(options);
  return password !== undefined && signatures.isWrongPassword(text, password) ? KEY_PASSWORD_WRONG : undefined;
}

export const KEY_ENCRYPTED = rule({
  code: 'key-encrypted',
  severity: 'error',
  problem: 'is encrypted, and the options have no password',
  expected: 'a key that the node can read without asking',
  remedy: 'decrypt it, with mode 0400: a password in a file beside it protects nothing more',
  inErlang: 'nothing at boot; up to OTP 25 "decoding error", later often nothing on either side',
});

export const KEY_ENCRYPTION_UNSUPPORTED = rule({
  code: 'key-encryption-unsupported',
  severity: 'error',
  problem: 'is encrypted in a way that OTP cannot read',
  expected: 'PBKDF2 with AES, which is the default of openssl pkcs8 -topk8',
  remedy: 'encrypt it anew without -scrypt, -v1 and other ciphers, or decrypt it',
  inErlang:
    'nothing at boot; "decoding error" where the node is dialled, and nothing where it dials; OTP 29: a crash of pubkey_pbe',
});

export const KEY_PASSWORD_WRONG = rule({
  code: 'key-password-wrong',
  severity: 'error',
  problem: 'is not decrypted by the password of the options',
  expected: 'the password that the key was encrypted with',
  remedy: 'correct the password, or decrypt the key, with mode 0400',
  inErlang: 'nothing at boot; up to OTP 25 "decoding error" where the node is dialled, later a crash',
});

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
  if (certificates.length === 0) return [finding(PEM_WITHOUT_CERTIFICATE, { subject: file.path })];
  return certificates.flatMap((one) => {
    const subject = `${one.subject.text} in ${file.path}`;
    return canSignCertificates(one)
      ? authorityFindings(subject, one, chain, judgement)
      : [finding(TRUSTED_CERTIFICATE_NOT_A_CA, { subject })];
  });
}

export const TRUSTED_CERTIFICATE_NOT_A_CA = rule({
  code: 'trusted-certificate-not-a-ca',
  severity: 'warning',
  problem: 'is trusted and does not say that it is a CA',
  expected: 'CA certificates in cacertfile: basic constraints CA:TRUE, and key usage, if any, with keyCertSign',
  remedy: 'put the certificate of the CA there',
  inErlang: 'nothing of one that signed itself, which OTP takes for a root as it is; of another one "Unknown CA"',
});
