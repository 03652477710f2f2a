/** Refusals about files that Terraform installs over ssh. */
import { Delivery, OtpRelease, Platform, type SshProps, SshReload, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import type { Refusal } from './refusals';

const KEY = `ssh-ed25519 ${'A'.repeat(68)}`;
const NODE = 'a@db1.x.test';

function over(props: Partial<SshProps>): (scope: Construct) => TlsCluster {
  return (scope) =>
    new TlsCluster(scope, 'c', {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: NODE }],
      installDirectory: '/t',
      delivery: Delivery.ssh({ user: 'deploy', hostKeys: [KEY], ...props }),
    });
}

export const SSH_REFUSALS: readonly Refusal[] = [
  {
    code: 'ssh-host-pattern-illegal',
    provoke: over({ host: 'db1.internal' }),
    says: 'host "db1.internal" is no pattern of hosts',
  },
  {
    code: 'ssh-host-illegal',
    provoke: over({ hosts: { [NODE]: { host: 'root@db1' } } }),
    says: `host of ${NODE} "root@db1" is no host to connect to`,
  },
  {
    code: 'ssh-host-unknown',
    title: 'of the tools',
    provoke: over({ toolsOn: ['admin'] }),
    says: 'id "admin" has no host',
  },
  {
    code: 'ssh-host-unknown',
    title: 'of tools that go nowhere',
    provoke: over({ toolsOn: [] }),
    says: 'delivery of "tools" has no host',
  },
  {
    code: 'ssh-host-unknown',
    title: 'of a node that is delivered by itself',
    provoke: (scope) =>
      Delivery.ssh({ user: 'x', hostKeys: [KEY] }).bind(scope, { nodeId: 'n', installDirectory: '/t', files: [] }),
    says: 'id "n" has no host',
  },
  {
    code: 'node-directory-shared',
    title: 'on a host',
    provoke: (scope: Construct): void => {
      const delivery = Delivery.ssh({ user: 'deploy', hostKeys: [KEY] });
      const nodes = ['a@db1.x.test', 'b@db1.x.test'].map((name) => ({ name }));
      const common = { platform: Platform.erl(), otp: OtpRelease.OTP_27, installDirectory: '/t' };
      new TlsCluster(scope, 'c', { ...common, nodes, delivery });
    },
    says: 'node "b@db1.x.test" has the directory of another node, or of the tools (stack/c/a@db1.x.test installs into /t on the same host)',
    expected: 'for each node on a host another installDirectory',
  },
  {
    code: 'ssh-user-illegal',
    provoke: over({ user: 'root@db1' }),
    says: `user of host of ${NODE} "root@db1" is no user`,
  },
  {
    code: 'ssh-number-illegal',
    provoke: over({ port: 70_000 }),
    says: `port of host of ${NODE} 70000 is out of range`,
    expected: 'a whole number from 1 to 65535',
  },
  {
    code: 'ssh-number-illegal',
    title: 'of seconds',
    provoke: over({ timeoutSeconds: 0.5 }),
    says: 'timeoutSeconds 0.5 is out of range',
    expected: 'a whole number from 1 to 86400',
  },
  {
    code: 'ssh-staging-directory-illegal',
    provoke: over({ stagingDirectory: '/var/tmp/' }),
    says: 'stagingDirectory "/var/tmp/" cannot take an install script (all users can write there)',
  },
  {
    code: 'ssh-staging-directory-illegal',
    provoke: over({ stagingDirectory: '/var/my files' }),
    says: 'stagingDirectory "/var/my files" cannot take an install script',
  },
  {
    code: 'ssh-command-illegal',
    provoke: () => SshReload.command(' '),
    says: 'command " " is no command',
  },
  {
    code: 'ssh-command-illegal',
    title: 'of health',
    provoke: over({ healthCommand: 'a\0' }),
    says: 'healthCommand "a\\u0000" is no command',
  },
  {
    code: 'ssh-reload-unknown',
    provoke: over({ reload: SshReload.ofPlatform() }),
    says: 'platform of the nodes has no command that makes',
  },
  {
    code: 'ssh-host-key-illegal',
    provoke: over({ hostKeys: ['db1 ssh-ed25519 AAAA'] }),
    says: `hostKeys of host of ${NODE} is no public key of a host`,
  },
  {
    code: 'ssh-host-key-missing',
    provoke: over({ hostKeys: undefined }),
    says: `host of ${NODE} has no host key`,
  },
  {
    code: 'ssh-host-key-missing',
    title: 'of a bastion, whose hosts have some',
    provoke: over({ bastion: { host: 'jump.x.test' }, unsafeAnyHostKey: true }),
    says: 'bastion has no host key',
  },
  {
    code: 'ssh-bastion-key-of-same-type',
    provoke: over({ bastion: { host: 'jump.x.test', hostKeys: [`ssh-ed25519 ${'B'.repeat(68)}`] } }),
    says: `hostKeys of ${NODE} have no type that the keys of the bastion lack`,
  },
  {
    code: 'private-key-typed',
    title: 'of a user',
    provoke: over({ privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nx' }),
    says: 'privateKey is typed into the program',
  },
];
