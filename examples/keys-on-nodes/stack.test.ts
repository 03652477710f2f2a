import { Testing } from 'cdktf';

import { KeysOnNodesStack } from './stack';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What `cdktf synth` writes, after the checks that it makes. */
const text = Testing.synth(new KeysOnNodesStack(Testing.app(), 'keys-on-nodes'), true);
const { resource } = JSON.parse(text) as { resource: Resources };

test('the only key is that of the CA', () => {
  expect(Object.keys(resource.tls_private_key ?? {})).toEqual(['couch_CertificateAuthority_1_PrivateKey_38036955']);
  expect(text).not.toContain('PRIVATE KEY-----\n');
});

test('each node, and the tools, have a script that prints a request for their names', () => {
  const scripts = Object.values(resource.local_sensitive_file ?? {}).map(({ content }) => String(content));
  expect(scripts).toHaveLength(4);
  for (const host of ['db1', 'db2', 'db3']) {
    expect(scripts.join('')).toContain(`subjectAltName = DNS:${host}.example.com\n`);
  }
});
