import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** Three RabbitMQ nodes, named like the pods of the cluster operator, and the files that `rabbitmqctl` needs to reach them. */
export class RabbitMqStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    new LocalProvider(this, 'local');

    new TlsCluster(this, 'rabbit', {
      platform: Platform.rabbitMq(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'rabbit@rmq-server-{0..2}.rmq-nodes.messaging' }],
      installDirectory: '/etc/rabbitmq/tls',
      delivery: Delivery.localFiles({ outputDirectory: 'out/rabbitmq' }),
    });
  }
}
