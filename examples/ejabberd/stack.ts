import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three ejabberd nodes with one `vm.args`, which the server and `ejabberdctl` read. */
export class EjabberdStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'ejabberd', {
      platform: Platform.ejabberd(),
      otp: OtpRelease.OTP_27,
      nodes: [
        { name: 'ejabberd@xmpp1.example.com' },
        { name: 'ejabberd@xmpp2.example.com' },
        { name: 'ejabberd@xmpp3.example.com' },
      ],
      installDirectory: '/etc/ejabberd/tls',
      delivery: Delivery.localFiles({ outputDirectory: 'out/ejabberd' }),
    });
  }
}
