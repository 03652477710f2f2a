import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, Identity, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** An Elixir release on machines that come and go: one certificate for all of them, whatever their addresses are. */
export class AutoscalingStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'shop', {
      platform: Platform.elixirRelease(),
      otp: OtpRelease.OTP_27,
      nodes: [],
      identity: Identity.shared({ serverName: 'shop.example.internal', longNames: true }),
      installDirectory: '/etc/shop/tls',
      delivery: Delivery.installScript({ outputDirectory: 'out/autoscaling' }),
    });
  }
}
