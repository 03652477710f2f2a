import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';

import type { Signatures } from '../model/observed/files/material';
import type { CertificateFacts } from '../model/x509/certificate-reader';
import { isVerified } from './verified';

/** Node's cryptography for the model. Answers are kept: a thousand nodes have one CA. */
export function signatures(): Signatures {
  const parsed = new WeakMap<CertificateFacts, X509Certificate>();
  const fingerprints = new WeakMap<CertificateFacts, string>();
  const certificate = (facts: CertificateFacts): X509Certificate =>
    remember(parsed, facts, () => new X509Certificate(facts.der));
  const signers = new WeakMap<CertificateFacts, WeakMap<CertificateFacts, boolean>>();
  const pairs = new WeakMap<CertificateFacts, Map<string, { readonly isPair: boolean | undefined }>>();
  const isSigned = (one: CertificateFacts, issuer: CertificateFacts): boolean =>
    attempt(() => certificate(one).verify(certificate(issuer).publicKey)) ?? false;
  return {
    isSignedBy: (one, issuer) =>
      remember(
        remember(signers, one, () => new WeakMap<CertificateFacts, boolean>()),
        issuer,
        () => isSigned(one, issuer),
      ),
    isListSignedBy: (list, issuer) => attempt(() => isVerified(list, certificate(issuer).publicKey)),
    // Both sides of a node mostly have one key.
    isPair: (one, key, passphrase) => {
      const known = remember(pairs, one, () => new Map<string, { readonly isPair: boolean | undefined }>());
      const input = JSON.stringify([passphrase, key]);
      const answer = known.get(input) ?? {
        isPair: attempt(() => certificate(one).checkPrivateKey(createPrivateKey({ key, passphrase }))),
      };
      known.set(input, answer);
      return answer.isPair;
    },
    isWrongPassword,
    nameHash: (name) => createHash('sha1').update(name).digest().readUInt32LE().toString(16).padStart(8, '0'),
    fingerprint: (one) => remember(fingerprints, one, () => createHash('sha256').update(one.der).digest('hex')),
  };
}

/** Other failures may be due to Node: OTP can read some types of encryption that Node cannot. */
function isWrongPassword(key: string, passphrase: string): boolean {
  try {
    createPrivateKey({ key, passphrase });
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_OSSL_BAD_DECRYPT';
  }
}

function remember<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Absent if OpenSSL rejects the bytes. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** For constructs, which ask about a CA again for each certificate below it. */
export const SIGNATURES: Signatures = signatures();
