import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { Delivery, OtpRelease, Platform, SshReload, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** The CA that signed the keys of the hosts: `ssh-keygen -s`. Without one, each host has its own keys in `hosts`. */
const HOST_CA = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKuJps0y8f8Mmg84esbkCMJFgXEcF6tXns5LZBy84NSi';

/** Three RabbitMQ nodes on virtual machines. Terraform installs their files over ssh, and makes the nodes read them. */
export class SshStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    const key = new TerraformVariable(this, 'ssh_key', { type: 'string', sensitive: true });
    // Neither the state nor a plan file contains it. Terraform 1.10 or later; leave the line out for an older one.
    key.addOverride('ephemeral', true);

    new TlsCluster(this, 'rabbit', {
      platform: Platform.rabbitMq(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'rabbit@rmq{1..3}.example.com' }],
      installDirectory: '/etc/rabbitmq/tls',
      delivery: Delivery.ssh({
        user: 'deploy',
        privateKey: key.stringValue,
        hostKeys: [HOST_CA],
        sudo: true,
        owner: 'rabbitmq',
        reload: SshReload.ofPlatform(),
        healthCommand: 'rabbitmq-diagnostics --quiet check_running',
        oneAtATime: true,
      }),
    });
  }
}
