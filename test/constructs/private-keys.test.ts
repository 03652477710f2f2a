/** A private key where something public belongs: refused by code, in every place and however it hides, and never shown. */
import { Fn, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  Delivery,
  type ICertificateIssuer,
  NodeKey,
  SignedOutside,
  SshReload,
  type TlsClusterProps,
  VaultIssuer,
} from 'cdktf-erlang-tls';

import { cluster } from '../support/refused-cluster';
import { Template } from '../support/stacks/template';
import { authority, leaf } from '../support/x509/issued';
import { nodeRequest } from '../support/x509/request';
import { revocationList } from '../support/x509/revocation-list';

const ROOT = authority('Company Root');
const MIDDLE = authority('Company CA', ROOT);
const [ID, HOST] = ['couchdb@db1.example.com', 'db1.example.com'] as const;
const LEAF = leaf(HOST, ROOT).certificatePem;
const KEY = ROOT.keyPem;
/** A line of the key, which nothing may show. */
const SECRET = KEY.split('\n')[1] ?? 'the key has no lines';

type Props = Partial<TlsClusterProps>;

const signedBy = (source: CaSource): Props => ({
  certificateAuthority: { generations: [CaGeneration.signing('own', { source })] },
});
const issuedBy = (issuer: ICertificateIssuer): Props => signedBy(CaSource.issuer(issuer));
const imported = (stack: TerraformStack, texts: { certificatePem: string; chainPem?: string }): Props =>
  signedBy(CaSource.imported({ ...texts, privateKeyPem: new TerraformVariable(stack, 'key', {}).stringValue }));
const returning = (certificatePem: string, chainPem?: string, bundlePem = ROOT.certificatePem): Props =>
  issuedBy({ trust: { bundlePem }, issue: () => ({ certificatePem, chainPem, resources: [] }) });

const PLACES: readonly (readonly [string, string, (stack: TerraformStack, text: string) => Props])[] = [
  [
    'a trusted CA',
    ROOT.certificatePem,
    (_, text) => ({
      certificateAuthority: {
        generations: [CaGeneration.trusted('old', { source: CaSource.certificate(text) }), CaGeneration.trusted('new')],
      },
    }),
  ],
  ['an imported CA', ROOT.certificatePem, (stack, certificatePem) => imported(stack, { certificatePem })],
  [
    'its chain',
    ROOT.certificatePem,
    (stack, chainPem) => imported(stack, { certificatePem: MIDDLE.certificatePem, chainPem }),
  ],
  [
    'the trust of an issuer that is given',
    ROOT.certificatePem,
    (_, trustPem) => issuedBy(new VaultIssuer({ backend: 'pki', role: 'node', toolRole: 'tool', trustPem })),
  ],
  [
    'a certificate that is handed in',
    LEAF,
    (_, text) => issuedBy(new SignedOutside({ trustPem: ROOT.certificatePem, certificatePems: { [ID]: text } })),
  ],
  ['the certificate of an issuer', LEAF, (_, text) => returning(text)],
  ['the chain of an issuer', MIDDLE.certificatePem, (_, text) => returning(LEAF, text)],
  ['the trust of an issuer', ROOT.certificatePem, (_, text) => returning(LEAF, undefined, text)],
  [
    'a request',
    nodeRequest(HOST),
    (_, requestPem) => ({
      delivery: Delivery.installScript({ outputDirectory: '/srv/out' }),
      nodes: [{ name: ID, key: NodeKey.onNode({ requestPem }) }],
    }),
  ],
  [
    'a list by its hash',
    revocationList(),
    (_, text) => ({ revocation: { lists: [revocationList()], listsByHash: { '01234567': text } } }),
  ],
];

const FORMS: Readonly<Record<string, (stack: TerraformStack, before: string) => string>> = {
  alone: () => KEY,
  'after a block': (_, before) => before + KEY,
  'in lines that are no PEM': (_, before) => `${before}\n  ${KEY.replaceAll('\n', '\n  ')}`,
  'after a token': (stack) => `${variable(stack)}${KEY}`,
  'before a token': (stack) => `${KEY}${variable(stack)}`,
  'within a function': (_, before) => Fn.join('', [before, KEY]),
  'in the default of a variable': (stack) => variable(stack, KEY),
  'in a text of an expression': () => `\${trimspace("${KEY.replaceAll('\n', String.raw`\n`)}")}`,
};

const variable = (stack: TerraformStack, value?: string): string =>
  new TerraformVariable(stack, 'text', { default: value }).stringValue;

