import { Testing } from 'cdktf';

import { RabbitMqStack } from './stack';

/** What `cdktf synth` writes, after the checks that it makes. */
const synthesized = Testing.synth(new RabbitMqStack(Testing.app(), 'rabbitmq'), true);

test.each(['rmq-server-0.rmq-nodes.messaging', 'rmq-server-1.rmq-nodes.messaging', 'rmq-server-2.rmq-nodes.messaging'])(
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
    'rabbit_CertificateAuthority_1_PrivateKey_87AA9DDD',
    'rabbit_rabbitrmq-server-0rmq-nodesmessaging_Certificate_PrivateKey_B72A926E',
    'rabbit_rabbitrmq-server-1rmq-nodesmessaging_Certificate_PrivateKey_E833E4C4',
    'rabbit_rabbitrmq-server-2rmq-nodesmessaging_Certificate_PrivateKey_C3EA1C1D',
    'rabbit_tools_Certificate_PrivateKey_640A0836',
  ]);
});

test('no private key is in the configuration', () => {
  expect(synthesized).not.toContain('PRIVATE KEY');
});
