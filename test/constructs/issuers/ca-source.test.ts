import { TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaRollover,
  CaSource,
  CertificateAuthority,
  KeyAlgorithm,
  SignedOutside,
  type TlsCluster,
  type TlsClusterNodeProps,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { cluster } from '../../support/refused-cluster';
import { Template } from '../../support/stacks/template';
import { authority, leaf } from '../../support/x509/issued';

const ROOT = authority('Company Root');
const MIDDLE = authority('Company CA', ROOT);

const HAND_MADE = CaSource.certificate(`what openssl says of it: \${nothing}\n${ROOT.certificatePem}`);

type Generations = (scope: Construct) => CaGeneration[];

/** A cluster with these generations of its CA, and what it synthesizes to. */
function withGenerations(
  generations: Generations,
  nodes: TlsClusterNodeProps[] = [{ name: 'couchdb@db1.example.com' }, { name: 'couchdb@db2.example.com' }],
): { readonly made: TlsCluster; readonly template: Template } {
  let made: TlsCluster | undefined;
  const template = Template.of((stack) => {
    made = cluster({ nodes, certificateAuthority: { generations: generations(stack) } })(stack);
  });
  if (made === undefined) throw new Error('nothing was made');
  return { made, template };
}

const key = (scope: Construct): string => new TerraformVariable(scope, 'key', { sensitive: true }).stringValue;

const imported = (scope: Construct, chain = false): CaSource =>
  CaSource.imported(
    chain
      ? { certificatePem: MIDDLE.certificatePem, chainPem: ROOT.certificatePem, privateKeyPem: key(scope) }
      : { certificatePem: ROOT.certificatePem, privateKeyPem: key(scope) },
  );

/** The conditions of the guard with this word in their message. */
function conditionsOf(template: Template, word: string): string[] {
  const guards = Object.entries(template.resources('terraform_data')).filter(([name]) => name.includes('Guard'));
  return guards.flatMap(([, { lifecycle }]) => {
    const { precondition } = lifecycle as { precondition: { condition: string; error_message: string }[] };
    return precondition.filter((one) => one.error_message.includes(word)).map(({ condition }) => condition);
  });
}

const contentsOf = (template: Template, file: RegExp): string[] =>
  ['local_file', 'local_sensitive_file']
    .flatMap((type) => Object.values(template.resources(type)))
    .filter(({ filename }) => file.test(String(filename)))
    .map(({ content }) => template.withSharedTexts(String(content)));

describe('a CA that is only trusted', () => {
  const { made, template } = withGenerations(() => [
    CaGeneration.trusted('hand-made', { source: HAND_MADE }),
    CaGeneration.trusted('2027'),
  ]);

  test('lets nodes without a signer have the trust bundle, and nothing else', () => {
    expect(made.nodes.map(({ files }) => files.map(({ path }) => path))).toEqual([
      ['/etc/couchdb/tls/ca.pem'],
      ['/etc/couchdb/tls/ca.pem'],
    ]);
    expect(made.nodes.map(({ certificate, optionFile, bootFiles }) => [certificate, optionFile, bootFiles])).toEqual([
      [undefined, undefined, []],
      [undefined, undefined, []],
    ]);
    expect(made.tools).toBeUndefined();
    expect(template.counts()).toEqual({
      local_file: 2,
      terraform_data: expect.any(Number) as number,
      tls_private_key: 1,
      tls_self_signed_cert: 1,
    });
  });

  test('is in the bundle as its blocks alone, before the ones behind it', () => {
    const bundle = expect.stringMatching(
      /^-----BEGIN CERTIFICATE-----[^$]*-----\n\$\{tls_self_signed_cert\.\w+\.cert_pem\}$/,
    );
    expect(contentsOf(template, /ca\.pem$/)).toEqual([bundle, bundle]);
    expect(contentsOf(template, /ca\.pem$/)[0]).toContain(ROOT.certificatePem);
  });

  test('is not idle as long as nobody signs here, so that it cannot be retired', () => {
    const names = Object.keys(template.resources('terraform_data'));
    expect(names.filter((name) => name.includes('Idle-'))).toEqual([expect.stringMatching(/_Idle-2027_/)]);
  });

  test('gives no generation of the first deploy an exemption: nodes are there already', () => {
    const next = withGenerations(() => [
      CaGeneration.trusted('hand-made', { source: HAND_MADE }),
      CaGeneration.signing('2027'),
    ]).template;
    expect(conditionsOf(next, 'generation-not-trusted-yet')).toEqual([expect.not.stringContaining('Born')]);
    const plain = withGenerations(() => [CaGeneration.trusted('2026'), CaGeneration.signing('2027')]).template;
    expect(conditionsOf(plain, 'generation-not-trusted-yet')).toEqual([expect.stringContaining('Born')]);
  });

  test('has a node of its own signed for as a canary', () => {
    const canary = withGenerations(
      () => [CaGeneration.trusted('hand-made', { source: HAND_MADE }), CaGeneration.trusted('2027')],
      [{ name: 'couchdb@db1.example.com', signedBy: '2027' }, { name: 'couchdb@db2.example.com' }],
    );
    expect(canary.made.nodes.map(({ files }) => files.length > 1)).toEqual([true, false]);
  });

  test('raises an alarm before it ends, which says that others sign with it (trusted-ca-expires-soon)', () => {
    const { check } = JSON.parse(template.text) as { check: Record<string, { assert: { error_message: string }[] }> };
    const messages = Object.values(check).flatMap(({ assert }) => assert.map((one) => one.error_message));
    expect(messages.filter((text) => text.includes('trusted-ca-expires-soon'))).toHaveLength(1);
  });
});

describe('an imported CA', () => {
  test('signs with its key, which only Terraform knows', () => {
    const { template } = withGenerations((scope) => [CaGeneration.signing('own', { source: imported(scope) })]);
    for (const signed of Object.values(template.resources('tls_locally_signed_cert'))) {
      expect(signed).toMatchObject({ ca_cert_pem: ROOT.certificatePem, ca_private_key_pem: '${var.key}' });
    }
    expect(template.counts()).not.toHaveProperty('tls_self_signed_cert');
  });

  test('below a root has nodes send its certificate and trust the root', () => {
    const { template } = withGenerations((scope) => [CaGeneration.signing('own', { source: imported(scope, true) })]);
    expect(contentsOf(template, /db1.*ca\.pem$/)).toEqual([ROOT.certificatePem]);
    const [node] = contentsOf(template, /db1.*node\.pem$/);
    expect(node).toMatch(/\.private_key_pem_pkcs8\}\$\{tls_locally_signed_cert\.\w+\.cert_pem\}-----BEGIN/);
    expect(node?.endsWith(MIDDLE.certificatePem)).toBe(true);
  });

  test('is refused by the plan when it has expired (generation-expired), or is not valid yet', () => {
    const { template } = withGenerations((scope) => [CaGeneration.signing('own', { source: imported(scope) })]);
    const end = /timecmp\("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", plantimestamp\(\)\)/;
    expect(conditionsOf(template, 'generation-expired')).toEqual([expect.stringMatching(end)]);
    expect(conditionsOf(template, 'certificate-not-yet-valid')).toEqual([expect.stringMatching(end)]);
    // One that signs already can be replaced.
    expect(conditionsOf(template, 'generation-expired')).toEqual([
      expect.stringMatching(/_Phase-own_\w+\.input\.planned != plantimestamp/),
    ]);
  });

  test('that only Terraform knows is read by Terraform, and has to be a CA', () => {
    const { template } = withGenerations((scope) => {
      const certificatePem = new TerraformVariable(scope, 'ca', {}).stringValue;
      return [
        CaGeneration.signing('own', { source: CaSource.imported({ certificatePem, privateKeyPem: key(scope) }) }),
      ];
    });
    const { data } = JSON.parse(template.text) as { data: { tls_certificate: Record<string, { lifecycle: object }> } };
    expect(Object.values(data.tls_certificate).map(({ lifecycle }) => lifecycle)).toEqual([
      expect.objectContaining({
        postcondition: [
          {
            condition: '${alltrue([for one in self.certificates : one.is_ca])}',
            error_message: expect.stringMatching(/^issuer-not-a-ca: /) as string,
          },
        ],
      }),
    ]);
  });
});

