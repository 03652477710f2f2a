import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { CaGeneration, CaSource, Delivery, OtpRelease, Platform, TlsCluster, VaultIssuer } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** A cluster whose certificates Vault or OpenBao signs. No key of a CA is in the Terraform state. */
export class VaultStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    // This package has no bindings for the provider, so the stack names its source and configures it. The token comes from VAULT_TOKEN.
    this.addOverride('terraform.required_providers.vault', { source: 'hashicorp/vault', version: '~> 5.6' });
    this.addOverride('provider.vault', [{ address: 'https://vault.example.com:8200' }]);

    // The certificate of the root above the secrets engine. It is public: a file in the repository does as well.
    const root = new TerraformVariable(this, 'company_root', {
      type: 'string',
      description: 'Certificate of the root CA, as PEM',
    });

    // The roles decide what a certificate is for: that of the tools must not allow servers.
    const vault = new VaultIssuer({
      backend: 'pki-erlang',
      role: 'erlang-node',
      toolRole: 'erlang-tool',
      trustPem: root.stringValue,
    });

    new TlsCluster(this, 'couch', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'couchdb@db{1..3}.example.com' }],
      installDirectory: '/etc/couchdb/tls',
      // To move a cluster here from a CA of Terraform, keep its generation in the list, and take the three deploys of docs/rotation.md.
      certificateAuthority: { generations: [CaGeneration.signing('vault', { source: CaSource.issuer(vault) })] },
      // A node must renew in time: Vault often cuts lifetimes. The next deploy within the last ten days renews.
      certificates: { validityHours: 30 * 24, earlyRenewalHours: 10 * 24 },
      delivery: Delivery.installScript({ outputDirectory: 'out/vault' }),
    });
  }
}
