import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three CouchDB nodes that speak mutual TLS 1.3, and a search node on the loopback interface that uses plain text. */
export class CouchDbStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'couch', {
      platform: Platform.couchDb({ plainTextNodes: ['clouseau@127.0.0.1'] }),
      otp: OtpRelease.OTP_27,
      nodes: [
        { name: 'couchdb@db1.example.com' },
        { name: 'couchdb@db2.example.com' },
        { name: 'couchdb@db3.example.com' },
      ],
      installDirectory: '/etc/couchdb/tls',
      delivery: Delivery.localFiles({ outputDirectory: 'out/couchdb' }),
    });
  }
}
