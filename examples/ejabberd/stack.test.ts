import { Testing } from 'cdktf';

import { EjabberdStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new EjabberdStack(Testing.app(), 'ejabberd'), true);

test.each(['xmpp1.example.com', 'xmpp2.example.com', 'xmpp3.example.com'])(
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
    'ejabberd_CertificateAuthority_1_PrivateKey_067460E0',
    'ejabberd_ejabberdxmpp1examplecom_Certificate_PrivateKey_B14A5CD0',
    'ejabberd_ejabberdxmpp2examplecom_Certificate_PrivateKey_04FF5E0A',
    'ejabberd_ejabberdxmpp3examplecom_Certificate_PrivateKey_E555CFCA',
    'ejabberd_tools_Certificate_PrivateKey_10A7FE7D',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
