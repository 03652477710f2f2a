import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, NodeKey, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three CouchDB nodes whose private keys never leave them. */
export class KeysOnNodesStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'couch', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'couchdb@db{1..3}.example.com' }],
      installDirectory: '/etc/couchdb/tls',
      delivery: Delivery.installScript({ outputDirectory: 'out/keys-on-nodes', owner: 'couchdb' }),
      // The requests of the nodes and of the tools are public and belong into the repository. A node without one waits for its certificate.
      certificates: { key: NodeKey.onNode({ requestDirectory: 'requests' }) },
    });
  }
}
