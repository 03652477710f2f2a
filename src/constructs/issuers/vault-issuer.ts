import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuse } from '../../model/findings/finding';
import { ORDER_BEYOND_ISSUER } from '../../model/pki/issuer-limits';
import { within } from '../terraform/report';
import { terraformText } from '../terraform/tokens';
import { handedInTrust } from './handed-in-trust';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';
import { signByProvider } from './provider-signing';

/** Properties of `VaultIssuer`. */
export interface VaultIssuerProps {
  /** Path of the PKI secrets engine, such as `pki`. */
  readonly backend: string;
  /**
   * Role that signs the certificates of nodes: with `server_flag` and `client_flag`, and with the names of the nodes allowed. It is not used for a
   * CA below this one.
   *
   * @default - none: the issuer signs CAs only
   */
  readonly role?: string;
  /**
   * Role that signs the certificates of tools: with `client_flag` alone, `enforce_hostnames = false` and `allow_any_name`. The role decides the
   * uses of a certificate, and a tool whose certificate is valid for servers could pose as a node.
   *
   * @default - none: certificates of tools are refused
   */
  readonly toolRole?: string;
  /** Certificates that nodes have to trust, as PEM: the root above the issuer. */
  readonly trustPem: string;
  /**
   * Common name of the CA that signs.
   *
   * @default - not known at synth
   */
  readonly commonName?: string;
  /**
   * Name or id of the issuer in the secrets engine.
   *
   * @default - the default issuer of the role or of the engine
   */
  readonly issuerRef?: string;
  /**
   * Namespace of the secrets engine in Vault Enterprise or OpenBao.
   *
   * @default - that of the provider
   */
  readonly vaultNamespace?: string;
  /**
   * Provider with its alias, such as `vault.eu`.
   *
   * @default - the `vault` provider without an alias
   */
  readonly provider?: string;
}

/**
 * A PKI secrets engine of HashiCorp Vault or OpenBao signs. The stack configures the provider `hashicorp/vault`.
 *
 * Defines, for each certificate: `vault_pki_secret_backend_sign`, or `vault_pki_secret_backend_root_sign_intermediate` for a CA. The state contains
 * no key of the CA.
 *
 * Renewal: a plan within `earlyRenewalHours` of the end of a certificate replaces it (`auto_renew`, `min_seconds_remaining`). The certificate of a
 * CA is not renewed. `docs/issuers.md` has the role, the policy of the token, and what a sealed server does to an apply.
 */
export class VaultIssuer implements ICertificateIssuer {
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;

  private readonly props: VaultIssuerProps;

  public constructor(props: VaultIssuerProps) {
    checkCall('new VaultIssuer', props);
    this.props = props;
    this.commonName = props.commonName;
    this.trust = handedInTrust('trustPem of VaultIssuer', props.trustPem);
  }

  /** Signs an order with a role, or with the CA itself if it is for a CA. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    checkCall('VaultIssuer.issue', scope, order);
    const { backend, issuerRef, vaultNamespace: namespace, provider } = this.props;
    const { commonName, requestPem, validityHours, earlyRenewalHours } = order;
    const common = {
      ...{ backend, namespace, issuer_ref: issuerRef, csr: requestPem, format: 'pem' },
      common_name: terraformText(commonName),
      ttl: `${validityHours}h`,
    };
    const certificates = {
      provider,
      certificate: 'certificate',
      // An engine may have no chain.
      chain: (attribute: (name: string) => string) => `try(join("\\n", ${attribute('ca_chain')}), "")`,
    };
    if (order.isCertificateAuthority === true) {
      return signByProvider(scope, order, this.trust, {
        ...certificates,
        type: 'vault_pki_secret_backend_root_sign_intermediate',
        attributes: { ...common, use_csr_values: true },
      });
    }
    return signByProvider(scope, order, this.trust, {
      ...certificates,
      type: 'vault_pki_secret_backend_sign',
      attributes: {
        ...common,
        name: within(scope, () => this.roleFor(order)),
        alt_names: order.dnsNames,
        ip_sans: order.ipAddresses,
        exclude_cn_from_sans: true,
        auto_renew: true,
        min_seconds_remaining: earlyRenewalHours * 3600,
      },
      expiresAt: (attribute) => `timeadd("1970-01-01T00:00:00Z", format("%ds", ${attribute('expiration')}))`,
    });
  }

  private roleFor({ subject, uses }: CertificateOrder): string {
    const property = uses.includes('server_auth') ? 'role' : 'toolRole';
    const role = this.props[property];
    const expected = `VaultIssuer with ${property}, the name of a role of the secrets engine`;
    return role ?? refuse(ORDER_BEYOND_ISSUER, { subject, detail: `${property} is not set`, expected });
  }
}
