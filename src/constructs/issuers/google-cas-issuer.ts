import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { ORDER_BEYOND_ISSUER } from '../../model/pki/issuer-limits';
import { renewalPeriod } from '../terraform/renewal-periods';
import { within } from '../terraform/report';
import { handedInTrust } from './handed-in-trust';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';
import { signByProvider } from './provider-signing';
import { requestName } from './request-name';

/** Properties of `GoogleCasIssuer`. */
export interface GoogleCasIssuerProps {
  /** Name of the CA pool. */
  readonly pool: string;
  /** Location of the pool, such as `europe-west1`. */
  readonly location: string;
  /**
   * Id of the CA in the pool.
   *
   * @default - the pool chooses an enabled CA
   */
  readonly certificateAuthority?: string;
  /**
   * Resource name of the certificate template for nodes, which must allow the names of the request, serverAuth and clientAuth.
   *
   * @default - none: the issuance policy of the pool decides
   */
  readonly certificateTemplate?: string;
  /**
   * Resource name of the certificate template for tools, with clientAuth alone.
   *
   * @default - none: certificates of tools are refused
   */
  readonly toolCertificateTemplate?: string;
  /**
   * Resource name of the certificate template for a CA below this one.
   *
   * @default - none: certificates of CAs are refused
   */
  readonly caCertificateTemplate?: string;
  /**
   * Project of the pool.
   *
   * @default - that of the provider
   */
  readonly project?: string;
  /** Certificates that nodes have to trust, as PEM: the root above the CA. */
  readonly trustPem: string;
  /**
   * Common name of the CA that signs.
   *
   * @default - not known at synth
   */
  readonly commonName?: string;
  /**
   * Provider with its alias, such as `google.pki`.
   *
   * @default - the `google` provider without an alias
   */
  readonly provider?: string;
}

/**
 * A CA pool of Google's Certificate Authority Service signs. The stack configures the provider `hashicorp/google`.
 *
 * Defines, for each certificate: `google_privateca_certificate`. The state contains no key of the CA.
 *
 * Renewal: the service renews none of these certificates. The name of each one contains the number of a period, so that a plan replaces it when the
 * next period begins (`docs/issuers.md`). The provider revokes what it replaces. No test has signed with the real service.
 */
export class GoogleCasIssuer implements ICertificateIssuer {
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;

  private readonly props: GoogleCasIssuerProps;

  public constructor(props: GoogleCasIssuerProps) {
    checkCall('new GoogleCasIssuer', props);
    this.props = props;
    this.commonName = props.commonName;
    this.trust = handedInTrust('trustPem of GoogleCasIssuer', props.trustPem);
  }

  /** Signs an order with the template for its uses. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    checkCall('GoogleCasIssuer.issue', scope, order);
    const { pool, location, project, provider, certificateAuthority } = this.props;
    return signByProvider(scope, order, this.trust, {
      type: 'google_privateca_certificate',
      provider,
      attributes: {
        ...{ pool, location, project, certificate_authority: certificateAuthority },
        // No name can be used again.
        name: requestName(order, order.isCertificateAuthority === true ? undefined : renewalPeriod(scope, order)),
        pem_csr: order.requestPem,
        lifetime: `${order.validityHours * 3600}s`,
        certificate_template: within(scope, () => this.templateFor(order)),
      },
      certificate: 'pem_certificate',
      chain: (attribute) => `join("\\n", ${attribute('pem_certificate_chain')})`,
      expiresAt: (attribute) => `${attribute('certificate_description')}[0].subject_description[0].not_after_time`,
    });
  }

  private templateFor({ subject, uses, isCertificateAuthority }: CertificateOrder): string | undefined {
    const { certificateTemplate, toolCertificateTemplate, caCertificateTemplate } = this.props;
    if (isCertificateAuthority !== true && uses.includes('server_auth')) return certificateTemplate;
    const [property, template] =
      isCertificateAuthority === true
        ? ['caCertificateTemplate', caCertificateTemplate]
        : ['toolCertificateTemplate', toolCertificateTemplate];
    const expected = `GoogleCasIssuer with ${property}, because the request does not say the uses`;
    return template ?? refuse(ORDER_BEYOND_ISSUER, { subject, detail: `${property} is not set`, expected });
  }
}
