import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { ORDER_BEYOND_ISSUER } from '../../model/pki/issuer-limits';
import { renewalPeriod } from '../terraform/renewal-periods';
import { within } from '../terraform/report';
import { isToken } from '../terraform/tokens';
import { handedInTrust } from './handed-in-trust';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';
import { signByProvider } from './provider-signing';
import { requestName } from './request-name';

/** Properties of `KubernetesIssuer`. */
export interface KubernetesIssuerProps {
  /** Name of the signer: `clusterissuers.cert-manager.io/NAME` and `issuers.cert-manager.io/NAMESPACE.NAME` of cert-manager, or one of your own. */
  readonly signerName: string;
  /** Certificates that nodes have to trust, as PEM. Kubernetes does not tell them. */
  readonly trustPem: string;
  /**
   * Common name of the CA that signs.
   *
   * @default - not known at synth
   */
  readonly commonName?: string;
  /**
   * Whether Terraform approves the requests. Its account needs the permission to approve for the signer.
   *
   * @default true
   */
  readonly autoApprove?: boolean;
  /**
   * Provider with its alias, such as `kubernetes.prod`.
   *
   * @default - the `kubernetes` provider without an alias
   */
  readonly provider?: string;
}

/** The signers of Kubernetes itself: they sign for the API server and for kubelets, and nodes of Erlang cannot use what they sign. */
const OF_KUBERNETES = 'kubernetes.io/';

/**
 * A signer behind Kubernetes' `CertificateSigningRequest` signs, such as cert-manager. The stack configures the provider `hashicorp/kubernetes`.
 *
 * Defines, for each certificate: `kubernetes_certificate_signing_request_v1`. The state contains no key of the CA.
 *
 * Renewal: nothing renews these certificates by itself. The name of each request contains the number of a period, so that a plan replaces it when
 * the next period begins (`docs/issuers.md`). The end of a certificate is not known, so no alarm is defined. No test has signed with a real cluster.
 */
export class KubernetesIssuer implements ICertificateIssuer {
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;

  private readonly props: KubernetesIssuerProps;

  public constructor(props: KubernetesIssuerProps) {
    checkCall('new KubernetesIssuer', props);
    this.props = props;
    this.commonName = props.commonName;
    this.trust = handedInTrust('trustPem of KubernetesIssuer', props.trustPem);
    const { signerName } = props;
    if (isToken(signerName) || !signerName.startsWith(OF_KUBERNETES)) return;
    const expected = 'a signer of your own or of cert-manager: those of Kubernetes sign for its own parts only';
    refuse(ORDER_BEYOND_ISSUER, { subject: 'signerName', got: signerName, expected });
  }

  /** Requests a certificate with the uses of the order. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    checkCall('KubernetesIssuer.issue', scope, order);
    within(scope, () => checkOrder(order));
    const { signerName, autoApprove = true, provider } = this.props;
    return signByProvider(scope, order, this.trust, {
      type: 'kubernetes_certificate_signing_request_v1',
      provider,
      attributes: {
        metadata: { name: requestName(order, renewalPeriod(scope, order)) },
        spec: {
          request: order.requestPem,
          signer_name: signerName,
          usages: order.uses.map((use) => use.replace(/_/g, ' ')),
          expiration_seconds: order.validityHours * 3600,
        },
        auto_approve: autoApprove,
      },
      certificate: 'certificate',
    });
  }
}

function checkOrder({ subject, validityHours, isCertificateAuthority }: CertificateOrder): void {
  if (isCertificateAuthority === true) {
    const expected = 'certificates of nodes and tools: a request of Kubernetes cannot ask for a CA';
    refuse(ORDER_BEYOND_ISSUER, { subject, expected });
  }
  if (validityHours * 3600 > 0x7fffffff) {
    const expected = `at most ${Math.floor(0x7fffffff / 3600)} hours: Kubernetes counts seconds in 32 bits`;
    refuse(ORDER_BEYOND_ISSUER, { subject: `validityHours of the ${subject}`, got: validityHours, expected });
  }
}
