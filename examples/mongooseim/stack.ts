import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three MongooseIM nodes with their TLS options in `vm.dist.args`, and a port range for distribution that a firewall can allow. */
export class MongooseImStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'mim', {
      platform: Platform.mongooseIm(),
      otp: OtpRelease.OTP_27,
      nodes: [
        { name: 'mongooseim@xmpp1.example.com' },
        { name: 'mongooseim@xmpp2.example.com' },
        { name: 'mongooseim@xmpp3.example.com' },
      ],
      installDirectory: '/etc/mongooseim/tls',
      // The server and each of its tools listen on a port in this range.
      distribution: { firstPort: 30000, lastPort: 30100 },
      delivery: Delivery.localFiles({ outputDirectory: 'out/mongooseim' }),
    });
  }
}
