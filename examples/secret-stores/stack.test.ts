import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Testing } from 'cdktf';

import { ParameterStoreStack, VaultKvStack } from './stack';
import { pullUserData } from './user-data';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What `cdktf synth` writes, after the checks that it makes. */
const texts = {
  aws: Testing.synth(new ParameterStoreStack(Testing.app(), 'parameter-store'), true),
  vault: Testing.synth(new VaultKvStack(Testing.app(), 'vault-kv'), true),
};

function resourcesOf(text: string): Resources {
  return (JSON.parse(text) as { resource: Resources }).resource;
}

test('each node and the tools have a parameter that is encrypted', () => {
  const parameters = Object.values(resourcesOf(texts.aws).aws_ssm_parameter ?? {});
  const names = parameters.filter(({ type }) => type === 'SecureString').map(({ name }) => name);
  expect(names.sort()).toEqual([
    '/erlang/app/app_40db1.example.com',
    '/erlang/app/app_40db2.example.com',
    '/erlang/app/app_40db3.example.com',
    '/erlang/app/tools',
  ]);
});

test('Vault has a secret for each', () => {
  const secrets = Object.values(resourcesOf(texts.vault).vault_kv_secret_v2 ?? {});
  expect(secrets.map(({ mount, name }) => `${String(mount)}/${String(name)}`).sort()).toEqual([
    'secret/erlang/app/app@db1.example.com',
    'secret/erlang/app/app@db2.example.com',
    'secret/erlang/app/app@db3.example.com',
    'secret/erlang/app/tools',
  ]);
});

test.each(Object.entries(texts))(
  'no file is written on the machine that runs Terraform, and no key is in %s',
  (_name, text) => {
    expect(Object.keys(resourcesOf(text)).filter((type) => type.startsWith('local_'))).toEqual([]);
    expect(text).not.toContain('PRIVATE KEY');
  },
);

const STORES = readdirSync(join(__dirname, 'host'), { withFileTypes: true }).filter((one) => one.isDirectory());

test.each(STORES.map(({ name }) => name))('the user data for %s fits, and has the settings as they are', (store) => {
  const settings = { RELOAD: `say "$HOME" \`now\` \\ 'it is'` };
  const userData = pullUserData({ store, settings, nodeUnit: 'shop.service' });
  // What EC2 takes.
  expect(userData.length).toBeLessThan(16_384);
  // What Terraform would take for an expression.
  expect(userData).not.toMatch(/[$%]\{/);
  const { write_files } = JSON.parse(userData.replace('#cloud-config\n', '')) as {
    write_files: { path: string; content: string }[];
  };
  const contentOf = (wanted: string): string | undefined => write_files.find(({ path }) => path === wanted)?.content;
  const program = readFileSync(join(__dirname, 'host/erlang-tls-pull'), 'utf8');
  expect(contentOf('/usr/local/sbin/erlang-tls-pull')).toBe(program);
  expect(contentOf('/etc/systemd/system/erlang-tls-pull.service')).toContain('\nBefore=shop.service\n');
  expect(contentOf('/etc/erlang-tls/pull.env')).toBe(`RELOAD="say \\"\\$HOME\\" \\\`now\\\` \\\\ 'it is'"\n`);
});
