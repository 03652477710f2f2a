import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { PlatformStack } from './platform-stack';

const NAMESPACE = 'messaging';

/** A cluster of RabbitMQ's cluster operator. */
export class RabbitMqOperatorStack extends PlatformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE });
    const cluster = new TlsCluster(this, 'rmq', {
      platform: Platform.rabbitMq(),
      otp: OtpRelease.OTP_27,
      // Two more than there are pods now, so that more pods need no restart.
      nodes: [{ name: `rabbit@rmq-server-{0..4}.rmq-nodes.${NAMESPACE}` }],
      installDirectory: '/etc/rabbitmq-tls',
      delivery,
    });
    const { volume, volumeMount } = delivery.pod(cluster);
    const manifest = {
      apiVersion: 'rabbitmq.com/v1beta1',
      kind: 'RabbitmqCluster',
      metadata: { name: 'rmq', namespace: NAMESPACE },
      spec: {
        replicas: 3,
        // The operator sets MY_POD_NAME in the pods.
        rabbitmq: { envConfig: '. /etc/rabbitmq-tls/$MY_POD_NAME/rabbitmq-env.conf\n' },
        override: {
          statefulSet: {
            spec: {
              template: {
                spec: { volumes: [volume], containers: [{ name: 'rabbitmq', volumeMounts: [volumeMount] }] },
              },
            },
          },
        },
      },
    };
    this.workload('RabbitmqCluster', 'kubernetes_manifest', { manifest }, cluster);
  }
}

/** The same with Bitnami's chart. */
export class RabbitMqChartStack extends PlatformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const delivery = Delivery.kubernetesSecret({ namespace: NAMESPACE });
    const cluster = new TlsCluster(this, 'rmq', {
      platform: Platform.rabbitMq(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: `rabbit@rmq-rabbitmq-{0..4}.rmq-rabbitmq-headless.${NAMESPACE}.svc.cluster.local` }],
      installDirectory: '/etc/rabbitmq-tls',
      delivery,
    });
    const { volume, volumeMount, env, directory, toolsDirectory } = delivery.pod(cluster);
    const tls = (optionFile: string): string => `-proto_dist inet_tls -ssl_dist_optfile ${optionFile}`;
    const values = {
      replicaCount: 3,
      clustering: { addressType: 'hostname' },
      extraVolumes: [volume],
      extraVolumeMounts: [volumeMount],
      extraEnvVars: [
        ...env,
        { name: 'RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS', value: tls(`${directory}/inter_node_tls.config`) },
        { name: 'RABBITMQ_CTL_ERL_ARGS', value: tls(`${toolsDirectory ?? ''}/rabbitmqctl.config`) },
      ],
    };
    const repository = 'oci://registry-1.docker.io/bitnamicharts';
    this.release({ name: 'rmq', namespace: NAMESPACE, repository, chart: 'rabbitmq' }, values, cluster);
  }
}
