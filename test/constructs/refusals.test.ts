import type { TerraformStack } from 'cdktf';
import {
  CaGeneration,
  CaRollover,
  CertificateAuthority,
  Delivery,
  type DistributionOptions,
  NodeCertificate,
  OtpRelease,
  Platform,
  TlsCluster,
} from 'cdktf-erlang-tls';

import { CATALOGUE } from '../../src/model/catalogue';
import { REFUSALS } from '../support/refusals';
import { emptyStack, Template } from '../support/stacks/template';

test.each(
  REFUSALS.map((refusal) => [refusal.title ?? '', refusal] as const).map(
    ([title, refusal]) => [refusal.code, title, refusal] as const,
  ),
)('%s %s', (code, _title, { provoke, says, expected = CATALOGUE[code].expected }) => {
  const message = messageOf(() => provoke(emptyStack()));
  expect(message.slice(0, code.length + 2)).toBe(`${code}: `);
  expect(message).toContain(says);
  expect(message).toContain(`, expected ${expected}; ${CATALOGUE[code].remedy}`);
});

test('a refusal names the construct', () => {
  expect(messageOf(() => cluster(emptyStack(), '/etc/tls', ['a@1.2.3']))).toMatch(/ \[at stack\/cluster\]$/);
});

describe('synth', () => {
  test('warns of node-names-mixed', () => {
    const stack = emptyStack();
    const { node } = cluster(stack, '/etc/tls', ['a@short', 'a@long.example.com']);
    expect(warnings(node)).toEqual([expect.stringMatching(/^node-names-mixed: node name "a@short" is a short name/)]);
  });

  test.each(['/srv/out/a@h.example.com', '/srv/out', '/srv'])(
    'warns of output-is-install-directory for %s',
    (installDirectory) => {
      const stack = emptyStack();
      cluster(stack, installDirectory, ['a@h.example.com']);
      const found = stack.node.findAll().flatMap((construct) => warnings(construct.node));
      expect(found).toContainEqual(expect.stringMatching(/^output-is-install-directory: outputDirectory "\/srv\/out/));
    },
  );

  test.each([
    [['a@db1.example.com'], '127.0.0.1', 'db1.example.com'],
    [['a@db1.example.com', 'a@db2.example.com'], '10.0.0.1', 'db1.example.com, db2.example.com'],
    [['a@203.0.113.1'], '10.0.0.1', '203.0.113.1'],
  ])('warns of interface-of-one-host for %j at %s', (names, interfaceAddress, dialled) => {
    const stack = emptyStack();
    const { node } = cluster(stack, '/etc/tls', names, { interfaceAddress });
    const says = new RegExp(`^interface-of-one-host: distribution.interfaceAddress "${interfaceAddress}" .*${dialled}`);
    expect(warnings(node)).toEqual([expect.stringMatching(says)]);
  });

  test.each([
    [['a@localhost', 'a@db.localhost'], '127.0.0.1'],
    [['a@db1.example.com'], '10.0.0.1'],
    [['a@db1.example.com', 'a@db2.example.com'], '0.0.0.0'],
    [['a@127.0.0.1', 'b@127.0.0.1'], '127.0.0.1'],
  ])('does not warn of %j at %s', (names, interfaceAddress) => {
    const found = warnings(cluster(emptyStack(), '/etc/tls', names, { interfaceAddress }).node);
    expect(found.filter((one) => String(one).includes('interface'))).toEqual([]);
  });

  test('does not warn of a separate staging directory', () => {
    const stack = emptyStack();
    cluster(stack, '/etc/tls', ['a@h.example.com']);
    expect(stack.node.findAll().flatMap((construct) => warnings(construct.node))).toEqual([]);
  });

  test('names each missing provider once', () => {
    const stack = emptyStack();
    cluster(stack, '/etc/tls', ['a@h.example.com', 'b@h.example.com']);
    const message = messageOf(() => Template.fromStack(stack));
    expect(message.match(/provider-missing: tls resource in stack "stack"/g)).toHaveLength(1);
    expect(message.match(/provider-missing: local resource in stack "stack"/g)).toHaveLength(1);
  });
});

test('synth finds generations-without-rollover for a CA that is not part of a TlsCluster', () => {
  const define = (isGuarded: boolean) => (): Template =>
    Template.of((stack) => {
      const generations = [CaGeneration.signing('1'), CaGeneration.trusted('2')];
      const certificateAuthority = new CertificateAuthority(stack, 'ca', { commonName: 'CA', generations });
      const deliveries = [new NodeCertificate(stack, 'n', { issuer: certificateAuthority, nodeName: 'a@h.test' })];
      if (isGuarded) new CaRollover(stack, 'rollover', { certificateAuthority, deliveries });
    });
  expect(messageOf(define(false))).toContain(
    'generations-without-rollover: CA generations ["1","2"] have more than one',
  );
  expect(define(true)).not.toThrow();
});

function cluster(
  stack: TerraformStack,
  installDirectory: string,
  names: readonly string[],
  distribution: DistributionOptions = {},
): TlsCluster {
  return new TlsCluster(stack, 'cluster', {
    platform: Platform.mongooseIm(),
    otp: OtpRelease.OTP_27,
    nodes: names.map((name) => ({ name })),
    installDirectory,
    distribution,
    delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
  });
}

function warnings({ metadata }: { metadata: { type: string; data: unknown }[] }): unknown[] {
  return metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data);
}

function messageOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
