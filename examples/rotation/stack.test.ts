import { Testing } from 'cdktf';

import { RotationStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new RotationStack(Testing.app(), 'rotation'), true);

test.each(['node1.example.com', 'node2.example.com', 'node3.example.com'])(
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
    'app_CertificateAuthority_2026_PrivateKey_8AD81BC6',
    'app_appnode1examplecom_Certificate_PrivateKey_4C66C04F',
    'app_appnode2examplecom_Certificate_PrivateKey_EB0D685F',
    'app_appnode3examplecom_Certificate_PrivateKey_A77B990D',
    'app_tools_Certificate_PrivateKey_71600B56',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
