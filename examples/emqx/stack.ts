import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three EMQX nodes, with the option file, the protocol setting, and lines for `vm.args`. */
export class EmqxStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'emqx', {
      platform: Platform.emqx(),
      otp: OtpRelease.OTP_27,
      nodes: [
        { name: 'emqx@mqtt1.example.com' },
        { name: 'emqx@mqtt2.example.com' },
        { name: 'emqx@mqtt3.example.com' },
      ],
      installDirectory: '/etc/emqx/tls',
      delivery: Delivery.localFiles({ outputDirectory: 'out/emqx' }),
    });
  }
}
