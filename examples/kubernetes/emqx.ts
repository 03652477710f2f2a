import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { PlatformStack } from './platform-stack';

const NAMESPACE = 'mqtt';

/** EMQX's chart. */
export class EmqxChartStack extends PlatformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE });
    const cluster = new TlsCluster(this, 'emqx', {
      platform: Platform.emqx(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: `emqx@emqx-{0..2}.emqx-headless.${NAMESPACE}.svc.cluster.local` }],
      installDirectory: '/etc/emqx-tls',
      // The chart has no place for further flags of a pod.
      distribution: { buffers: false },
      delivery,
    });
    const { volume, volumeMount } = delivery.pod(cluster);
    const values = {
      fullnameOverride: 'emqx',
      replicaCount: 3,
      emqxConfig: { EMQX_CLUSTER__DISCOVERY_STRATEGY: 'dns', EMQX_CLUSTER__PROTO_DIST: 'inet_tls' },
      extraVolumes: [volume],
      extraVolumeMounts: [
        volumeMount,
        // A node reads its options once, at boot, so that they may come by a subPath. The chart defines POD_NAME.
        {
          ...volumeMount,
          mountPath: '/opt/emqx/etc/ssl_dist.conf',
          subPathExpr: '$(POD_NAME)/ssl_dist.conf',
        },
      ],
    };
    const repository = 'https://repos.emqx.io/charts';
    this.release({ name: 'emqx', namespace: NAMESPACE, repository, chart: 'emqx-enterprise' }, values, cluster);
  }
}
