import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { ORDER_BEYOND_ISSUER } from '../../model/pki/issuer-limits';
import { expression, operand } from '../terraform/expression';
import { renewalPeriod } from '../terraform/renewal-periods';
import { within } from '../terraform/report';
import { isToken } from '../terraform/tokens';
import { handedInTrust } from './handed-in-trust';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';
import { signByProvider } from './provider-signing';

/** Properties of `AwsPrivateCaIssuer`. */
export interface AwsPrivateCaIssuerProps {
  /** ARN of the certificate authority in AWS Private CA. */
  readonly certificateAuthorityArn: string;
  /** Signature algorithm, which must fit the CA's key: `SHA256WITHECDSA`, `SHA384WITHECDSA`, `SHA256WITHRSA` and so on. */
  readonly signingAlgorithm: string;
  /** Certificates that nodes have to trust, as PEM: the root above the certificate authority. */
  readonly trustPem: string;
  /**
   * Common name of the CA that signs.
   *
   * @default - not known at synth
   */
  readonly commonName?: string;
  /**
   * Provider with its alias, such as `aws.pki`.
   *
   * @default - the `aws` provider without an alias
   */
  readonly provider?: string;
}

/** Those that every release of OTP can verify. */
const SIGNING_ALGORITHMS = ['256', '384', '512'].flatMap((bits) => [`SHA${bits}WITHECDSA`, `SHA${bits}WITHRSA`]);

/**
 * A certificate authority of AWS Private CA signs. The stack configures the provider `hashicorp/aws`.
 *
 * Defines, for each certificate: `aws_acmpca_certificate`. The state contains no key of the CA.
 *
 * Renewal: Private CA renews none of these certificates. Each one ends at a date of a calendar, so that a plan replaces it when the next date is
 * due (`docs/issuers.md`). It is valid for at least `earlyRenewalHours`, which must be a quarter of `validityHours` or more, and for at most
 * `validityHours`. The provider revokes what it replaces. No test has signed with the real service.
 */
export class AwsPrivateCaIssuer implements ICertificateIssuer {
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;

  private readonly props: AwsPrivateCaIssuerProps;

  public constructor(props: AwsPrivateCaIssuerProps) {
    checkCall('new AwsPrivateCaIssuer', props);
    this.props = props;
    this.commonName = props.commonName;
    this.trust = handedInTrust('trustPem of AwsPrivateCaIssuer', props.trustPem);
    const { signingAlgorithm } = props;
    if (isToken(signingAlgorithm) || SIGNING_ALGORITHMS.includes(signingAlgorithm)) return;
    const expected = SIGNING_ALGORITHMS.join(', ');
    refuse(ORDER_BEYOND_ISSUER, { subject: 'signingAlgorithm', got: signingAlgorithm, expected });
  }

  /** Signs an order with the template for its uses. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    checkCall('AwsPrivateCaIssuer.issue', scope, order);
    const { certificateAuthorityArn: arn, signingAlgorithm, provider } = this.props;
    const { requestPem, isCertificateAuthority = false } = order;
    within(scope, () => checkLifetime(order));
    const { certificateEnd } = renewalPeriod(scope, order);
    return signByProvider(scope, order, this.trust, {
      type: 'aws_acmpca_certificate',
      provider,
      attributes: {
        certificate_authority_arn: arn,
        certificate_signing_request: requestPem,
        signing_algorithm: signingAlgorithm,
        template_arn: templateArn(arn, order),
        validity: isCertificateAuthority
          ? { type: 'DAYS', value: String(Math.floor(order.validityHours / 24)) }
          : { type: 'END_DATE', value: certificateEnd },
      },
      certificate: 'certificate',
      chain: (attribute) => attribute('certificate_chain'),
      expiresAt: isCertificateAuthority ? undefined : () => operand(certificateEnd),
    });
  }
}

function checkLifetime({ subject, validityHours, earlyRenewalHours, isCertificateAuthority }: CertificateOrder): void {
  if (isCertificateAuthority === true) {
    if (validityHours >= 24) return;
    const expected = 'whole days, at least 24 hours';
    refuse(ORDER_BEYOND_ISSUER, { subject: `validityHours of the ${subject}`, got: validityHours, expected });
  }
  if (earlyRenewalHours * 4 >= validityHours) return;
  refuse(ORDER_BEYOND_ISSUER, {
    subject: `earlyRenewalHours of the ${subject}`,
    got: earlyRenewalHours,
    detail: `validityHours is ${validityHours}`,
    expected: 'at least a quarter of validityHours: a certificate may be issued just before it is due',
  });
}

/** The template decides the uses. The ARN of a template has the partition of the CA's, such as `aws-cn`. */
function templateArn(arn: string, { uses, isCertificateAuthority }: CertificateOrder): string {
  const ofEnd = uses.includes('server_auth') ? 'EndEntityCertificate/V1' : 'EndEntityClientAuthCertificate/V1';
  const name = isCertificateAuthority === true ? 'SubordinateCACertificate_PathLen0/V1' : ofEnd;
  if (!isToken(arn)) return `arn:${arn.split(':')[1] ?? 'aws'}:acm-pca:::template/${name}`;
  return expression(`format("arn:%s:acm-pca:::template/${name}", split(":", ${operand(arn)})[1])`);
}
