import { createHash, createPrivateKey, sign } from 'node:crypto';

import type { CertificateFacts } from '../model/x509/certificate-reader';
import { type ListContent, type ListSignature, writeCrl, writeSigned } from '../model/x509/crl-writer';
import { listIssuer } from '../model/x509/list-issuer';
import { publicKeyText } from '../model/x509/public-key-reader';
import { UsageError } from './command';

/** Makes a revocation list of a CA with its key, in DER. */
export function signedList(
  authority: CertificateFacts,
  keyPem: string,
  content: Omit<ListContent, 'issuer' | 'keyId'>,
): Uint8Array {
  const { name, digest } = signatureOf(authority);
  const issuer = listIssuer(authority.der);
  if (issuer === undefined) throw new UsageError(`the certificate of ${authority.subject.text} cannot be read`);
  const keyId = issuer.keyId ?? createHash('sha1').update(issuer.key).digest();
  const signed = writeSigned({ ...content, issuer: issuer.name, keyId }, name);
  return writeCrl(signed, name, sign(digest, signed, createPrivateKey(keyPem)));
}

/** Ed25519 has no separate digest. */
interface Algorithm {
  readonly name: ListSignature;
  readonly digest?: string;
}

function signatureOf({ publicKey }: CertificateFacts): Algorithm {
  const { kind, curve } = publicKey;
  const found = Object.hasOwn(ALGORITHMS, curve ?? kind) ? ALGORITHMS[curve ?? kind] : undefined;
  if (found !== undefined) return found;
  throw new UsageError(
    `a CA with a key of type ${publicKeyText(publicKey)} cannot sign lists here: use openssl ca -gencrl`,
  );
}

/** By the type of the key, or by its curve. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RSA: { name: 'sha256WithRSAEncryption', digest: 'sha256' },
  'P-256': { name: 'ecdsa-with-SHA256', digest: 'sha256' },
  'P-384': { name: 'ecdsa-with-SHA384', digest: 'sha384' },
  'P-521': { name: 'ecdsa-with-SHA512', digest: 'sha512' },
  Ed25519: { name: 'Ed25519' },
};
