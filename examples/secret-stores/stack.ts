import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

const NODES = ['app@db1.example.com', 'app@db2.example.com', 'app@db3.example.com'];

/** A cluster whose machines fetch their files from Parameter Store of AWS Systems Manager. */
export class ParameterStoreStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');

    // This package has no bindings for the provider, so the stack names its source and configures it. Credentials come from the environment.
    this.addOverride('terraform.required_providers.aws', { source: 'hashicorp/aws', version: '~> 6.25' });
    this.addOverride('provider.aws', [{ region: 'eu-central-1' }]);

    const delivery = Delivery.awsParameterStore({ prefix: '/erlang/app', owner: 'app', tags: { team: 'platform' } });
    new TlsCluster(this, 'app', {
      platform: Platform.elixirRelease(),
      otp: OtpRelease.OTP_27,
      nodes: NODES.map((name) => ({ name })),
      installDirectory: '/etc/app/tls',
      delivery,
    });

    // What each machine is told, and what its role is allowed to read.
    new TerraformOutput(this, 'parameters', {
      value: Object.fromEntries(NODES.map((name) => [name, delivery.secretName(name)])),
    });
  }
}

/** The same with Vault or OpenBao. */
export class VaultKvStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');

    // The token comes from VAULT_TOKEN.
    this.addOverride('terraform.required_providers.vault', { source: 'hashicorp/vault', version: '~> 5.6' });
    this.addOverride('provider.vault', [{ address: 'https://vault.example.com:8200' }]);

    const delivery = Delivery.vaultKv({ mount: 'secret', prefix: 'erlang/app', owner: 'app', maxVersions: 2 });
    new TlsCluster(this, 'app', {
      platform: Platform.elixirRelease(),
      otp: OtpRelease.OTP_27,
      nodes: NODES.map((name) => ({ name })),
      installDirectory: '/etc/app/tls',
      delivery,
    });
    new TerraformOutput(this, 'secrets', {
      value: Object.fromEntries(NODES.map((name) => [name, delivery.secretName(name)])),
    });
  }
}
