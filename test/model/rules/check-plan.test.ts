import { SensitiveFile } from '@cdktf/provider-local/lib/sensitive-file';
import { LocallySignedCert } from '@cdktf/provider-tls/lib/locally-signed-cert';
import { TerraformResource } from 'cdktf';
import type { CaGeneration, DeliveryResult, IDelivery, NodeScript, TlsClusterNodeProps } from 'cdktf-erlang-tls';
import {
  CaRollover,
  CertificateAuthority,
  Delivery,
  type ICertificateIssuer,
  NodeCertificate,
  OtpRelease,
  Platform,
  ScriptDelivery,
  SslDist,
  SslDistOptFile,
  VmArgs,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { planSummary, planText } from '../../../src/model/report/text/plan-text';
import {
  cluster,
  codes,
  found,
  foundIn,
  judged,
  judgedTogether,
  retired,
  signing,
  together,
  trusted,
} from '../../support/plans/judged-plan';
import { type Define, planAfter, type PlanJson } from '../../support/plans/pretended-terraform';

/** Parts that are put together by hand, as in `examples/constructs`: one CA with some nodes. */
function byHand(id: string, hosts: readonly string[], options: { ca?: string; hasRollover?: boolean } = {}): Define {
  return (stack) => {
    const ca = new CertificateAuthority(stack, options.ca ?? `${id}-ca`, { commonName: `CA ${options.ca ?? id}` });
    const deliveries = hosts.flatMap((host) => deliverByHand(stack, ca, id, host));
    if (options.hasRollover === true) new CaRollover(stack, `${id}-steps`, { certificateAuthority: ca, deliveries });
  };
}

function deliverByHand(stack: Construct, ca: ICertificateIssuer, id: string, host: string): Construct[] {
  const certificate = new NodeCertificate(stack, `${id}-${host}`, { issuer: ca, nodeName: `${id}@${host}.x.test` });
  const path = `/etc/${id}/ssl_dist.conf`;
  const paths = { certfile: `/etc/${id}/node.pem`, cacertfile: `/etc/${id}/ca.pem` };
  const optFile = new SslDistOptFile(certificate, 'optfile', { path, otp: OtpRelease.OTP_27, ...paths });
  const sslDist = SslDist.optFile(path);
  const vmArgs = new VmArgs(certificate, 'args', { path: `/etc/${id}/vm.args`, otp: OtpRelease.OTP_27, sslDist });
  return Delivery.localFiles({ outputDirectory: `out/${id}` }).bind(certificate, {
    nodeId: `${id}@${host}`,
    installDirectory: `/etc/${id}`,
    files: [
      { path: paths.cacertfile, content: ca.trust.bundlePem, mode: '0644', sensitive: false },
      { path: paths.certfile, content: certificate.bundlePem, mode: '0600', sensitive: true },
      optFile.file,
      vmArgs.file,
    ],
  }).resources;
}

test('a file that two resources write is found, whatever their spelling of its path', () => {
  const define: Define = (stack) => {
    together(cluster({}, 'one'), cluster({}, 'two'))(stack);
    const scripts = stack.node.findAll().filter((child) => child instanceof SensitiveFile);
    for (const script of scripts) script.filename = String(script.filenameInput).replace('out/two', './Out//one');
  };
  const [first, ...others] = found(define);
  expect(first).toMatch(
    /^file-written-twice: file "\.\.\/\.\.\/\.\.\/\.\/Out\/\/one\/a@h1\.x\.test\.sh" .*\(by local_sensitive_file\.\S+ and local_sensitive_file\.\S+\)/,
  );
  expect(others.filter((one) => one.startsWith('file-written-twice: '))).toHaveLength(2);
  expect(found(together(cluster({}, 'one'), cluster({}, 'two')))).toEqual([]);
});

describe('two clusters in one stack', () => {
  const both = (one = {}, two = {}): Define => together(cluster(one, 'one'), cluster({ ...RABBITS, ...two }, 'two'));
  const RABBITS = { platform: Platform.rabbitMq(), nodes: [{ name: 'r@h1.x.test' }, { name: 'r@h2.x.test' }] };
  const STEPS = [
    [signing('1')],
    [signing('1'), trusted('2')],
    [trusted('1'), signing('2')],
    [retired('1'), signing('2')],
  ];

  test('do not affect each other, in the first deploy and in every step of a rollover', () => {
    const stacks = STEPS.map((generations) => both({ generations }));
    stacks.forEach((_stack, index) => expect(found(...stacks.slice(0, index + 1))).toEqual([]));
  });

  test('are kept apart, and checked separately', () => {
    const verdict = judged(both(), both({}, { generations: [retired('1'), signing('2')] }));
    expect(verdict.findings.map(({ subject }) => subject)).toEqual([
      'cluster two: the old certificate of r@h1.x.test, r@h2.x.test, tools',
      'cluster two: the new certificate of r@h1.x.test, r@h2.x.test, tools',
    ]);
    expect(verdict.findings[0]?.message).toMatch(/^cluster two: the old certificate of /);
    expect(planText(verdict)).toMatch(/^Cluster one:\nmember .*\na@h1\.x\.test, .*\n\nCluster two:\nmember .*\nr@h1/);
    expect(planSummary(verdict).split('\n')).toEqual([
      'Cluster one: 2 nodes and the tools: every pair can connect, with old files and with new ones.',
      'Cluster two: This plan would break the cluster (2 nodes and the tools):',
    ]);
  });

  test('a change of protocol in one is reported for its own nodes only', () => {
    expect(found(both(), both({}, { platform: Platform.rabbitMq({ protoDist: 'inet6_tls' }) }))).toEqual([
      expect.stringMatching(
        /^protocol-mismatch: cluster two: -proto_dist of r@h1\.x\.test, r@h2\.x\.test, tools with old files "inet_tls" differs/,
      ),
    ]);
  });

  test('removing one is reported, and the other has no finding', () => {
    expect(found(both(), cluster({}, 'one'))).toEqual([
      expect.stringMatching(/^plan-removes-all-nodes: cluster RabbitMQ Root CA, generation 1: plan leaves no node/),
    ]);
  });

  test('a removed node is shown in its former cluster', () => {
    const verdict = judged(both(), both({}, { nodes: [{ name: 'r@h1.x.test' }] }));
    expect(verdict.clusters.map(({ name, members }) => [name, members.map((one) => one.name)])).toEqual([
      ['one', ['a@h1.x.test', 'a@h2.x.test', 'tools']],
      ['two', ['r@h1.x.test', 'tools', 'r@h2.x.test']],
    ]);
  });
});

describe('constructs that are used without TlsCluster', () => {
  test.each([{ hasRollover: false }, { hasRollover: true }])('form one cluster for each CA, %o', (options) => {
    const stack = together(byHand('x', ['h1', 'h2'], options), byHand('y', ['h1', 'h2', 'h3'], options));
    const { clusters, findings } = judged(stack);
    expect(clusters.map(({ members }) => members.length)).toEqual([2, 3]);
    expect(findings).toEqual([]);
  });

  test.each([{ hasRollover: false }, { hasRollover: true }])(
    'are cut off if they change from one CA to another in one deploy, %o',
    (options) => {
      const before = byHand('x', ['h1', 'h2'], options);
      expect(codes(before, byHand('x', ['h1', 'h2'], { ...options, ca: 'another' }))).toContain('untrusted-by-peer');
    },
  );
});

test('a node with a different CA is cut off from the cluster that it is declared in', () => {
  const stranger: Define = (stack) => {
    const [ca, other] = ['ca', 'other'].map((id) => new CertificateAuthority(stack, id, { commonName: id })) as [
      CertificateAuthority,
      CertificateAuthority,
    ];
    const deliveries = [...deliverByHand(stack, ca, 'x', 'h1'), ...deliverByHand(stack, other, 'x', 'h2')];
    new CaRollover(stack, 'steps', { certificateAuthority: ca, deliveries });
  };
  expect(codes(stranger)).toEqual(['untrusted-by-peer']);
});

test('a CA from outside the plan is trusted where its certificate is delivered', () => {
  const elsewhere: Define = (stack) => {
    const pem = `-----BEGIN CERTIFICATE-----\n${btoa('not made here')}\n-----END CERTIFICATE-----\n`;
    const ca: ICertificateIssuer = {
      commonName: 'Elsewhere',
      trust: { bundlePem: pem },
      issue: (scope, { requestPem: certRequestPem, uses, validityHours: validityPeriodHours }) => {
        const signing = { caCertPem: pem, caPrivateKeyPem: 'key', allowedUses: uses };
        const { certPem } = new LocallySignedCert(scope, 'Elsewhere', {
          ...signing,
          certRequestPem,
          validityPeriodHours,
        });
        return { certificatePem: certPem, resources: [] };
      },
    };
    ['h1', 'h2'].forEach((host) => deliverByHand(stack, ca, 'x', host));
  };
  const { clusters, findings } = judged(elsewhere, elsewhere);
  expect([clusters.map(({ members }) => members.length), findings]).toEqual([[2], []]);
});

describe('permanently destroyed resources', () => {
  const goneIn = (...stacks: Define[]): string[] =>
    judged(...stacks).destroyed.map(({ what, address }) => `${what}: ${address.replace(/_[0-9A-F]{8}$/, '')}`);
  const TWO = cluster({ generations: [trusted('1'), signing('2')] });

  test('include a retired generation with its key', () => {
    expect(goneIn(TWO, cluster({ generations: [retired('1'), signing('2')] }))).toEqual([
      "CA's private key: tls_private_key.one_CertificateAuthority_1_PrivateKey",
      "CA's certificate: tls_self_signed_cert.one_CertificateAuthority_1_Certificate",
    ]);
  });

  test('include the last generation that nodes trust, which is marked', () => {
    expect(goneIn(cluster(), cluster({ generations: [retired('1'), signing('2')] }))).toEqual([
      "CA's private key: tls_private_key.one_CertificateAuthority_1_PrivateKey",
      "CA's certificate, the last one trusted: tls_self_signed_cert.one_CertificateAuthority_1_Certificate",
    ]);
    const all = goneIn(TWO, cluster({ generations: [retired('1'), retired('2'), signing('3')] }));
    expect(all.filter((one) => one.includes('the last one trusted'))).toHaveLength(2);
  });

  test('include the key of a removed node', () => {
    expect(goneIn(cluster(), cluster({ nodes: [{ name: 'a@h1.x.test' }] }))).toEqual([
      'private key: tls_private_key.one_ah2xtest_Certificate_PrivateKey',
    ]);
  });

  test('are listed in the text, and are not mentioned if there are none', () => {
    const text = planText(judged(cluster(), cluster({ nodes: [{ name: 'a@h1.x.test' }] })));
    expect(text).toMatch(/\n\nDestroyed permanently:\n {2}private key {2}tls_private_key\.one_ah2xtest_[^\n]*$/);
    expect(planText(judged(cluster(), cluster()))).not.toContain('Destroyed');
  });
});

describe('the ids of generations', () => {
  const step = (...generations: CaGeneration[]): Define => cluster({ generations });

  test('include the newest one, whose removal is reported', () => {
    expect(found(step(signing('1')), step(signing('1'), trusted('2')), step(signing('1')))).toEqual([
      expect.stringMatching(/^generation-removed: the list of CA generations lacks ids that it had \(2\)/),
    ]);
  });

  test.each<[string, CaGeneration[]]>([
    ['trusted', [trusted('1'), signing('2')]],
    ['signing', [signing('1'), trusted('2')]],
  ])('include retired ones, whose reuse is reported: %s', (_phase, generations) => {
    const before = [
      step(signing('1'), trusted('2')),
      step(trusted('1'), signing('2')),
      step(retired('1'), signing('2')),
    ];
    expect(found(...before, step(...generations))).toContainEqual(
      expect.stringMatching(/^generation-id-reused: CA generation "1" was used before/),
    );
  });

  test('are not reported if they are new or if only the certificate is reissued', () => {
    expect(found(step(signing('1')), step(signing('1'), trusted('2')))).toEqual([]);
    expect(codes(step(signing('1')), step(signing('1', { validityHours: 50_000 })))).toEqual(['untrusted-by-peer']);
  });

  test('are not reported if an interrupted apply, which made no witnesses yet, is run again', () => {
    const [before, after] = [step(signing('1')), step(signing('1'), trusted('2'))];
    const plan = planAfter(before, after, after);
    for (const { type, address, change } of plan.resource_changes) {
      if (type === 'terraform_data' && address.includes('Trusted-2')) change.before = null;
    }
    expect(foundIn(plan)).toEqual([]);
  });
});

describe('a plan that does not say whether it is complete, as one of OpenTofu', () => {
  const incomplete = (change: (plan: PlanJson) => void): readonly string[] => {
    const plan = planAfter(cluster(), cluster({ certificates: { keyGeneration: 'b' } }));
    change(plan);
    return foundIn(plan).filter((one) => one.startsWith('plan-incomplete'));
  };
  const isScript = ({ type }: { type: string }): boolean => type === 'local_sensitive_file';
  const stateWith = (...addresses: readonly string[]): Record<string, unknown> => ({
    values: { root_module: { resources: addresses.map((address) => ({ address, mode: 'managed', type: 'a' })) } },
  });

  test('is complete if it has a change, or none, for each resource of the configuration and of the state', () => {
    expect(incomplete(() => undefined)).toEqual([]);
    expect(
      incomplete((plan) => Object.assign(plan, { prior_state: stateWith(plan.resource_changes[0]?.address ?? '') })),
    ).toEqual([]);
  });

  test('is not if it leaves out resources of the configuration', () => {
    expect(
      incomplete((plan) => {
        plan.resource_changes = plan.resource_changes.filter((one) => !isScript(one));
      }),
    ).toEqual([
      expect.stringMatching(/^plan-incomplete: plan does not cover the whole stack \(local_sensitive_file\.one_/),
    ]);
  });

  test('is complete without a resource of which there are none', () => {
    const none = (constant_value: unknown): readonly string[] =>
      incomplete(({ configuration }) => {
        const resource = { address: 'null_resource.x', type: 'null_resource', mode: 'managed' };
        configuration.root_module.resources.push({ ...resource, count_expression: { constant_value } });
      });
    expect(none(0)).toEqual([]);
    expect(none(1)).toEqual([expect.stringContaining('(null_resource.x)')]);
  });

  test('is not if it leaves out resources of the state', () => {
    expect(incomplete((plan) => Object.assign(plan, { prior_state: stateWith('tls_private_key.old') }))).toEqual([
      expect.stringContaining('(tls_private_key.old)'),
    ]);
  });

  test('is not known to be without its configuration', () => {
    expect(incomplete((plan) => Object.assign(plan, { configuration: undefined }))).toEqual([
      expect.stringContaining('(the plan does not say whether it is complete, and has no configuration)'),
    ]);
  });

  test('is what it says if it says so', () => {
    expect(incomplete((plan) => Object.assign(plan, { complete: true, configuration: undefined }))).toEqual([]);
    expect(incomplete((plan) => Object.assign(plan, { complete: false }))).toHaveLength(1);
  });
});

type Change = PlanJson['resource_changes'][number];

/** Of a user: a store takes the script. */
class StoredScript extends ScriptDelivery {
  protected deliverScript(scope: Construct, { content }: NodeScript): DeliveryResult {
    const stored = new TerraformResource(scope, 'stored', { terraformResourceType: 'terraform_data' });
    stored.addOverride('input', { script: content });
    return { outputs: [], resources: [stored] };
  }
}

describe.each<[string, (outputDirectory: string) => IDelivery]>([
  ['local files', (outputDirectory) => Delivery.localFiles({ outputDirectory })],
  ['an install script', (outputDirectory) => Delivery.installScript({ outputDirectory })],
  ['a script in a store', () => new StoredScript()],
])('the plan of a fresh runner, with %s,', (_kind, deliver) => {
  const delivery = deliver('out');
  const TYPES = ['local_file', 'local_sensitive_file', 'terraform_data'];
  const step = (...nodes: readonly TlsClusterNodeProps[]): Define => cluster({ delivery, nodes: [...nodes] });
  const [ONE, TWO, THREE] = [{ name: 'a@h1.x.test' }, { name: 'a@h2.x.test' }, { name: 'a@h3.x.test' }];
  const isOfNodes = ({ type, change }: Change): boolean => {
    const text = JSON.stringify([change.before, change.after]);
    return TYPES.includes(type) && /filename|script/.test(text);
  };

  /** As Terraform plans it: the refresh takes what has vanished out of the state, and what is no longer declared has no change then. */
  const onFreshRunner = (...stacks: readonly Define[]): unknown => {
    const plan = planAfter(...stacks);
    const lost = plan.resource_changes.filter((one) => isOfNodes(one) && one.change.before !== null);
    const drift = lost.map((one) => ({ ...one, change: { before: one.change.before, after: null } }));
    const changes = plan.resource_changes.map((one) =>
      lost.includes(one) ? { ...one, change: { ...one.change, before: null } } : one,
    );
    return {
      ...plan,
      resource_changes: changes.filter(({ change }) => change.before !== null || change.after !== null),
      resource_drift: drift,
    };
  };

  test('says of files that are written again that they are, and of no node that it joins', () => {
    const verdict = judgedTogether(onFreshRunner(step(ONE, TWO), step(ONE, TWO)));
    expect(planText(verdict)).toMatch(/a@h1\.x\.test, a@h2\.x\.test, tools .* nothing \(files written again\)$/m);
    expect(verdict.findings).toEqual([]);
  });

  test('tells them from a new node, from a renewed certificate and from a node that leaves', () => {
    const renewed = { ...TWO, keyGeneration: 'b' };
    const leaving = { name: 'a@h4.x.test' };
    const verdict = judgedTogether(onFreshRunner(step(ONE, TWO, leaving), step(ONE, renewed, THREE)));
    const rows = planText(verdict).replace(/ {2,}/g, '  ');
    expect(rows).toMatch(/^a@h1\.x\.test, tools  .*  nothing \(files written again\)$/m);
    expect(rows).toMatch(/^a@h2\.x\.test  generation 1 \(renewed\)  generation 1  install$/m);
    expect(rows).toMatch(/^a@h3\.x\.test  .*  joins$/m);
    expect(rows).toMatch(/^a@h4\.x\.test  .*  leaves$/m);
    expect(verdict.findings).toEqual([]);
  });

  test('compares what has vanished with what comes in its place', () => {
    const next = cluster({ delivery, generations: [retired('1'), signing('2')] });
    expect(foundIn(onFreshRunner(step(ONE, TWO), next))).toContainEqual(
      expect.stringMatching(/^untrusted-by-peer: the old certificate of a@h1\.x\.test, a@h2\.x\.test, tools/),
    );
  });
});

describe('a resource that a plan replaces', () => {
  const replaced = (more: object): unknown => {
    const plan = planAfter(cluster(), cluster());
    const changes = plan.resource_changes.map((one) =>
      one.type === 'local_sensitive_file' && one.address.includes('h1')
        ? { ...one, ...more, change: { ...one.change, actions: ['delete', 'create'] } }
        : one,
    );
    return { ...plan, resource_changes: changes };
  };

  test('writes the files of its node again', () => {
    const rows = planText(judgedTogether(replaced({ action_reason: 'replace_by_request' })));
    expect(rows).toMatch(/^a@h1\.x\.test .* nothing \(files written again\)$/m);
    expect(rows).toMatch(/^a@h2\.x\.test, tools .* nothing$/m);
    expect(foundIn(replaced({}))).toEqual([]);
  });

  test('because its apply failed: the node may have older files', () => {
    expect(foundIn(replaced({ action_reason: 'replace_because_tainted' }))).toEqual([
      expect.stringMatching(/^delivery-unfinished: delivery to "a@h1\.x\.test" failed in the last apply/),
    ]);
  });

  test('after an apply that removed it, and ended before it was made again: the node does not join', () => {
    const plan = planAfter(cluster(), cluster());
    const changes = plan.resource_changes.map((one) =>
      one.type === 'local_sensitive_file' && one.address.includes('h1')
        ? { ...one, change: { ...one.change, actions: ['create'], before: null } }
        : one,
    );
    expect(foundIn({ ...plan, resource_changes: changes })).toEqual([
      expect.stringMatching(
        /^delivery-unfinished: delivery to "a@h1\.x\.test" failed in the last apply, or did not begin, .*\(its certificate is in the state/,
      ),
    ]);
  });
});

test('a variable in a boot file is no expression of Terraform: a script that brings it again asks for no restart', () => {
  const step = (...generations: readonly CaGeneration[]): Define =>
    cluster({
      platform: Platform.relxRelease({ template: true }),
      flags: [{ name: 'setcookie', values: ['${COOKIE}'] }],
      generations: [...generations],
    });
  const verdict = judged(step(signing('1')), step(signing('1'), trusted('2')));
  expect(planText(verdict)).toMatch(/a@h1\.x\.test, a@h2\.x\.test, tools .* install$/m);
});
