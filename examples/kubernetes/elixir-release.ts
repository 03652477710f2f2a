import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { PlatformStack } from './platform-stack';

const NAMESPACE = 'shop';
const LABELS = { app: 'shop' };

/** A release of `mix release` in a StatefulSet of one's own. */
export class ElixirReleaseStatefulSetStack extends PlatformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE, fsGroup: 1000 });
    const cluster = new TlsCluster(this, 'shop', {
      platform: Platform.elixirRelease(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: `shop@shop-{0..4}.shop-nodes.${NAMESPACE}.svc.cluster.local` }],
      installDirectory: '/etc/shop-tls',
      delivery,
    });
    const { volume, volumeMount, env, securityContext, directory, toolsDirectory } = delivery.pod(cluster);
    const container = {
      name: 'shop',
      image: 'registry.example.com/shop:1.0.0',
      env: [
        ...env,
        { name: 'RELEASE_DISTRIBUTION', value: 'name' },
        { name: 'RELEASE_NODE', value: `shop@$(POD_NAME).shop-nodes.${NAMESPACE}.svc.cluster.local` },
        { name: 'RELEASE_VM_ARGS', value: `${directory}/vm.args` },
        { name: 'RELEASE_REMOTE_VM_ARGS', value: `${toolsDirectory ?? ''}/remote.vm.args` },
        { name: 'RELEASE_COOKIE', valueFrom: { secretKeyRef: { name: 'shop-cookie', key: 'cookie' } } },
      ],
      volumeMounts: [volumeMount],
    };
    const statefulSet = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'shop', namespace: NAMESPACE },
      spec: {
        serviceName: 'shop-nodes',
        replicas: 3,
        selector: { matchLabels: LABELS },
        template: {
          metadata: { labels: LABELS },
          spec: { securityContext, volumes: [volume], containers: [container] },
        },
      },
    };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop-nodes', namespace: NAMESPACE },
      // Nodes find each other before they are ready.
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: LABELS,
        ports: [{ name: 'epmd', port: 4369 }],
      },
    };
    this.workload('Service', 'kubernetes_manifest', { manifest: service }, cluster);
    this.workload('StatefulSet', 'kubernetes_manifest', { manifest: statefulSet }, cluster);
  }
}
