import { TerraformResource } from 'cdktf';
import {
  type CertificateOrder,
  type ICertificateIssuer,
  type IssuedCertificate,
  NodeCertificate,
  RootCa,
  ToolCertificate,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { synthesizable } from '../../support/stacks/synthesized';
import { Template } from '../../support/stacks/template';

/** A CA of somebody else: it takes a request and gives a certificate with an intermediate CA. */
class CompanyCa implements ICertificateIssuer {
  readonly commonName = 'Company CA';
  readonly trust = { bundlePem: 'company root\n' };
  readonly orders: CertificateOrder[] = [];

  issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    this.orders.push(order);
    const resource = new TerraformResource(scope, 'Signed', { terraformResourceType: 'company_certificate' });
    resource.addOverride('request', order.requestPem);
    const certificatePem = resource.getStringAttribute('pem');
    return { certificatePem, chainPem: 'intermediate\n', resources: [resource] };
  }
}

describe('a custom issuer', () => {
  const stack = synthesizable();
  const issuer = new CompanyCa();
  const node = new NodeCertificate(stack, 'node', { issuer, nodeName: 'app@h1.x.test', validityHours: 240 });
  const tool = new ToolCertificate(stack, 'tool', { issuer });
  const template = Template.fromStack(stack);

  test('receives a request, the names, the uses and the lifetime, and nothing else', () => {
    const [ofNode, ofTool] = issuer.orders;
    expect(ofNode).toEqual({
      subject: 'certificate of node "app@h1.x.test"',
      requestPem: expect.stringContaining('TfToken') as string,
      commonName: 'h1.x.test',
      dnsNames: ['h1.x.test'],
      ipAddresses: undefined,
      uses: ['digital_signature', 'server_auth', 'client_auth'],
      validityHours: 240,
      earlyRenewalHours: 80,
    });
    expect(ofTool).toMatchObject({
      commonName: 'Erlang distribution tools',
      uses: ['digital_signature', 'client_auth'],
    });
  });

  test('never handles a key: the only keys and requests are those of the node and of the tool', () => {
    expect(Object.keys(template.resources('tls_private_key'))).toHaveLength(2);
    expect(Object.keys(template.resources('tls_cert_request'))).toHaveLength(2);
    expect(Object.keys(template.resources('tls_locally_signed_cert'))).toEqual([]);
    const requests = Object.values(template.resources('company_certificate')).map(({ request }) => request);
    expect(requests).toEqual([
      expect.stringMatching(/^\$\{tls_cert_request\.node_.*\.cert_request_pem\}$/),
      expect.stringMatching(/^\$\{tls_cert_request\.tool_.*\.cert_request_pem\}$/),
    ]);
  });

  test('supplies the certificate that the constructs expose, and the chain that follows it in the bundle', () => {
    for (const one of [node, tool]) {
      expect(one.bundlePem).toBe(`${one.privateKeyPem}${one.certificatePem}intermediate\n`);
      expect(one.issuedResources.map(({ node: { id } }) => id)).toEqual(['Signed']);
      expect(one.expiresAt).toBeUndefined();
    }
  });
});

test('neither a root CA nor the issuer of one of its generations exposes a private key', () => {
  const ca = new RootCa(synthesizable(), 'ca', { commonName: 'CA' });
  const shown = [ca, ca.signingGeneration, ca.issuer('1')].flatMap((one) => [
    ...Object.keys(one).filter((name) => !['signer', 'signers'].includes(name)),
    ...Object.getOwnPropertyNames(Object.getPrototypeOf(one)),
  ]);
  expect(shown.filter((name) => /key.*pem/i.test(name))).toEqual([]);
  expect(Object.keys(ca.issuer('1')).sort()).toEqual(['commonName', 'issue', 'trust']);
});
