import { PrivateKey } from '@cdktf/provider-tls/lib/private-key';
import { DefaultTokenResolver, StringConcat, TerraformResource, Tokenization } from 'cdktf';
import {
  CertificateAuthority,
  type CertificateOrder,
  type ICertificateIssuer,
  type IssuedCertificate,
  NodeCertificate,
  ToolCertificate,
} from 'cdktf-erlang-tls';
import { type Construct, Node } from 'constructs';

import { synthesizable } from '../../support/stacks/synthesized';
import { Template } from '../../support/stacks/template';

const PEM = '-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n';

/** The value as it is synthesized. */
function resolved(scope: Construct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}

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
    return { certificatePem, chainPem: PEM, resources: [resource] };
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
      publicKeyPem: expect.stringContaining('TfToken') as string,
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
      expect(one.bundlePem).toBe(`${one.privateKeyPem}${one.certificatePem}${PEM}`);
      expect(one.issuedResources.map(({ node: { id } }) => id)).toEqual(['Signed']);
      expect(one.expiresAt).toBeUndefined();
    }
  });
});

test('an order with the common name of the issuer is refused before the issuer receives it', () => {
  const stack = synthesizable();
  const issuer = new CompanyCa();
  const commonName = issuer.commonName;
  const node = (): unknown => new NodeCertificate(stack, 'node', { issuer, nodeName: 'app@h1.x.test', commonName });
  expect(node).toThrow(/common-name-equals-issuer/);
  expect(() => new ToolCertificate(stack, 'tool', { issuer, commonName })).toThrow(/common-name-equals-issuer/);
  expect(issuer.orders).toEqual([]);
});

describe('the PEM texts of a custom issuer', () => {
  type Texts = Pick<IssuedCertificate, 'certificatePem' | 'chainPem'>;

  /** The public texts as Terraform gets them, for an issuer with these texts. */
  function received(texts: (resource: TerraformResource) => Texts): Record<string, unknown> {
    const stack = synthesizable();
    const issuer: ICertificateIssuer = {
      commonName: 'Company CA',
      trust: { bundlePem: 'company root\n' },
      issue: (scope) => {
        const resource = new TerraformResource(scope, 'Signed', { terraformResourceType: 'company_certificate' });
        return { ...texts(resource), resources: [resource] };
      },
    };
    const { bundlePem, privateKeyPem, certificatePem, chainPem } = new ToolCertificate(stack, 'tool', { issuer });
    expect(bundlePem).toBe(`${privateKeyPem}${certificatePem}${chainPem ?? ''}`);
    const shown = resolved(stack, { certificatePem, chainPem }) as Record<string, string>;
    return Object.fromEntries(
      Object.entries(shown).map(([name, text]) => [name, text.replaceAll(/company_certificate\.\w+\./g, '')]),
    );
  }

  test.each([
    ['with', PEM],
    ['without', PEM.trimEnd()],
  ])('end with one newline if they come %s one', (_, pem) => {
    expect(received(() => ({ certificatePem: pem, chainPem: pem }))).toEqual({ certificatePem: PEM, chainPem: PEM });
  });

  test('get their final newline from Terraform if only Terraform knows how they end', () => {
    const texts = (resource: TerraformResource): Texts => ({
      certificatePem: resource.getStringAttribute('pem'),
      chainPem: `first\n${resource.getStringAttribute('chain')}`,
    });
    expect(received(texts)).toEqual({
      certificatePem: '${chomp(pem)}\n',
      chainPem: 'first\n${chomp(chain)}\n',
    });
  });

  test.each(['', '\n'])('end with one newline if known text %j follows a token', (end) => {
    expect(received((resource) => ({ certificatePem: `${resource.getStringAttribute('pem')}last${end}` }))).toEqual({
      certificatePem: '${pem}last\n',
    });
  });
});

test('a root CA supplies the PEM texts of the provider as they are, because these end with a newline', () => {
  const stack = synthesizable();
  const ca = new CertificateAuthority(stack, 'ca', { commonName: 'CA' });
  for (const issuer of [ca, ca.issuer('1')]) {
    const { certificatePem } = new ToolCertificate(stack, `tool ${String(issuer === ca)}`, { issuer });
    expect(resolved(stack, certificatePem)).toMatch(/^\$\{tls_locally_signed_cert\.\w+\.cert_pem\}$/);
  }
});

describe('the private key of a root CA', () => {
  const stack = synthesizable();
  const ca = new CertificateAuthority(stack, 'ca', { commonName: 'CA' });

  /**
   * The paths to texts with a private key. Resources are for overrides and have all their arguments, so the search ends at them. It does
   * not follow the tree of constructs, which leads to the resources.
   */
  function keysIn(value: unknown, path: string, seen = new Set<unknown>()): string[] {
    if (typeof value === 'string') return String(resolved(stack, value)).includes('.private_key') ? [path] : [];
    if (typeof value !== 'object' || value === null || seen.has(value)) return [];
    if (TerraformResource.isTerraformResource(value) || value instanceof Node) return [];
    seen.add(value);
    const parts = value instanceof Map || value instanceof Set ? [...value.entries()] : [];
    const named = Object.getOwnPropertyNames(value);
    const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value) as object))
      .filter(([name, descriptor]) => 'get' in descriptor && !name.startsWith('__'))
      .map(([name]) => name);
    const at = (name: string): unknown => (value as Record<string, unknown>)[name];
    return [
      ...parts.flatMap((part, index) => keysIn(part, `${path}[${index}]`, seen)),
      ...[...named, ...getters].flatMap((name) => keysIn(at(name), `${path}.${name}`, seen)),
    ];
  }

  test('is in no property of the CA, of its generations, or of the issuer of a generation', () => {
    expect(keysIn({ ca, issuer: ca.issuer('1'), generation: ca.generation('1') }, 'public')).toEqual([]);
  });

  test('would be found in a property with any name, at any depth', () => {
    const key = new PrivateKey(stack, 'key', { algorithm: 'ED25519' });
    const leaks = { one: [{ hidden: key.privateKeyPem }], two: new Map([['x', `${key.privateKeyPemPkcs8}\n`]]) };
    expect(keysIn(leaks, 'public')).toEqual(['public.one.0.hidden', 'public.two[0].1']);
  });

  test('is not among the properties of the issuer of a generation', () => {
    expect(Object.keys(ca.issuer('1')).sort()).toEqual(['commonName', 'issue', 'issuesOnlyFor', 'trust']);
  });
});
