import { Testing } from 'cdktf';

import { ElixirReleaseStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new ElixirReleaseStack(Testing.app(), 'elixir-release'), true);

test.each(['app1.example.com', 'app2.example.com', 'app3.example.com'])(
  'a certificate is requested for the host %s',
  (host) => {
    const request = { dns_names: [host] };
    expect(Testing.toHaveResourceWithProperties(synthesized, 'tls_cert_request', request)).toBe(true);
  },
);

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
    'shop_shopapp1examplecom_Certificate_PrivateKey_BFCCEAAF',
    'shop_shopapp2examplecom_Certificate_PrivateKey_897D5A0F',
    'shop_shopapp3examplecom_Certificate_PrivateKey_0E986A49',
    'shop_tools_Certificate_PrivateKey_DE1F26F2',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
