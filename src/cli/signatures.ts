import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';

import type { Signatures } from '../model/installed/material';
import type { CertificateFacts } from '../model/pki/certificate-reader';

/** Node's cryptography for the model. What was asked once is not asked again: a thousand nodes have one CA. */
export function signatures(): Signatures {
  const parsed = new WeakMap<CertificateFacts, X509Certificate>();
  const fingerprints = new WeakMap<CertificateFacts, string>();
  const certificate = (facts: CertificateFacts): X509Certificate =>
    remember(parsed, facts, () => new X509Certificate(facts.der));
  return {
    isSignedBy: (one, issuer) => attempt(() => certificate(one).verify(certificate(issuer).publicKey)) ?? false,
    isPair: (one, keyPem) => attempt(() => certificate(one).checkPrivateKey(createPrivateKey(keyPem))),
    fingerprint: (one) => remember(fingerprints, one, () => createHash('sha256').update(one.der).digest('hex')),
  };
}

function remember<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Undefined where the bytes are none that OpenSSL takes. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
