import { Testing } from 'cdktf';

import { defineShards } from './stack';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What `cdktf synth` writes for each stack, after the checks that it makes. */
const stacks = defineShards(Testing.app());
const texts = stacks.map((stack) => Testing.synth(stack, true));
const [root, ...shards] = texts.map((text) => (JSON.parse(text) as { resource: Resources }).resource);

test('each node is in one shard', () => {
  const hosts = shards.flatMap((resources) =>
    Object.values(resources.tls_cert_request ?? {}).flatMap((one) => one.dns_names ?? []),
  );
  expect(hosts).toHaveLength(60);
  expect(new Set(hosts).size).toBe(60);
});

test('the stack of the root CA has no key but its own, and signs one CA for each shard', () => {
  expect(Object.keys(root?.tls_private_key ?? {})).toEqual(['app_CertificateAuthority_2026_PrivateKey_8AD81BC6']);
  expect(Object.keys(root?.tls_locally_signed_cert ?? {})).toHaveLength(3);
});

test('the stacks of the shards wait for that of the root CA', () => {
  expect(stacks.map(({ dependencies }) => dependencies.map(({ node }) => node.id))).toEqual([
    [],
    ['shards-root'],
    ['shards-root'],
    ['shards-root'],
  ]);
});

test('no private key is in the configuration', () => {
  expect(texts.join('')).not.toContain('PRIVATE KEY');
});
