import type { Option } from '../../erlang/options/option-file-reader';
import { textIn, valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import type { FoundFile } from '../../observed/files/found-file';
import { isWhole, type Material, type Signatures } from '../../observed/files/material';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { PrivateKeyFacts } from '../../x509/private-key-reader';
import { PEM_WITHOUT_CERTIFICATE } from './pem-files';

/** Whether OTP can read the private key, and whether it belongs to the first certificate. */
export function keyFindings(
  { identity, key }: Material,
  options: readonly Option[],
  signatures: Signatures,
): readonly Finding[] {
  if (!isWhole(identity) || !isWhole(key)) return [];
  const [leaf] = identity.certificates;
  const [privateKey, ...more] = key.keys;
  if (leaf === undefined) return [finding(PEM_WITHOUT_CERTIFICATE, { subject: identity.file.path })];
  if (privateKey === undefined) return lacksKeyFindings(key.file);
  if (more.length > 0) return [finding(PEM_WITH_SEVERAL_KEYS, { subject: key.file.path })];
  const encryption = encryptionProblem(privateKey, key.text, options, signatures);
  if (encryption !== undefined) return [finding(encryption, { subject: key.file.path })];
  const isPair = (one: CertificateFacts): boolean | undefined => signatures.isPair(one, key.text, passwordOf(options));
  if (isPair(leaf) !== false) return [];
  return identity.certificates.some((one) => isPair(one) === true)
    ? [finding(CERTIFICATE_NOT_FIRST, { subject: identity.file.path })]
    : [finding(KEY_CERTIFICATE_MISMATCH, { subject: key.file.path })];
}

/** A key that stays on the node is in no file on the way to it. */
function lacksKeyFindings({ path, lacksKey }: FoundFile): readonly Finding[] {
  return lacksKey === true ? [] : [finding(PEM_WITHOUT_KEY, { subject: path })];
}

export const PEM_WITHOUT_KEY = rule({
  code: 'pem-without-key',
  severity: 'error',
  problem: 'holds no private key',
  expected: 'a block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY',
  remedy: 'correct keyfile, or put the key into the file of certfile',
  inErlang: 'nothing where the node dials; "Invalid key file" where it is dialled',
  source: 'init_private_key in erlang/otp:lib/ssl/src/ssl_config.erl; docs/in-erlang.md',
});

export const PEM_WITH_SEVERAL_KEYS = rule({
  code: 'pem-with-several-keys',
  severity: 'error',
  problem: 'holds more than one private key',
  expected: 'one private key in the file of keyfile, or of certfile if there is no keyfile',
  remedy: 'keep only the key of the certificate',
  inErlang: 'nothing where the node dials; "Invalid key file" where it is dialled',
  source: 'init_private_key in erlang/otp:lib/ssl/src/ssl_config.erl; docs/in-erlang.md',
});

export const CERTIFICATE_NOT_FIRST = rule({
  code: 'certificate-not-first',
  severity: 'error',
  problem: 'does not begin with the certificate of its key',
  expected: 'the certificate of the node first, then each CA that leads to the root',
  remedy: 'put the certificates into that order',
  inErlang: 'the node presents the first certificate, and has no key for it',
  source: 'certfile in the ssl manual: the first entry is the certificate of the node; docs/in-erlang.md',
});

export const KEY_CERTIFICATE_MISMATCH = rule({
  code: 'key-certificate-mismatch',
  severity: 'error',
  problem: 'is not the key of the certificate',
  expected: 'key and certificate of one pair',
  remedy: 'install both again; in a single file, they cannot be mixed up',
  inErlang: 'the other node logs "Failed to verify CertificateVerify", without naming the cause',
  source: 'RFC 8446 section 4.4.3; docs/in-erlang.md',
});

/** The reason why OTP cannot decrypt the key. Absent if it can, or if that is not known. */
function encryptionProblem(
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
  expected: 'a key that the node can read without a password',
  remedy: 'decrypt it and give it mode 0400: a password in a file beside it adds no protection',
  inErlang: 'nothing at boot; up to OTP 25 "decoding error", later often nothing on either side',
  source: 'init_private_key in erlang/otp:lib/ssl/src/ssl_config.erl; docs/in-erlang.md',
});

export const KEY_ENCRYPTION_UNSUPPORTED = rule({
  code: 'key-encryption-unsupported',
  severity: 'error',
  problem: 'is encrypted in a way that OTP cannot read',
  expected: 'PBKDF2 with AES, which is the default of openssl pkcs8 -topk8',
  remedy: 'encrypt it again without -scrypt, -v1 and other ciphers, or decrypt it',
  inErlang:
    'nothing at boot; "decoding error" where the node is dialled, and nothing where it dials; OTP 29: a crash of pubkey_pbe',
  source: 'decrypt_parameters in erlang/otp:lib/public_key/src/pubkey_pbe.erl; docs/in-erlang.md',
});

export const KEY_PASSWORD_WRONG = rule({
  code: 'key-password-wrong',
  severity: 'error',
  problem: 'is encrypted with another password than the one in the options',
  expected: 'the password that the key was encrypted with',
  remedy: 'correct the password, or decrypt the key and give it mode 0400',
  inErlang: 'nothing at boot; up to OTP 25 "decoding error" where the node is dialled, later a crash',
  source: 'docs/in-erlang.md',
});

/** The password in the options. Absent if it is given in another form than text, such as a function. */
function passwordOf(options: readonly Option[]): string | undefined {
  return textIn(valueOf('password', options));
}
