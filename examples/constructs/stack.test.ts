import { Testing } from 'cdktf';

import { ConstructsStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new ConstructsStack(Testing.app(), 'constructs'), true);

test.each(['node1', 'node2'])('a certificate is requested for the host of %s, which is a variable', (node) => {
  const request = { dns_names: [`\${var.${node}-host}`] };
  expect(Testing.toHaveResourceWithProperties(synthesized, 'tls_cert_request', request)).toBe(true);
});

test('nodes use the protocol with TLS, verify each other, and speak TLS 1.3 only', () => {
  expect(synthesized).toContain('-proto_dist inet_tls');
  expect(synthesized).toContain("{versions,['tlsv1.3']}");
  expect(synthesized).not.toContain('verify_none');
});

// A key with another address is another key: Terraform destroys the old one.
test('the addresses of the private keys stay', () => {
  const { resource } = JSON.parse(synthesized) as { resource: Record<string, object> };
  expect(Object.keys(resource.tls_private_key ?? {}).sort()).toEqual([
    'ca_2026_PrivateKey_B11EF915',
    'node1_PrivateKey_FAFD25A9',
    'node2_PrivateKey_49839595',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