describe('a CA that is older than the cluster', () => {
  const conditions = (generations: Generations): string[] =>
    conditionsOf(withGenerations(generations).template, 'generation-not-trusted-yet');

  test('stands for nodes that are there already, if it is only trusted in the first deploy', () => {
    const [condition] = conditions((scope) => [
      CaGeneration.trusted('old', { source: imported(scope) }),
      CaGeneration.signing('2027'),
    ]);
    expect(condition).toMatch(/_Phase-2027_/);
    expect(condition).not.toContain('_Born_');
  });

  test('signs from the first deploy on', () => {
    const all = conditions((scope) => [
      CaGeneration.signing('old', { source: imported(scope) }),
      CaGeneration.trusted('2027'),
    ]);
    expect(all).toEqual([expect.stringContaining('_Born_')]);
  });

  test('signs as long as one of the CAs that nodes trust is valid', () => {
    const trustPem = `${MIDDLE.certificatePem}${ROOT.certificatePem}`;
    const source = CaSource.issuer(new SignedOutside({ trustPem, certificatePems: {} }));
    const { made, template } = withGenerations(() => [CaGeneration.signing('own', { source })]);
    const first = made.certificateAuthority.signingGeneration?.expiresAt ?? '';
    const [condition = ''] = conditionsOf(template, 'generation-expired');
    const [last = ''] = /\d{4}-[^"]*/.exec(condition) ?? [];
    expect(Date.parse(last)).toBeGreaterThan(Date.parse(first));
  });
});

describe('a CA below another one', () => {
  const { made, template } = withGenerations((scope) => {
    const issuer = new CertificateAuthority(scope, 'root', { commonName: 'Root' });
    const source = CaSource.intermediate({ issuer });
    return [
      CaGeneration.signing('low', {
        source,
        commonName: 'Cluster CA',
        keyAlgorithm: KeyAlgorithm.ECDSA_P384,
        validityHours: 30_000,
      }),
    ];
  });

  test('has a key of its own, and a certificate of the other one', () => {
    const [, low] = Object.values(template.resources('tls_private_key')).sort((one, other) =>
      String(one.ecdsa_curve) < String(other.ecdsa_curve) ? -1 : 1,
    );
    expect(new Set(Object.values(template.resources('tls_private_key')).map((one) => one.ecdsa_curve))).toEqual(
      new Set(['P256', 'P384']),
    );
    expect(low).toBeDefined();
    const cas = Object.values(template.resources('tls_locally_signed_cert')).filter((one) => one.is_ca_certificate);
    expect(cas).toEqual([
      expect.objectContaining({
        validity_period_hours: 30_000,
        early_renewal_hours: 10_000,
        allowed_uses: ['cert_signing', 'crl_signing'],
      }),
    ]);
  });

  test('is sent by nodes, which trust the root', () => {
    expect(contentsOf(template, /db1.*ca\.pem$/)).toEqual([
      expect.stringMatching(/^\$\{chomp\(tls_self_signed_cert\.\w+\.cert_pem\)\}\n$/),
    ]);
    const chain = expect.stringMatching(/(\$\{tls_locally_signed_cert\.\w+\.cert_pem\}){2}$/);
    expect(contentsOf(template, /db1.*node\.pem$/)).toEqual([chain]);
    expect(made.certificateAuthority.commonName).toBe('Cluster CA');
  });

  test('has an alarm of its own', () => {
    expect(template.text).toContain('certificate of CA generation \\"low\\"');
  });
});

test('an issuer signs, and the state has no key of a CA', () => {
  const issuer = {
    trust: { bundlePem: ROOT.certificatePem },
    issue: () => ({ certificatePem: leaf('db1.example.com', ROOT).certificatePem, resources: [] }),
  };
  const { template } = withGenerations(() => [CaGeneration.signing('there', { source: CaSource.issuer(issuer) })]);
  expect(template.counts()).toMatchObject({ tls_cert_request: 3, tls_private_key: 3 });
  expect(template.counts()).not.toHaveProperty('tls_locally_signed_cert');
  expect(contentsOf(template, /db1.*ca\.pem$/)).toEqual([ROOT.certificatePem]);
});

test('the next generation of a root changes nothing for a CA that its generation signed', () => {
  const bundle = (...generations: CaGeneration[]): string[] => {
    const { template } = withGenerations((scope) => {
      const root = new CertificateAuthority(scope, 'root', { commonName: 'Root', generations });
      const source = CaSource.intermediate({ issuer: root.issuer('1') });
      const own = CaGeneration.signing('low', { source });
      new CaRollover(scope, 'guard', { certificateAuthority: root, deliveries: [root] });
      return [own];
    });
    return contentsOf(template, /db1.*ca\.pem$/);
  };
  expect(bundle(CaGeneration.signing('1'), CaGeneration.trusted('2'))).toEqual(bundle(CaGeneration.signing('1')));
});

test('two generations below one root have one root in the bundle', () => {
  const { template } = withGenerations((scope) => {
    const issuer = new CertificateAuthority(scope, 'root', { commonName: 'Root' });
    const source = CaSource.intermediate({ issuer });
    return [CaGeneration.trusted('a', { source }), CaGeneration.signing('b', { source, commonName: 'Other CA' })];
  });
  expect(contentsOf(template, /db1.*ca\.pem$/)).toEqual([
    expect.stringMatching(/^\$\{chomp\(tls_self_signed_cert\.\w+\.cert_pem\)\}\n$/),
  ]);
});

test('the common name of a CA may change with a generation, and is that of the CA that signs', () => {
  const made = (signing: '1' | '2'): string | undefined =>
    withGenerations(() => [
      CaGeneration[signing === '1' ? 'signing' : 'trusted']('1'),
      CaGeneration[signing === '2' ? 'signing' : 'trusted']('2', { commonName: 'New CA' }),
    ]).made.certificateAuthority.commonName;
  expect([made('1'), made('2')]).toEqual(['CouchDB Root CA', 'New CA']);
});
