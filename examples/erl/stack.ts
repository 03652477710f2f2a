import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three nodes that are started with `erl -args_file` and run without epmd, and a remote shell for operators. */
export class ErlStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'app', {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'app@node{1..3}.example.com' }],
      installDirectory: '/etc/app/tls',
      // Every node has its own machine, so all nodes can use the same port and do not need epmd.
      distribution: { portWithoutEpmd: 9100 },
      delivery: Delivery.installScript({ outputDirectory: 'out/erl', owner: 'app' }),
    });
  }
}
