import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three VerneMQ nodes, and the option file that `vmq-admin` lacks. */
export class VerneMqStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'vernemq', {
      platform: Platform.verneMq(),
      otp: OtpRelease.OTP_27,
      nodes: [
        { name: 'VerneMQ@mqtt1.example.com' },
        { name: 'VerneMQ@mqtt2.example.com' },
        { name: 'VerneMQ@mqtt3.example.com' },
      ],
      installDirectory: '/etc/vernemq/tls',
      delivery: Delivery.localFiles({ outputDirectory: 'out/vernemq' }),
    });
  }
}
