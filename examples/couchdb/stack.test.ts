import { Testing } from 'cdktf';

import { CouchDbStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new CouchDbStack(Testing.app(), 'couchdb'), true);

test.each(['db1.example.com', 'db2.example.com', 'db3.example.com'])(
  'a certificate is requested for the host %s',
  (host) => {
    const request = { dns_names: [host] };
    expect(Testing.toHaveResourceWithProperties(synthesized, 'tls_cert_request', request)).toBe(true);
  },
);

test('nodes use the protocol with TLS, verify each other, and speak TLS 1.3 only', () => {
  expect(synthesized).toContain('-proto_dist couch');
  expect(synthesized).toContain("{versions,['tlsv1.3']}");
  expect(synthesized).not.toContain('verify_none');
});

// A key with another address is another key: Terraform destroys the old one.
test('the addresses of the private keys stay', () => {
  const { resource } = JSON.parse(synthesized) as { resource: Record<string, object> };
  expect(Object.keys(resource.tls_private_key ?? {}).sort()).toEqual([
    'couch_CertificateAuthority_1_PrivateKey_38036955',
    'couch_couchdbdb1examplecom_Certificate_PrivateKey_B43EE236',
    'couch_couchdbdb2examplecom_Certificate_PrivateKey_461E08CD',
    'couch_couchdbdb3examplecom_Certificate_PrivateKey_B6545CD1',
    'couch_tools_Certificate_PrivateKey_65F57407',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
