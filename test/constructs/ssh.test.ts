import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  Delivery,
  Identity,
  NodeKey,
  OtpRelease,
  Platform,
  type SshProps,
  SshReload,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { Template } from '../support/stacks/template';

const KEY = `ssh-ed25519 ${'A'.repeat(68)}`;
const OTHER_KEY = `ecdsa-sha2-nistp256 ${'B'.repeat(139)}=`;
const [DB1, DB2] = ['rabbit@db1.x.test', 'rabbit@db2.x.test'];

interface Step {
  readonly connection: Readonly<Record<string, unknown>>;
  readonly inline: readonly [string];
}

interface Installation {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly conditions: readonly string[];
  readonly triggers: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

interface Given {
  readonly ssh?: Partial<SshProps> | ((stack: TerraformStack) => Partial<SshProps>);
  readonly cluster?: Partial<TlsClusterProps> | ((stack: TerraformStack) => Partial<TlsClusterProps>);
}

function installations({ ssh = {}, cluster = {} }: Given = {}): Installation[] {
  const template = Template.of((stack) => {
    const given = typeof ssh === 'function' ? ssh(stack) : ssh;
    new TlsCluster(stack, 'c', {
      platform: Platform.rabbitMq(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: DB1 }, { name: DB2 }],
      installDirectory: '/etc/rabbitmq/tls',
      delivery: Delivery.ssh({ user: 'deploy', hostKeys: [KEY], ...given }),
      ...(typeof cluster === 'function' ? cluster(stack) : cluster),
    });
  });
  return Object.entries(template.resources('terraform_data'))
    .filter(([name]) => name.includes('_Installed'))
    .map(([name, resource]) => {
      const { depends_on, lifecycle, triggers_replace, provisioner } = resource as unknown as {
        depends_on?: string[];
        lifecycle?: { precondition: { condition: string }[] };
        triggers_replace: Record<string, unknown>;
        provisioner: { 'remote-exec': Step }[];
      };
      return {
        name,
        dependsOn: depends_on ?? [],
        conditions: (lifecycle?.precondition ?? []).map(({ condition }) => condition),
        triggers: triggers_replace,
        steps: provisioner.map((step) => step['remote-exec']),
      };
    });
}

const connections = (given: Given = {}): Readonly<Record<string, unknown>>[] =>
  installations(given).map(({ steps }) => steps[0]?.connection ?? {});

/** The first lines of the last step, which say what it does. */
function lastStep(given: Given): string {
  return installations(given)[0]?.steps[2]?.inline[0] ?? '';
}

test('nodes, and the tools on all of their hosts, with the agent of whoever runs Terraform', () => {
  expect(installations().map(({ name, dependsOn }) => [name.replace(/_[0-9A-F]{8}$/, ''), dependsOn])).toEqual([
    ['c_rabbitdb1xtest_Installed', []],
    ['c_rabbitdb2xtest_Installed', []],
    ['c_tools_InstalledOn-rabbitdb1xtest', []],
    ['c_tools_InstalledOn-rabbitdb2xtest', []],
  ]);
  expect(connections()[0]).toEqual({
    ...{ type: 'ssh', host: 'db1.x.test', port: 22, user: 'deploy', agent: 'true', timeout: '300s', host_key: KEY },
    script_path: expect.stringMatching(/^\.\/\.erlang-tls-[0-9a-f]{12}\.sh$/),
  });
});

test('only the step in the middle has secrets, and its path is in the directory that the first one makes', () => {
  const [one] = installations();
  const [begin, bring, finish] = (one?.steps ?? []).map(({ connection, inline }) => ({
    path: String(connection.script_path),
    text: inline[0],
  }));
  expect([begin?.text, finish?.text].filter((text) => text?.includes('private_key'))).toEqual([]);
  expect(bring?.text).toContain('private_key_pem');
  const directory = begin?.path.replace(/\.sh$/, '') ?? '';
  expect([begin?.text.includes(`directory='${directory}'\nlimit='600'`), bring?.path, finish?.path]).toEqual([
    true,
    `${directory}/bring`,
    `${directory}/run`,
  ]);
});

test('no two installations on one host share a directory', () => {
  const paths = installations({ ssh: { host: '{host}' } }).map(({ steps }) => steps[0]?.connection.script_path);
  expect(new Set(paths).size).toBe(4);
});

