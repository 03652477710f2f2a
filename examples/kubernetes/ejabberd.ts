import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { PlatformStack } from './platform-stack';

const NAMESPACE = 'chat';

/** The chart sando38/helm-ejabberd. */
export class EjabberdChartStack extends PlatformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE });
    const cluster = new TlsCluster(this, 'xmpp', {
      platform: Platform.ejabberd(),
      otp: OtpRelease.OTP_26,
      nodes: [{ name: `ejabberd@ejabberd-{0..2}.ejabberd-headless.${NAMESPACE}.svc.cluster.local` }],
      installDirectory: '/etc/ejabberd-tls',
      delivery,
    });
    const { volume, volumeMount, env, directory } = delivery.pod(cluster);
    const values = {
      statefulSet: { replicas: 3, additionalVolumes: [volume] },
      additionalVolumeMounts: [volumeMount],
      // From where `ejabberdctl` passes the flags to the server and to its own commands.
      env: [...env, { name: 'VMARGS', value: `${directory}/vm.args` }],
    };
    const repository = 'https://sando38.github.io/helm-ejabberd';
    this.release({ name: 'ejabberd', namespace: NAMESPACE, repository, chart: 'ejabberd' }, values, cluster);
  }
}
