import { DefaultTokenResolver, Lazy, StringConcat, TerraformResource, TerraformVariable, Tokenization } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  Delivery,
  NodeCertificate,
  OtpRelease,
  Platform,
  SignedOutside,
  TlsCluster,
  ToolCertificate,
} from 'cdktf-erlang-tls';

import { synthesizable } from '../../support/stacks/synthesized';
import { Template } from '../../support/stacks/template';
import { authority, leaf } from '../../support/x509/issued';

const ROOT = authority('Company Root');
const ISSUING = authority('Company Issuing CA', ROOT);
const LEAF = leaf('h1.x.test', ISSUING, { from: -2, to: 30 });
const TOOLS = leaf('Tools', ISSUING, { isTool: true });

interface Condition {
  readonly condition: string;
  readonly error_message: string;
}

const CHAIN = `${LEAF.certificatePem}${ISSUING.certificatePem}`;

test.each([
  ['whatever its case', 'H1.X.test', '\u0082\u0009h1.x.test'],
  // DER writes lengths above 127 with a byte of their own.
  ['however long it is', `${'a.'.repeat(64)}test`, `\u0082\u0081\u0084${'a.'.repeat(64)}test`],
])('a name is found in a certificate that only Terraform knows, %s', (_, host, bytes) => {
  const stack = synthesizable();
  const pem = new TerraformVariable(stack, 'pem', {}).stringValue;
  const issuer = new SignedOutside({ trustPem: ROOT.certificatePem, certificatePems: { node: pem } });
  const { issuedResources } = new NodeCertificate(stack, 'node', { issuer, nodeName: `a@${host}`, commonName: 'node' });
  const [resource] = issuedResources.filter((one) => TerraformResource.isTerraformResource(one));
  const { lifecycle } = Template.fromStack(stack).resources('terraform_data')[resource?.friendlyUniqueId ?? ''] ?? {};
  const { precondition } = lifecycle as { precondition: Condition[] };
  const [condition] = precondition.filter(({ error_message: text }) => text.startsWith('issued-without-name'));
  expect(condition?.condition).toContain(JSON.stringify(bytes));
});

describe('certificates that were signed outside', () => {
  const stack = synthesizable();
  const issuer = new SignedOutside({
    trustPem: ROOT.certificatePem,
    certificatePems: { node: CHAIN, tool: `${TOOLS.certificatePem}${ISSUING.certificatePem}` },
  });
  const node = new NodeCertificate(stack, 'node', { issuer, nodeName: 'a@h1.x.test' });
  new ToolCertificate(stack, 'tool', { issuer });
  const data = Template.fromStack(stack).resources('terraform_data');

  test('are known by the ids of their owners', () => {
    expect(issuer.issuesOnlyFor).toEqual(['node', 'tool']);
  });

  test('are one resource each, with the PEM that was handed in', () => {
    const inputs = Object.entries(data).filter(([name]) => name !== 'ErlangTlsTexts');
    expect(inputs.map(([, { input }]) => input)).toContainEqual({
      pem: CHAIN,
      not_before: expect.any(String) as string,
      not_after: expect.any(String) as string,
    });
    expect(inputs).toHaveLength(2);
    expect(node.issuedResources).toHaveLength(1);
  });

  test('are judged by the clock of Terraform, and by the key that it makes', () => {
    const resolver = new DefaultTokenResolver(new StringConcat());
    const { lifecycle, input } =
      Object.values(data).find(({ input }) => (input as { pem?: string }).pem === CHAIN) ?? {};
    const { precondition, postcondition } = lifecycle as Record<string, Condition[]>;
    const conditions = [...(precondition ?? []), ...(postcondition ?? [])];
    expect(conditions.map(({ error_message: text }) => text.split(':')[0])).toEqual([
      'issued-for-another-key',
      'certificate-not-yet-valid',
      'certificate-expired',
    ]);
    const ends = Tokenization.resolve(node.expiresAt, { scope: stack, resolver, preparing: false }) as string;
    expect(input).toMatchObject({ not_after: ends });
  });
});

test('a certificate that only Terraform knows is judged there in every respect', () => {
  const stack = synthesizable();
  const pem = Lazy.stringValue({ produce: () => '${data.company_certificate.node.pem}' });
  const issuer = new SignedOutside({ trustPem: ROOT.certificatePem, certificatePems: { node: pem } });
  const node = new NodeCertificate(stack, 'node', { issuer, nodeName: 'a@h1.x.test' });
  expect(node.expiresAt).toBeUndefined();
  const [{ lifecycle } = {}] = Object.values(Template.fromStack(stack).resources('terraform_data')).filter(
    (one) => 'lifecycle' in one,
  );
  const { precondition } = lifecycle as { precondition: { error_message: string }[] };
  expect(precondition.map(({ error_message: text }) => text.split(':')[0])).toEqual([
    'handed-in-pem-illegal',
    'issued-for-another-key',
    'issued-without-name',
    'issued-for-other-uses',
  ]);
});

test('members of a cluster without a certificate wait, and hold up nobody', () => {
  const stack = synthesizable();
  const issuer = new SignedOutside({ trustPem: ROOT.certificatePem, certificatePems: { 'a@h1.x.test': CHAIN } });
  const cluster = new TlsCluster(stack, 'cluster', {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'a@h1.x.test' }, { name: 'a@h2.x.test' }],
    installDirectory: '/t',
    certificateAuthority: { generations: [CaGeneration.signing('1', { source: CaSource.issuer(issuer) })] },
    delivery: Delivery.localFiles({ outputDirectory: 'out' }),
  });
  const [one, two] = cluster.nodes;
  expect(one?.certificate).toBeDefined();
  expect(two?.certificate).toBeUndefined();
  expect(two?.files.map(({ path }) => path)).toEqual(['/t/ca.pem']);
  expect(cluster.tools).toBeUndefined();
  const warnings = cluster.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => String(data)));
  expect(warnings).toEqual([
    expect.stringMatching(/^certificate-awaited: a@h2\.x\.test waits .*terraform output -raw \w+\)/),
    expect.stringMatching(/^certificate-awaited: tools waits .*terraform output -raw \w+\)/),
  ]);
  const { output } = JSON.parse(Template.fromStack(stack).text) as { output: Record<string, { value: string }> };
  for (const warning of warnings) {
    const [, name = ''] = /-raw (\w+)\)/.exec(warning) ?? [];
    expect(output[name]?.value).toMatch(/^\$\{tls_cert_request\.\w+\.cert_request_pem\}$/);
  }
});