test('the tools go once to a host with several nodes, and a shared identity too', () => {
  const onOne = { host: '10.0.0.1', port: 2222 };
  const given: Given = {
    ssh: { hosts: { [DB1]: onOne, [DB2]: onOne } },
    cluster: { nodes: [DB1, DB2].map((name) => ({ name, installDirectory: `/etc/${name}` })) },
  };
  const names = (one: Given): string[] => installations(one).map(({ name }) => name.replace(/_[0-9A-F]{8}$/, ''));
  expect(names(given)).toEqual([
    ...['c_rabbitdb1xtest_Installed', 'c_rabbitdb2xtest_Installed'],
    'c_tools_InstalledOn-rabbitdb1xtest',
  ]);
  const otherPort = { host: onOne.host };
  expect(names({ ...given, ssh: { hosts: { [DB1]: onOne, [DB2]: otherPort } } })).toHaveLength(4);
  const identity = Identity.shared({ serverName: 'c.x.test' });
  expect(names({ ssh: given.ssh, cluster: { identity } })).toHaveLength(2);
  expect(names({ ssh: { toolsOn: [DB1, DB1] } })).toHaveLength(3);
});

test('hosts differ from the rest by their ids; the pattern is for the others', () => {
  const hosts = { [DB2]: { host: '10.0.0.2', port: 2222, user: 'root', hostKeys: [OTHER_KEY, KEY] } };
  const ssh = { hosts, host: '{host}.internal', port: 23, toolsOn: [DB2] };
  expect(connections({ ssh })).toMatchObject([
    { host: 'db1.x.test.internal', port: 23, user: 'deploy', host_key: KEY },
    ...Array<object>(2).fill({
      ...{ host: '10.0.0.2', port: 2222, user: 'root' },
      host_key: `${OTHER_KEY}\n@cert-authority [10.0.0.2]:2222 ${KEY}`,
    }),
  ]);
});

test('what nodes share is installed on the hosts of all nodes that are named, and nowhere else', () => {
  const identity = Identity.shared({ serverName: 'rabbit.internal', longNames: true });
  const found = installations({ cluster: { identity } });
  expect(found.map(({ name, steps }) => [name.replace(/_[0-9A-F]{8}$/, ''), steps[0]?.connection.host])).toEqual([
    ['c_shared_InstalledOn-rabbitdb1xtest', 'db1.x.test'],
    ['c_shared_InstalledOn-rabbitdb2xtest', 'db2.x.test'],
    ['c_tools_InstalledOn-rabbitdb1xtest', 'db1.x.test'],
    ['c_tools_InstalledOn-rabbitdb2xtest', 'db2.x.test'],
  ]);
  expect(() => installations({ cluster: { identity, nodes: [] } })).toThrow(
    'ssh-host-unknown: id "shared" has no host',
  );
});

test('the tools may be on a host of their own', () => {
  const ssh = { toolsOn: ['admin'], hosts: { admin: { host: 'admin.x.test' } } };
  expect(installations({ ssh }).map(({ name, steps }) => [name.split('_')[1], steps[0]?.connection.host])).toEqual([
    ['rabbitdb1xtest', 'db1.x.test'],
    ['rabbitdb2xtest', 'db2.x.test'],
    ['tools', 'admin.x.test'],
  ]);
});

test('a bastion has keys of its own, and Terraform gets them for both', () => {
  const bastion = { host: 'jump.x.test', port: 2200, user: 'jump', hostKeys: [OTHER_KEY] };
  expect(connections({ ssh: { bastion } })[0]).toMatchObject({
    ...{ bastion_host: 'jump.x.test', bastion_port: 2200, bastion_user: 'jump', bastion_host_key: OTHER_KEY },
    host_key: `${KEY}\n@cert-authority [jump.x.test]:2200 ${OTHER_KEY}`,
  });
});

test('any host may be trusted, if that is said', () => {
  const [first] = connections({ ssh: { hostKeys: undefined, unsafeAnyHostKey: true } });
  expect(first).not.toHaveProperty('host_key');
});

