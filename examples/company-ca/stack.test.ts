import { Testing } from 'cdktf';

import { CompanyCaStack } from './stack';

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly variable: Readonly<Record<string, unknown>>;
}

/** What `cdktf synth` writes, after the checks that it makes. */
const text = Testing.synth(new CompanyCaStack(Testing.app(), 'company-ca'), true);
const { resource, variable } = JSON.parse(text) as Synthesized;

test('Terraform makes no key, neither for the CA nor for nodes', () => {
  expect(Object.keys(resource)).not.toContain('tls_private_key');
  expect(text).not.toContain('PRIVATE KEY-----\\n');
});

test('the key of the CA is an ephemeral variable', () => {
  expect(variable.company_ca_key).toMatchObject({ ephemeral: true, sensitive: true });
});

test('each node, and the tools, have a script that prints a request for their names', () => {
  const scripts = Object.values(resource.local_sensitive_file ?? {}).map(({ content }) => String(content));
  expect(scripts).toHaveLength(4);
  for (const host of ['db1', 'db2', 'db3']) {
    expect(scripts.join('')).toContain(`subjectAltName = DNS:${host}.example.com\n`);
  }
});
