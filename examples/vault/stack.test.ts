import { Testing } from 'cdktf';

import { VaultStack } from './stack';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What `cdktf synth` writes, after the checks that it makes. */
const text = Testing.synth(new VaultStack(Testing.app(), 'vault'), true);
const { resource } = JSON.parse(text) as { resource: Resources };
const orders = Object.values(resource.vault_pki_secret_backend_sign ?? {});

test('Vault signs for each node and for the tools, each with its role', () => {
  expect(orders.map(({ name }) => name).sort()).toEqual(['erlang-node', 'erlang-node', 'erlang-node', 'erlang-tool']);
});

test('certificates are renewed in time', () => {
  expect(new Set(orders.map(({ min_seconds_remaining: seconds }) => seconds))).toEqual(new Set([864_000]));
});

test('there is no CA in Terraform', () => {
  expect(resource.tls_self_signed_cert).toBeUndefined();
  expect(resource.tls_locally_signed_cert).toBeUndefined();
});

test('no private key is in the configuration', () => {
  expect(text).not.toContain('PRIVATE KEY');
});
