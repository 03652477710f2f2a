import { TerraformOutput } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { PlatformStack } from './platform-stack';

const NAMESPACE = 'databases';

/** CouchDB's chart. It has no value for a volume, so that a patch for its StatefulSet comes beside the values. */
export class CouchDbChartStack extends PlatformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE, fsGroup: 5984 });
    const cluster = new TlsCluster(this, 'couch', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_26,
      nodes: [{ name: `couchdb@couch-couchdb-{0..2}.couch-couchdb.${NAMESPACE}.svc.cluster.local` }],
      installDirectory: '/etc/couchdb-tls',
      delivery,
    });
    const { volume, volumeMount, env, directory, securityContext } = delivery.pod(cluster);
    const values = {
      clusterSize: 3,
      podSecurityContext: securityContext,
      // The VM reads ERL_ZFLAGS behind the flags of the chart, which are in ERL_FLAGS.
      extraEnv: [...env, { name: 'ERL_ZFLAGS', value: `-args_file ${directory}/vm.args` }],
    };
    const patch = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'couch-couchdb' },
      spec: {
        template: { spec: { volumes: [volume], containers: [{ name: 'couchdb', volumeMounts: [volumeMount] }] } },
      },
    };
    new TerraformOutput(this, 'values', { value: JSON.stringify(values) });
    new TerraformOutput(this, 'patch', { value: JSON.stringify(patch) });
  }
}
