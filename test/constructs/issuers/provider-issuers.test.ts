import { TerraformProvider, TerraformResource, type TerraformStack } from 'cdktf';
import {
  AwsPrivateCaIssuer,
  GoogleCasIssuer,
  type ICertificateIssuer,
  KubernetesIssuer,
  NodeCertificate,
  ToolCertificate,
  VaultIssuer,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import { argumentFaults, type Level } from '../../support/issuers/provider-arguments';
import schemas from '../../support/issuers/provider-schemas.json';
import { synthesizable } from '../../support/stacks/synthesized';
import { type ResourceConfig, Template } from '../../support/stacks/template';
import { authority } from '../../support/x509/issued';

const ROOT = authority('Company Root');
const TRUST = { trustPem: ROOT.certificatePem };

/** Every property that reaches a resource. */
const ISSUERS: Readonly<Record<string, (provider?: string) => ICertificateIssuer>> = {
  vault: (provider) =>
    new VaultIssuer({
      ...{ ...TRUST, provider },
      ...{ backend: 'pki', role: 'nodes', toolRole: 'tools', issuerRef: 'erlang', vaultNamespace: 'team' },
    }),
  aws: (provider) =>
    new AwsPrivateCaIssuer({
      ...{ ...TRUST, provider },
      certificateAuthorityArn: 'arn:aws-cn:acm-pca:cn-north-1:1:certificate-authority/2',
      signingAlgorithm: 'SHA256WITHECDSA',
    }),
  google: (provider) =>
    new GoogleCasIssuer({
      ...{ ...TRUST, provider },
      ...{ pool: 'p', location: 'l', project: 'x', certificateAuthority: 'a', certificateTemplate: 'n' },
      ...{ toolCertificateTemplate: 't', caCertificateTemplate: 'c' },
    }),
  kubernetes: (provider) => new KubernetesIssuer({ ...{ ...TRUST, provider }, signerName: 'x.test/s' }),
};

const NAMES = Object.keys(ISSUERS);

function issuerOf(name: string, provider?: string): ICertificateIssuer {
  const make = ISSUERS[name];
  if (make === undefined) throw new Error(`no issuer ${name}`);
  return make(provider);
}

function withProvider(stack: TerraformStack, type: string): TerraformStack {
  stack.addOverride(`provider.${type}`, [{}]);
  stack.addOverride(`terraform.required_providers.${type}`, { source: `hashicorp/${type}` });
  return stack;
}

function order(scope: Construct, issuer: ICertificateIssuer): void {
  issuer.issue(new Construct(scope, 'ca'), {
    ...{ subject: 'certificate of CA generation "1"', requestPem: 'x', commonName: 'Erlang CA' },
    ...{ isCertificateAuthority: true, uses: ['cert_signing'], validityHours: 1000, earlyRenewalHours: 0 },
  });
}

/** A provider as bindings have it: with an alias. */
class BoundProvider extends TerraformProvider {
  constructor(scope: Construct, type: string) {
    super(scope, type, { terraformResourceType: type, terraformProviderSource: `hashicorp/${type}` });
  }

  override get alias(): string {
    return 'pki';
  }
}

type Schema = (typeof schemas)[keyof typeof schemas];
/** Name of the resource that signs. */
function nameOf({ issuedResources: [resource] }: NodeCertificate): string {
  if (!TerraformResource.isTerraformResource(resource)) throw new Error('no resource');
  return resource.friendlyUniqueId;
}

describe.each(NAMES)('the issuer for %s', (name) => {
  const stack = withProvider(synthesizable(), name);
  const issuer = issuerOf(name);
  const node = new NodeCertificate(stack, 'node', { issuer, nodeName: 'app@h1.x.test' });
  const tool = new ToolCertificate(stack, 'tool', { issuer });
  if (name !== 'kubernetes') order(stack, issuer);
  const { text } = Template.fromStack(stack);
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, ResourceConfig>> };
  const used = Object.entries(schemas).filter(([type]) => type.startsWith(`${name}_`)) as [string, Schema][];

  test('uses the arguments of the provider as its published bindings have them', () => {
    for (const [type, schema] of used) {
      const configs = Object.values(resource[type] ?? {});
      expect(configs.length).toBeGreaterThan(0);
      for (const config of configs) expect(argumentFaults(config, schema as Level)).toEqual([]);
    }
  });

  test('refers to attributes that the provider has', () => {
    for (const [type, schema] of used) {
      const pattern = new RegExp(`(?:${type}\\.\\w+(?:-\\w+)*|self)\\.(\\w+)`, 'g');
      const names = [...text.matchAll(pattern)].map(([, attribute = '']) => attribute);
      const known = [...Object.keys(schema.attributes), ...Object.keys(schema.blocks)];
      if (used.length === 1) expect(known).toEqual(expect.arrayContaining([...new Set(names)]));
      else expect(names).not.toHaveLength(0);
    }
  });

  test('defines one resource for each certificate, and hands out no key', () => {
    const defined = used.flatMap(([type]) => Object.keys(resource[type] ?? {}));
    expect(defined.length).toBe(name === 'kubernetes' ? 2 : 3);
    for (const one of [node, tool]) expect(one.issuedResources).toHaveLength(1);
    expect(issuer.trust.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test('needs a provider that the stack configures', () => {
    const bare = synthesizable();
    new NodeCertificate(bare, 'node', { issuer, nodeName: 'app@h1.x.test' });
    expect(() => Template.fromStack(bare)).toThrow(
      new RegExp(
        `provider-not-configured: ${name}_\\w+ in stack "stack" has no provider in its stack, expected ` +
          `this\\.addOverride\\('provider\\.${name}', .* and this\\.addOverride\\('terraform\\.required_providers\\.${name}', `,
      ),
    );
    bare.addOverride(`provider.${name}`, [{}]);
    expect(() => Template.fromStack(bare)).toThrow(/expected this\.addOverride\('terraform\.required_providers/);
    withProvider(bare, name);
    expect(() => Template.fromStack(bare)).not.toThrow();
  });

  test('takes a provider with an alias, from bindings or a generic construct', () => {
    const other = synthesizable();
    new BoundProvider(other, name);
    const bound = new NodeCertificate(other, 'node', {
      issuer: issuerOf(name, `${name}.pki`),
      nodeName: 'app@h1.x.test',
    });
    expect(JSON.parse(Template.fromStack(other).text)).toMatchObject({
      resource: { [used[0]?.[0] ?? '']: { [nameOf(bound)]: { provider: `${name}.pki` } } },
    });
    new ToolCertificate(other, 'tool', { issuer: issuerOf(name, `${name}.other`) });
    expect(() => Template.fromStack(other)).toThrow('provider-not-configured: ');
  });
});

test('AWS names the template in the partition of the CA, and the uses decide which', () => {
  const stack = withProvider(synthesizable(), 'aws');
  const issuer = issuerOf('aws');
  new NodeCertificate(stack, 'node', { issuer, nodeName: 'app@h1.x.test' });
  new ToolCertificate(stack, 'tool', { issuer });
  order(stack, issuer);
  const configs = Object.values(Template.fromStack(stack).resources('aws_acmpca_certificate'));
  expect(configs.map(({ template_arn }) => template_arn)).toEqual(
    ['SubordinateCACertificate_PathLen0', 'EndEntityCertificate', 'EndEntityClientAuthCertificate'].map(
      (template) => `arn:aws-cn:acm-pca:::template/${template}/V1`,
    ),
  );
});
