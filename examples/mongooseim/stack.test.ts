import { Testing } from 'cdktf';

import { MongooseImStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new MongooseImStack(Testing.app(), 'mongooseim'), true);

test.each(['xmpp1.example.com', 'xmpp2.example.com', 'xmpp3.example.com'])(
  'a certificate is requested for the host %s',
  (host) => {
    const request = { dns_names: [host] };
    expect(Testing.toHaveResourceWithProperties(synthesized, 'tls_cert_request', request)).toBe(true);
  },
);

test('nodes use the protocol with TLS, verify each other, and speak TLS 1.3 only', () => {
  expect(synthesized).toContain('-proto_dist inet_tls');
  expect(synthesized).toContain('versions tlsv1.3');
  expect(synthesized).not.toContain('verify_none');
});

// A key with another address is another key: Terraform destroys the old one.
test('the addresses of the private keys stay', () => {
  const { resource } = JSON.parse(synthesized) as { resource: Record<string, object> };
  expect(Object.keys(resource.tls_private_key ?? {}).sort()).toEqual([
    'mim_CertificateAuthority_1_PrivateKey_0E096C93',
    'mim_mongooseimxmpp1examplecom_Certificate_PrivateKey_00A23610',
    'mim_mongooseimxmpp2examplecom_Certificate_PrivateKey_115864C0',
    'mim_mongooseimxmpp3examplecom_Certificate_PrivateKey_F7E6E9A4',
    'mim_tools_Certificate_PrivateKey_CE14C488',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