test('what only Terraform knows is checked by Terraform before it connects', () => {
  const [first] = installations({
    ssh: (stack) => {
      const late = (name: string): string => new TerraformVariable(stack, name, {}).stringValue;
      return {
        hosts: { one: { hostKeys: [late('host_key')] }, [DB2]: {} },
        privateKey: new TerraformVariable(stack, 'ssh_key', { sensitive: true }).stringValue,
      };
    },
    cluster: (stack) => ({
      nodes: [{ id: 'one', name: `rabbit@${new TerraformVariable(stack, 'host', {}).stringValue}` }, { name: DB2 }],
    }),
  });
  expect(first?.steps[0]?.connection).toMatchObject({
    ...{ host: '${var.host}', host_key: '${trimspace(var.host_key)}', private_key: '${var.ssh_key}', agent: 'false' },
  });
  // An empty key would turn the check of the host off.
  expect(first?.conditions).toEqual([
    expect.stringMatching(/^\$\{can\(regex\("\^\[0-9A-Za-z:\].*", var\.host\)\)\}$/),
    expect.stringMatching(/^\$\{can\(regex\("\^\(ssh-ed25519\|.*", trimspace\(var\.host_key\)\)\)\}$/),
  ]);
});

test('one at a time, in the order of the ids, whatever the order of the nodes', () => {
  const chain = (nodes: string[]): (readonly [string, readonly string[]])[] =>
    installations({ ssh: { oneAtATime: true }, cluster: { nodes: nodes.map((name) => ({ name })) } }).map(
      ({ name, dependsOn }) => [name, dependsOn],
    );
  const links = chain([DB2, DB1]);
  expect(links).toEqual(chain([DB1, DB2]));
  const names = links.map(([name]) => `terraform_data.${name}`);
  expect(links.map(([, before]) => before)).toEqual([[], ...names.slice(0, -1).map((name) => [name])]);
});

test('a reload and a health command are for nodes, and not for tools', () => {
  const ssh = { reload: SshReload.ofPlatform(), healthCommand: "check 'it'", healthSeconds: 7, sudo: true };
  expect(lastStep({ ssh })).toContain(
    [
      "sudo='yes'",
      "install_directory='/etc/rabbitmq/tls'",
      "kept=''",
      "is_waiting=''",
      String.raw`reload='rabbitmqctl eval '\''gen_server:call(ssl_pem_cache_dist, {unconditionally_clear_pem_cache, self()}, infinity).'\'''`,
      String.raw`health='check '\''it'\'''`,
      "health_seconds='7'",
    ].join('\n'),
  );
  const tools = installations({ ssh }).find(({ name }) => name.includes('tools'));
  expect(tools?.steps[2]?.inline[0]).toContain("reload=''\nhealth=''\n");
  expect(lastStep({ ssh: { reload: SshReload.command('bin/app rpc x') } })).toContain("reload='bin/app rpc x'\n");
});

test('the script of a node that keeps its key stays on the host, and a node without a certificate makes its request', () => {
  const cluster = { certificates: { key: NodeKey.onNode() } };
  expect(lastStep({ cluster })).toContain(`kept='erlang-tls-${DB1}.sh'\nis_waiting='yes'\n`);
});

test('a label, and nothing else beside the script, makes an installation run again', () => {
  const [labelled, plain] = installations({ ssh: { reinstall: { [DB1]: '2026-11' } } });
  const [before] = installations();
  expect([Object.keys(plain?.triggers ?? {}), labelled?.triggers]).toEqual([
    ['script'],
    { script: before?.triggers.script, reinstall: '2026-11' },
  ]);
  const other = installations({ ssh: { user: 'root', port: 1, sudo: true, reload: SshReload.ofPlatform() } });
  expect(other[0]?.triggers).toEqual(before?.triggers);
});

test('a private key as the default of a variable is refused at synth', () => {
  const typed = (stack: TerraformStack): Partial<SshProps> => ({
    privateKey: new TerraformVariable(stack, 'k', { default: '-----BEGIN OPENSSH PRIVATE KEY-----\nx' }).stringValue,
  });
  expect(() => installations({ ssh: typed })).toThrow('private-key-typed: default of var.k is typed into the program');
});

test('ids that nothing was delivered to are refused at synth', () => {
  const given = { ssh: { hosts: { db2: {}, [DB2]: {} }, reinstall: { db3: 'x' } } };
  expect(() => installations(given)).toThrow(/ssh-id-unknown: hosts "db2" is the id of no host/);
  expect(() => installations(given)).toThrow(/ssh-id-unknown: reinstall "db3" is the id of no host/);
});
