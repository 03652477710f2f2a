import type { Construct } from 'constructs';

/**
 * Issues certificates on request, with a CA in Terraform or an external service. Implement it for a CA that this library does not know. The
 * party that requests a certificate keeps its private key, and never sees a key of the CA.
 */
export interface ICertificateIssuer {
  /**
   * Common name of the CA that signs. OTP rejects a certificate with the same name as self-issued, so such orders are refused.
   *
   * @default - not known at synth: `erlang-tls check-plan` and `erlang-tls check` compare the names
   */
  readonly commonName?: string;
  /** The trust material with which nodes verify the certificates of this CA. */
  readonly trust: TrustMaterial;
  /**
   * Ids of the nodes for which there are certificates, with `tools` for the tools. In a cluster, another node waits: it gets the trust bundle
   * alone.
   *
   * @default - the issuer has one for every order
   */
  readonly issuesOnlyFor?: string[];

  /** Defines the resources that issue the certificate, below `scope`. */
  issue(scope: Construct, order: CertificateOrder): IssuedCertificate;
}

/** The material with which nodes verify the certificates of their peers. */
export interface TrustMaterial {
  /** Certificates of all trusted CAs, as PEM: the content of `cacertfile`. */
  readonly bundlePem: string;
  /**
   * End of validity of the first one that ends, as an RFC 3339 time.
   *
   * @default - that of the certificates, if they are known at synth
   */
  readonly expiresAt?: string;
}

/** A request for one certificate. */
export interface CertificateOrder {
  /** Name of the certificate in messages: `certificate of node "couchdb@db1.example.com"`. */
  readonly subject: string;
  /** The signing request (PKCS #10), as PEM. It contains the public key and the names. */
  readonly requestPem: string;
  /**
   * The public key in the request, as PEM (`PUBLIC KEY`). Terraform compares it with the key in the certificate.
   *
   * @default - not known
   */
  readonly publicKeyPem?: string;
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
  /**
   * Whether it is the certificate of a CA, which signs certificates itself.
   *
   * @default false
   */
  readonly isCertificateAuthority?: boolean;
  /** Key usages and extended key usages, with the names that Terraform's `allowed_uses` has for them. */
  readonly uses: string[];
  /** Validity, in hours. */
  readonly validityHours: number;
  /** Number of hours before expiry at which the renewal is due; `0` renews at expiry. */
  readonly earlyRenewalHours: number;
}

/** A certificate that an issuer has issued. */
export interface IssuedCertificate {
  /** Certificate, as PEM. */
  readonly certificatePem: string;
  /**
   * Intermediate certificates between this certificate and a trust anchor, as PEM, the issuer's first. The node sends them with its own
   * certificate.
   *
   * @default - none: a trust anchor signed the certificate
   */
  readonly chainPem?: string;
  /**
   * End of validity, as an RFC 3339 time.
   *
   * @default - not known: no alarm is defined
   */
  readonly expiresAt?: string;
  /** The resources of the issuer, for overrides. */
  readonly resources: Construct[];
}
