import type { Signatures } from '../observed/files/material';
import { ROOT_CA_VALIDITY_HOURS } from '../pki/lifetime';
import type { CertificatePlan } from '../plan/certificate-plan';
import { HOUR } from '../x509/calendar';
import type { CertificateFacts, CertificateName } from '../x509/certificate-reader';

/** Certificates that are yet to be made, as they will be. They have no bytes, and no signature. */
export class PlannedCertificates {
  /** The CA that is to follow. */
  public readonly authority: CertificateFacts;
  private readonly planned = new Set<CertificateFacts>();

  public constructor(
    commonName: string,
    /** Milliseconds since 1970. */
    private readonly now: number,
  ) {
    const name = nameOf(commonName);
    this.authority = this.add(name, name, {
      notAfter: now + ROOT_CA_VALIDITY_HOURS * HOUR,
      isCa: true,
      keyUsage: ['keyCertSign', 'cRLSign'],
    });
  }

  public ofNode({ commonName, dnsNames, ipAddresses, lifetime }: CertificatePlan): CertificateFacts {
    return this.add(nameOf(commonName), this.authority.subject, {
      ...{ dnsNames, ipAddresses },
      notAfter: this.now + lifetime.validityHours * HOUR,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
    });
  }

  /** The same answers for all other certificates. */
  public signatures(known: Signatures): Signatures {
    const isPlanned = (one: CertificateFacts): boolean => this.planned.has(one);
    return {
      ...known,
      isSignedBy: (one, issuer) =>
        isPlanned(one) || isPlanned(issuer)
          ? isPlanned(one) && issuer === this.authority
          : known.isSignedBy(one, issuer),
      isListSignedBy: (list, issuer) => (isPlanned(issuer) ? false : known.isListSignedBy(list, issuer)),
      isPair: (one, key, password) => (isPlanned(one) ? undefined : known.isPair(one, key, password)),
      fingerprint: (one) => (isPlanned(one) ? `planned ${one.subject.identity}` : known.fingerprint(one)),
    };
  }

  private add(subject: CertificateName, issuer: CertificateName, own: Partial<CertificateFacts>): CertificateFacts {
    const facts = {
      ...{ der: new Uint8Array(), serialNumber: '', subject, issuer, notBefore: this.now, notAfter: this.now },
      publicKey: { kind: 'EC', curve: 'P-256', identity: `key of ${subject.text}` },
      signatureAlgorithm: 'ecdsa-with-SHA256',
      ...{ dnsNames: [], ipAddresses: [], isCa: false, critical: [] },
      ...own,
    };
    this.planned.add(facts);
    return facts;
  }
}

function nameOf(commonName: string): CertificateName {
  return { text: `CN=${commonName}`, commonName, identity: `planned CN=${commonName}` };
}
