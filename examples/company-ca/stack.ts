import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  Delivery,
  NodeKey,
  OtpRelease,
  Platform,
  TlsCluster,
  TlsProviderVersion,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** A cluster below a CA of the company, whose key Terraform is handed and does not keep. The nodes make their own keys. */
export class CompanyCaStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    // Write-only arguments take this version of the provider, and Terraform 1.11.
    TlsProviderVersion.require(this, '~> 4.4');

    // An ephemeral variable is in no state and no plan file. Every plan and every apply needs it.
    const key = new TerraformVariable(this, 'company_ca_key', {
      type: 'string',
      description: 'Private key of the CA, as PEM',
      sensitive: true,
    });
    key.addOverride('ephemeral', true);

    const company = CaSource.imported({
      // Public, and judged at synth. Nodes trust this CA, so it should sign for this cluster alone.
      certificatePem: readFileSync(join(__dirname, 'company-ca.pem'), 'utf8'),
      privateKeyWriteOnly: { value: key.stringValue, version: 1 },
    });

    new TlsCluster(this, 'couch', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'couchdb@db{1..3}.example.com' }],
      installDirectory: '/etc/couchdb/tls',
      // To move a cluster here from a CA of Terraform, keep its generation in the list, and take the three deploys of docs/rotation.md.
      certificateAuthority: { generations: [CaGeneration.signing('company', { source: company })] },
      // Without this line, the keys of the nodes are in the state.
      certificates: { key: NodeKey.onNode({ requestDirectory: 'requests' }) },
      delivery: Delivery.installScript({ outputDirectory: 'out/company-ca', owner: 'couchdb' }),
    });
  }
}
