import { Testing } from 'cdktf';

import { AutoscalingStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new AutoscalingStack(Testing.app(), 'autoscaling'), true);

test('one certificate is requested for all machines', () => {
  const request = { dns_names: ['shop.example.internal'] };
  expect(Testing.toHaveResourceWithProperties(synthesized, 'tls_cert_request', request)).toBe(true);
});

test('machines and tools expect the name of that certificate', () => {
  expect(synthesized.match(/server_name_indication/g)).toHaveLength(2);
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
    'shop_CertificateAuthority_1_PrivateKey_A61D3DD1',
    'shop_shared_Certificate_PrivateKey_422EF5D7',
    'shop_tools_Certificate_PrivateKey_DE1F26F2',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
