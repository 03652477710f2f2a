import { DataResource, type TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { openssl } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { deliveredAs, Deployment, synthesize } from '../support/stacks/deployment';
import { mustSucceed, plannedActions, unwrapped } from '../support/terraform';

const SLOW_MS = 120_000;

const describeReal = requires('terraform', 'go', 'openssl');

describeReal('hosts that are a Terraform variable', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;

  beforeAll(async () => {
    deployment = await Deployment.create();
    cluster = await deployment.declare((stack, target) => clusterOf([variable(stack)], stack, target));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test.each([
    ['db1.x.test', 'DNS:db1.x.test'],
    ['db_1', 'DNS:db_1'],
    [`${'l'.repeat(60)}.abc`, `DNS:${'l'.repeat(60)}.abc`],
    ['10.1.2.3', 'DNS:10.1.2.3, IP Address:10.1.2.3'],
  ])(
    '%s is in the certificate in the same form as a literal',
    async (host, alternativeNames) => {
      mustSucceed(await deployment.terraform.apply({ args: [variableArgument(host)] }));
      expect(await certificateNames(cluster, 'db1')).toEqual({ commonName: host, alternativeNames });
      const again = await deployment.terraform.plan({ args: [variableArgument(host)] });
      expect(plannedActions(again)).toEqual({});
    },
    SLOW_MS,
  );

  test.each([
    ['a blank', 'db 1.x.test', 'node-name-illegal-host'],
    ['a final dot', 'db1.x.test.', 'node-name-illegal-host'],
    ['a wildcard', '*.x.test', 'node-name-illegal-host'],
    ['a prefix length', '10.1.2.3/32', 'node-name-illegal-host'],
    ['a port', 'db1.x.test:4369', 'node-name-illegal-host'],
    ['a line break', 'db1.x.test\nx', 'node-name-illegal-host'],
    ['another language', 'dé.x.test', 'node-name-illegal-host'],
    ['a leading dash', '-db1.x.test', 'node-name-illegal-host'],
    ['a label that is too long', `${'l'.repeat(64)}.x`, 'node-name-illegal-host'],
    ['a number that is not an address', '10.1.2.256', 'node-name-not-an-address'],
    ['three numbers', '10.1.2', 'node-name-not-an-address'],
    ['an address with leading zeros', '010.1.2.3', 'node-name-not-an-address'],
    ['an address of the other IP version', '2001:db8::7', 'node-address-family-mismatch'],
    ['a host that is too long for a common name', `${'l'.repeat(61)}.abc`, 'common-name-too-long'],
    ['the name of the CA', 'Cluster-CA', 'common-name-equals-issuer'],
    ['a host that a plain-text pattern matches', 'search7.x.test', 'node-listens-in-plain-text'],
  ])(
    '%s is refused by the plan with the code that synth uses',
    async (_what, host, code) => {
      const refused = await deployment.terraform.plan({ args: [variableArgument(host)] });
      expect(refused.exitCode).toBe(1);
      expect(unwrapped(refused)).toContain('Resource precondition failed');
      expect(unwrapped(refused)).toContain(`${code}: `);
      const literal = (): unknown =>
        synthesize((stack) => clusterOf([host], stack, deployment), deployment.path('cdktf.out'));
      expect(literal).toThrow(new RegExp(`^${code}: `));
    },
    SLOW_MS,
  );

  test('an empty host is also refused', async () => {
    const refused = await deployment.terraform.plan({ args: [variableArgument('')] });
    expect(refused.exitCode).toBe(1);
    expect(unwrapped(refused)).toContain('node-name-illegal-host: ');
  });

  test('synth does not report it', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    try {
      await deployment.declare((stack, target) => clusterOf([variable(stack)], stack, target));
      expect(warn.mock.calls).toEqual([]);
    } finally {
      warn.mockRestore();
    }
  });
});

describeReal('hosts that are a Terraform variable, over IPv6', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;

  beforeAll(async () => {
    deployment = await Deployment.create();
    cluster = await deployment.declare((stack, target) =>
      clusterOf([variable(stack)], stack, target, Platform.couchDb({ protoDist: 'inet6_tls' })),
    );
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test(
    'an address is in the certificate in both forms',
    async () => {
      mustSucceed(await deployment.terraform.apply({ args: [variableArgument('2001:db8::7')] }));
      expect(await certificateNames(cluster, 'db1')).toEqual({
        commonName: '2001:db8::7',
        alternativeNames: 'DNS:2001:db8::7, IP Address:2001:DB8:0:0:0:0:0:7',
      });
    },
    SLOW_MS,
  );

  test.each(['::ffff:10.1.2.3', '::FFFF:a01:203', '0:0:0:0:0:ffff:10.1.2.3'])(
    '%s, an IPv4 address in IPv6 notation, is refused by the plan with the code that synth uses',
    async (host) => {
      const refused = await deployment.terraform.plan({ args: [variableArgument(host)] });
      expect(refused.exitCode).toBe(1);
      expect(unwrapped(refused)).toContain('address-ipv4-mapped: ');
      const literal = (): unknown =>
        synthesize(
          (stack) => clusterOf([host], stack, deployment, Platform.couchDb({ protoDist: 'inet6_tls' })),
          deployment.path('cdktf.out'),
        );
      expect(literal).toThrow(/^address-ipv4-mapped: /);
    },
    SLOW_MS,
  );

  test.each(['::10.1.2.3', '::ffff:0:10.1.2.3'])(
    '%s, which only resembles one, is accepted',
    async (host) => {
      expect((await deployment.terraform.plan({ args: [variableArgument(host)] })).exitCode).toBe(2);
    },
    SLOW_MS,
  );

  test('a name is also accepted, and an address of the other IP version is refused', async () => {
    expect((await deployment.terraform.plan({ args: [variableArgument('db1.x.test')] })).exitCode).toBe(2);
    const refused = await deployment.terraform.plan({ args: [variableArgument('10.1.2.3')] });
    expect(refused.exitCode).toBe(1);
    expect(unwrapped(refused)).toContain('node-address-family-mismatch: ');
  });
});

describeReal('a host that Terraform knows only after it creates a resource', () => {
  let deployment: Deployment;

  afterAll(() => deployment?.remove());

  test(
    'is used and checked in the same apply, and needs no change afterwards',
    async () => {
      deployment = await Deployment.create();
      const declare = (address: string): Promise<TlsCluster> =>
        deployment.declare((stack, target) => {
          const host = new DataResource(stack, 'instance', { input: Token.asAny(address) }).getStringAttribute(
            'output',
          );
          return clusterOf([host, `host-${host}.x.test`], stack, target);
        });
      const cluster = await declare('10.1.2.3');
      mustSucceed(await deployment.terraform.apply());
      expect(await certificateNames(cluster, 'db1')).toEqual({
        commonName: '10.1.2.3',
        alternativeNames: 'DNS:10.1.2.3, IP Address:10.1.2.3',
      });
      expect(await certificateNames(cluster, 'db2')).toEqual({
        commonName: 'host-10.1.2.3.x.test',
        alternativeNames: 'DNS:host-10.1.2.3.x.test',
      });
      expect(plannedActions(await deployment.terraform.plan())).toEqual({});

      mustSucceed(await deployment.terraform.destroy());
      await declare('db 1');
      const refused = await deployment.terraform.apply();
      expect(refused.exitCode).toBe(1);
      expect(unwrapped(refused)).toContain('node-name-illegal-host: ');
    },
    SLOW_MS,
  );
});

async function certificateNames(
  cluster: TlsCluster,
  id: string,
): Promise<{ commonName: string; alternativeNames: string }> {
  const file = deliveredAs('node.pem', cluster.clusterNode(id));
  const subject = openssl(['x509', '-in', file, '-noout', '-subject', '-nameopt', 'multiline']);
  const extension = openssl(['x509', '-in', file, '-noout', '-ext', 'subjectAltName']);
  return {
    commonName: /commonName += (.*)/.exec(subject)?.[1] ?? '',
    alternativeNames: extension.split('\n')[1]?.trim() ?? '',
  };
}

function variable(stack: TerraformStack): string {
  return new TerraformVariable(stack, 'host', { type: 'string' }).stringValue;
}

function variableArgument(host: string): string {
  return `-var=host=${host}`;
}

/** By default over IPv4, and with a pattern of nodes that are reached in plain text. */
function clusterOf(
  hosts: readonly string[],
  stack: TerraformStack,
  target: Deployment,
  platform = Platform.couchDb({ plainTextNodes: ['couchdb@search?.x.test'] }),
): TlsCluster {
  return new TlsCluster(stack, 'couch', {
    platform,
    otp: OtpRelease.OTP_25,
    certificateAuthority: { commonName: 'Cluster-CA' },
    nodes: hosts.map((host, index) => ({ name: `couchdb@${host}`, id: `db${index + 1}` })),
    installDirectory: '/etc/couchdb/tls',
    delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
  });
}