const CODE =
  /\b(?:authority-pem-illegal|trust-pem-illegal|handed-in-pem-illegal|issued-pem-illegal|request-holds-key|request-illegal|revocation-list-illegal): /;

describe.each(PLACES)('%s', (_place, text, propsWith) => {
  test.each(Object.entries(FORMS))('with a private key %s is refused', (_form, formOf) => {
    const outcome = synthesized((stack) => propsWith(stack, formOf(stack, text)));
    // In a text that is one for its place, lines around the blocks may be left out instead.
    if (outcome instanceof Error) expect(outcome.message).toMatch(CODE);
    expect(String(outcome)).not.toContain(SECRET);
  });

  test('is fine as an expression without one', () => {
    expect(synthesized((stack) => propsWith(stack, variable(stack)))).not.toBeInstanceOf(Error);
  });
});

/** Terraform shows the values that a condition refers to, and what resources hold. */
test.each(PLACES.filter(([place]) => /request|handed in|hash/.test(place)))(
  '%s that only Terraform knows is seen by nothing but the value that leaves private keys out',
  (_place, _text, propsWith) => {
    const text = String(synthesized((stack) => propsWith(stack, variable(stack))));
    const { locals, ...others } = JSON.parse(text) as { locals: Record<string, unknown> };
    expect(JSON.stringify(others)).not.toContain('var.text');
    expect(Object.values(locals).filter((one) => JSON.stringify(one).includes('var.text'))).toEqual([
      '${can(regex("PRIVATE [K]EY-----", var.text)) ? "a private key, which is left out" : var.text}',
    ]);
  },
);

test('certificates of a CA that only Terraform knows are refused with a private key among them', () => {
  const source = (stack: TerraformStack): CaSource => CaSource.certificate(variable(stack));
  const text = synthesized((stack) => ({
    certificateAuthority: {
      generations: [CaGeneration.trusted('old', { source: source(stack) }), CaGeneration.trusted('new')],
    },
  }));
  const { data, locals } = JSON.parse(String(text)) as {
    data: { tls_certificate: Record<string, { lifecycle: { precondition: Record<string, string>[] } }> };
    locals: Record<string, string>;
  };
  const [read] = Object.values(data.tls_certificate);
  expect(read?.lifecycle.precondition).toEqual([
    {
      condition: expect.stringMatching(/^\$\{local\.\w+\}$/),
      error_message: expect.stringMatching(
        /^authority-pem-illegal: PEM of CA generation "old" .*private key is in its/,
      ),
    },
  ]);
  const name = read?.lifecycle.precondition[0]?.condition?.slice('${local.'.length, -1) ?? '';
  expect(locals[name]).toMatch(/^\$\{!can\(regex\("PRIVATE \[K\]EY-----", .*\bvar\.text\b.*\)\)\}$/);
});

const SSH = { user: 'deploy' };
const PARAMETERS = { prefix: '/erlang/app' };

test.each<readonly [string, string, (text: string) => unknown]>([
  ['a text', 'user', (user) => Delivery.ssh({ user })],
  ['a command', 'healthCommand', (healthCommand) => Delivery.ssh({ ...SSH, healthCommand })],
  ['a command that reloads', 'command', (text) => SshReload.command(text)],
  ['a label', 'labels.a', (a) => Delivery.kubernetesSecret({ namespace: 'n', labels: { a } })],
  ['the name of a label', 'labels', (name) => Delivery.kubernetesSecret({ namespace: 'n', labels: { [name]: 'a' } })],
  ['a tag', 'tags.a', (a) => Delivery.awsParameterStore({ ...PARAMETERS, tags: { a } })],
  ['a list', 'locations.0', (one) => Delivery.googleSecretManager({ prefix: 'a', locations: [one] })],
  ['a key of a host', 'hosts.n.hostKeys.0', (one) => Delivery.ssh({ ...SSH, hosts: { n: { hostKeys: [one] } } })],
])('a private key as %s of a delivery is refused', (_place, property, make) => {
  expect(() => make(KEY)).toThrow(`private-key-typed: ${property} is typed into the program`);
  expect(() => make('not a private key')).not.toThrow('private-key-typed');
});

/** The stack as text, or what refused it. */
function synthesized(propsIn: (stack: TerraformStack) => Props): string | Error {
  try {
    return Template.of((stack) => {
      stack.addOverride('terraform.required_providers.vault', { source: 'hashicorp/vault', version: '~> 5.6' });
      stack.addOverride('provider.vault', [{}]);
      cluster(propsIn(stack))(stack);
    }).text;
  } catch (error) {
    return error as Error;
  }
}
