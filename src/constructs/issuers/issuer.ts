import type { Construct } from 'constructs';

/**
 * Issues certificates on request: a CA of Terraform's, or a service outside. Implement it for a CA that this library does not know. Whoever
 * asks for a certificate keeps its own key, and never sees a key of the CA.
 */
export interface ICertificateIssuer {
  /** Common name of the CA that signs. OTP refuses a certificate with the name of its CA as self-issued, so such orders are refused before. */
  readonly commonName: string;
  /** The material by which nodes recognize certificates of this CA. */
  readonly trust: TrustMaterial;

  /** Defines, below `scope`, whatever issues the certificate. */
  issue(scope: Construct, order: CertificateOrder): IssuedCertificate;
}

/** The material by which nodes recognize the certificates of their peers. */
export interface TrustMaterial {
  /** Certificates of every CA that is trusted, as PEM: the content of `cacertfile`. */
  readonly bundlePem: string;
}

/** A request for one certificate. */
export interface CertificateOrder {
  /** The certificate as messages name it: `certificate of node "couchdb@db1.example.com"`. */
  readonly subject: string;
  /** The signing request (PKCS #10), as PEM. It holds the public key and the names. */
  readonly requestPem: string;
  /** Common name, as in the request. */
  readonly commonName: string;
  /**
   * The dNSName entries of the SAN, as in the request.
   *
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * The iPAddress entries of the SAN, as in the request.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];
  /** Key usages and extended key usages, by the names of Terraform's `allowed_uses`. */
  readonly uses: string[];
  /** Validity, in hours. */
  readonly validityHours: number;
  /** Hours before the end of validity from which on the next apply renews the certificate; `0` renews at expiry. */
  readonly earlyRenewalHours: number;
}

/** A certificate as its issuer gives it. */
export interface IssuedCertificate {
  /** Certificate, as PEM. */
  readonly certificatePem: string;
  /**
   * Certificates of the CAs between this certificate and a trust anchor, as PEM, the issuer's first. The node presents them with its own.
   *
   * @default - none: a trust anchor signed the certificate
   */
  readonly chainPem?: string;
  /**
   * End of validity, as an RFC 3339 time.
   *
   * @default - not known: no alarm is set
   */
  readonly expiresAt?: string;
  /** The resources that were defined, for overrides. */
  readonly resources: Construct[];
}
