import { Testing } from 'cdktf';

import { SshStack } from './stack';

interface Installation {
  readonly depends_on: readonly string[];
  readonly input: { readonly script: string };
  readonly provisioner: readonly {
    readonly 'remote-exec': { readonly connection: Readonly<Record<string, unknown>> };
  }[];
}

/** What `cdktf synth` writes, after the checks that it makes. */
const text = Testing.synth(new SshStack(Testing.app(), 'ssh'), true);
const { resource } = JSON.parse(text) as { resource: { terraform_data: Readonly<Record<string, Installation>> } };
const installations = Object.entries(resource.terraform_data).filter(([name]) => name.includes('_Installed'));

test('each node is installed on its host, one after another, and then the tools on all of them', () => {
  expect(installations.map(([, { provisioner }]) => provisioner[0]?.['remote-exec'].connection.host)).toEqual(
    ['rmq1', 'rmq2', 'rmq3', 'rmq1', 'rmq2', 'rmq3'].map((host) => `${host}.example.com`),
  );
  const names = installations.map(([name]) => [`terraform_data.${name}`]);
  expect(installations.map(([, { depends_on }]) => depends_on)).toEqual([[], ...names.slice(0, -1)]);
});

test('every connection checks the host, and the key comes from a variable', () => {
  for (const [, { provisioner }] of installations) {
    for (const { 'remote-exec': step } of provisioner) {
      expect(step.connection).toMatchObject({
        private_key: '${var.ssh_key}',
        host_key: expect.stringMatching(/^ssh-ed25519 \S+$/) as unknown,
      });
    }
  }
});

test('what the state keeps of an installation has no key', () => {
  for (const [, { input }] of installations) expect(input.script).not.toMatch(/private_key/);
  expect(text).not.toContain('PRIVATE KEY-----');
});
