import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three nodes of a release made by `rebar3`, with flags for the node and for the tools of its start script. */
export class RelxReleaseStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'shop', {
      platform: Platform.relxRelease(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'shop@app1.example.com' }, { name: 'shop@app2.example.com' }, { name: 'shop@app3.example.com' }],
      installDirectory: '/etc/shop/tls',
      delivery: Delivery.localFiles({ outputDirectory: 'out/relx-release' }),
    });
  }
}
