import { Testing } from 'cdktf';

import { VerneMqStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new VerneMqStack(Testing.app(), 'vernemq'), true);

test.each(['mqtt1.example.com', 'mqtt2.example.com', 'mqtt3.example.com'])(
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
    'vernemq_CertificateAuthority_1_PrivateKey_99152626',
    'vernemq_VerneMQmqtt1examplecom_Certificate_PrivateKey_C75A3546',
    'vernemq_VerneMQmqtt2examplecom_Certificate_PrivateKey_22F742DF',
    'vernemq_VerneMQmqtt3examplecom_Certificate_PrivateKey_C907245B',
    'vernemq_tools_Certificate_PrivateKey_26D9DAEA',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
