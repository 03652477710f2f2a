import { Testing } from 'cdktf';

import { EmqxStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new EmqxStack(Testing.app(), 'emqx'), true);

test.each(['mqtt1.example.com', 'mqtt2.example.com', 'mqtt3.example.com'])(
  'a certificate is requested for the host %s',
  (host) => {
    const request = { dns_names: [host] };
    expect(Testing.toHaveResourceWithProperties(synthesized, 'tls_cert_request', request)).toBe(true);
  },
);

test('nodes use the protocol with TLS, verify each other, and speak TLS 1.3 only', () => {
  expect(synthesized).toContain('proto_dist = inet_tls');
  expect(synthesized).toContain("{versions,['tlsv1.3']}");
  expect(synthesized).not.toContain('verify_none');
});

// A key with another address is another key: Terraform destroys the old one.
test('the addresses of the private keys stay', () => {
  const { resource } = JSON.parse(synthesized) as { resource: Record<string, object> };
  expect(Object.keys(resource.tls_private_key ?? {}).sort()).toEqual([
    'emqx_CertificateAuthority_1_PrivateKey_4C6E7D34',
    'emqx_emqxmqtt1examplecom_Certificate_PrivateKey_6335456B',
    'emqx_emqxmqtt2examplecom_Certificate_PrivateKey_2DBC0998',
    'emqx_emqxmqtt3examplecom_Certificate_PrivateKey_44E6FC15',
    'emqx_tools_Certificate_PrivateKey_015BCD9B',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
