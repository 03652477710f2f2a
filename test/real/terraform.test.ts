import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import {
  CertificateAuthority,
  Delivery,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  SslDist,
  SslDistOptFile,
  TlsCluster,
  type TlsClusterNodeProps,
  VmArgs,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { openssl } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { addressOf, deliveredAs, Deployment, modeOf } from '../support/stacks/deployment';
import { present } from '../support/stacks/present';
import { mustSucceed, plannedActions, prepareOfflineProviders } from '../support/terraform';

/** A test is some Terraform commands of half a second each, on a machine that may be busy. */
const SLOW_MS = 120_000;

const NODES = ['db1', 'db2', 'db3'].map((name) => ({ name: `couchdb@${name}.x.test` }));

describeWithTerraform('a cluster under Terraform', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;
  let applyOutput: string;

  beforeAll(async () => {
    deployment = await Deployment.create();
    cluster = await deployment.declare(clusterOf(NODES));
    applyOutput = outputOf(mustSucceed(await deployment.terraform.apply()));
  }, SLOW_MS);

  beforeEach(() => deployment.declare(clusterOf(NODES)));

  afterAll(() => deployment?.remove());

  test('has an empty second plan', async () => {
    const plan = await deployment.terraform.plan();
    expect(plannedActions(plan)).toEqual({});
    expect(plan.exitCode).toBe(0);
  });

  test('makes keys and directories private to their owner, and everything else readable', async () => {
    const modes = await Promise.all(
      filesOf(cluster).map(async (file) => [nameIn(deployment, file), await modeOf(file)]),
    );
    expect(Object.fromEntries(modes)).toEqual({
      ...Object.fromEntries(NODES.flatMap(({ name }) => nodeModes(name))),
      'tools/ca.pem': '0644',
      'tools/tool.pem': '0600',
      'tools/remsh.conf': '0644',
    });
    const directories = [deployment.outputDirectory, ...new Set(filesOf(cluster).map((file) => dirname(file)))];
    expect(new Set(await Promise.all(directories.map(modeOf)))).toEqual(new Set(['0700']));
  });

  test('has no private key in its configuration or in the output of plan and apply', async () => {
    expect(await readFile(deployment.path('cdk.tf.json'), 'utf8')).not.toMatch(/PRIVATE KEY/);
    expect(applyOutput).toMatch(/Apply complete!/);
    expect(applyOutput).not.toMatch(/PRIVATE KEY/);
    const replaced = await deployment.terraform.plan({ args: ['-replace', addressOf(keyOf('db1'))] });
    expect(outputOf(replaced)).toMatch(/forces replacement/);
    expect(outputOf(replaced)).not.toMatch(/PRIVATE KEY/);
  });

  test(
    'restores a deleted file and an edited one, and changes nothing else',
    async () => {
      const edited = deliveredAs('couch_dist.conf', nodeOf('db1'));
      const deleted = deliveredAs('node.pem', nodeOf('db2'));
      const before = await contentsOf(cluster);
      await writeFile(edited, '[].');
      await rm(deleted);
      expect(plannedActions(await deployment.terraform.plan())).toEqual({
        [addressOf(fileOf('couch_dist.conf', 'db1'))]: 'create',
        [addressOf(fileOf('node.pem', 'db2'))]: 'create',
      });
      mustSucceed(await deployment.terraform.apply());
      expect(await contentsOf(cluster)).toEqual(before);
      expect(await modeOf(deleted)).toBe('0600');
    },
    SLOW_MS,
  );

  test('adds only its own files for a new node', async () => {
    const more = await deployment.declare(clusterOf([...NODES, { name: 'couchdb@db4.x.test' }]));
    const created = resourcesOf(more, 'couchdb@db4.x.test').map(addressOf);
    expect(created).toHaveLength(7);
    expect(plannedActions(await deployment.terraform.plan())).toEqual(all('create', created));
  });

  test('deletes only its own files for a removed node', async () => {
    const deleted = resourcesOf(cluster, 'couchdb@db2.x.test').map(addressOf);
    await deployment.declare(clusterOf(NODES.filter(({ name }) => name !== 'couchdb@db2.x.test')));
    expect(plannedActions(await deployment.terraform.plan())).toEqual(all('delete', deleted));
  });

  test('does not change with the order of its nodes', async () => {
    await deployment.declare(clusterOf([...NODES].reverse()));
    expect(plannedActions(await deployment.terraform.plan())).toEqual({});
  });

  test('replaces the key, the certificate and the file with both for another key algorithm', async () => {
    const [first, ...others] = NODES as [TlsClusterNodeProps, ...TlsClusterNodeProps[]];
    await deployment.declare(clusterOf([{ ...first, keyAlgorithm: KeyAlgorithm.ECDSA_P384 }, ...others]));
    const { privateKeyResource, requestResource, issuedResources } = present(nodeOf('db1').certificate);
    const replaced = [privateKeyResource, requestResource, ...issuedResources, fileOf('node.pem', 'db1')];
    expect(plannedActions(await deployment.terraform.plan())).toEqual(all('replace', replaced.map(addressOf)));
  });

  test('adopts another renewal time without a new certificate', async () => {
    const [first, ...others] = NODES as [TlsClusterNodeProps, ...TlsClusterNodeProps[]];
    await deployment.declare(clusterOf([{ ...first, earlyRenewalHours: 24 }, ...others]));
    expect(plannedActions(await deployment.terraform.plan())).toEqual(
      all('update', present(nodeOf('db1').certificate).issuedResources.map(addressOf)),
    );
  });

  test(
    'leaves nothing after destroy, which prints no key',
    async () => {
      const destroyed = mustSucceed(await deployment.terraform.destroy());
      expect(outputOf(destroyed)).not.toMatch(/PRIVATE KEY/);
      expect(await deployment.terraform.stateList()).toEqual([]);
      const left = await readdir(deployment.outputDirectory, { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => !entry.isDirectory())).toEqual([]);
    },
    SLOW_MS,
  );

  function nodeOf(host: string): TlsCluster['nodes'][number] {
    return cluster.clusterNode(`couchdb@${host}.x.test`);
  }

  function keyOf(host: string): Construct {
    return present(nodeOf(host).certificate).privateKeyResource;
  }

  function fileOf(name: string, host: string): Construct {
    const { files, delivered } = nodeOf(host);
    const resource = delivered.resources[files.findIndex(({ path }) => path.endsWith(`/${name}`))];
    if (resource === undefined) throw new Error(`no resource for ${name}`);
    return resource;
  }
});

describeWithTerraform('a certificate that is due for renewal', () => {
  let deployment: Deployment;

  afterAll(() => deployment?.remove());

  test(
    'is renewed with a third of its validity left, and only that node’s file changes',
    async () => {
      // Only these let the time be moved.
      deployment = await Deployment.create(await prepareOfflineProviders());
      deployment.terraform.env.OFFLINE_PROVIDERS_NOW = '2030-01-01T00:00:00Z';
      const [first, ...others] = NODES as [TlsClusterNodeProps, ...TlsClusterNodeProps[]];
      const cluster = await deployment.declare(clusterOf([{ ...first, validityHours: 30 }, ...others]));
      mustSucceed(await deployment.terraform.apply());

      deployment.terraform.env.OFFLINE_PROVIDERS_NOW = '2030-01-01T19:59:59Z';
      expect(plannedActions(await deployment.terraform.plan())).toEqual({});

      deployment.terraform.env.OFFLINE_PROVIDERS_NOW = '2030-01-01T20:00:00Z';
      const { certificate, delivered } = cluster.clusterNode(first.name);
      const bundle = delivered.resources.filter((resource) => resource.node.id === 'node.pem');
      const renewed = [...present(certificate).issuedResources, ...bundle].map(addressOf);
      expect(renewed).toHaveLength(2);
      expect(plannedActions(await deployment.terraform.plan())).toEqual(all('replace', renewed));
      mustSucceed(await deployment.terraform.apply());
      expect(plannedActions(await deployment.terraform.plan())).toEqual({});
    },
    SLOW_MS,
  );
});

/** What Terraform, Erlang, JSON and a shell would each take for something else. */
const HOSTILE = 'a ${x} %{y} $${z} %%{w} "q" \'s\' #h \\b café 日本 🦕 $(id) `id`';

describeWithTerraform('text that looks like a template, a quote or an escape', () => {
  let deployment: Deployment;

  afterAll(() => deployment?.remove());

  test(
    'reaches files, file names and certificates byte for byte',
    async () => {
      deployment = await Deployment.create();
      const declared = await deployment.declare((stack, target) => {
        const directory = `/etc/${HOSTILE}`;
        const caName = 'CA ${x} %{y} "q" \\b é';
        const ca = new CertificateAuthority(stack, 'ca', { commonName: caName });
        const optionFile = new SslDistOptFile(stack, 'options', {
          path: `${directory}/ssl_dist.conf`,
          otp: OtpRelease.OTP_25,
          certfile: `${directory}/node.pem`,
          cacertfile: `${directory}/ca.pem`,
        });
        const vmArgs = new VmArgs(stack, 'flags', {
          path: `${directory}/vm.args`,
          otp: OtpRelease.OTP_25,
          sslDist: SslDist.optFile(optionFile.path),
          flags: [{ name: 'hostile', values: [HOSTILE, '', '\n', '"\'"\'', '${', '%{', '$$${', '${{{'] }],
        });
        const bundle = { path: `${directory}/ca.pem`, content: ca.trust.bundlePem, mode: '0644', sensitive: false };
        const delivery = Delivery.localFiles({ outputDirectory: target.path(HOSTILE.replaceAll('/', '')) });
        const files = [optionFile.file, vmArgs.file, bundle];
        const { outputs } = delivery.bind(stack, { nodeId: 'node', installDirectory: directory, files });
        return { caName, texts: [optionFile.text, vmArgs.text], outputs };
      });
      mustSucceed(await deployment.terraform.apply());

      const [options, flags, bundle] = declared.outputs as [string, string, string];
      expect(options).toContain(HOSTILE);
      expect(await Promise.all([options, flags].map((file) => readFile(file, 'utf8')))).toEqual(declared.texts);
      expect(openssl(['x509', '-in', bundle, '-noout', '-subject', '-nameopt', 'utf8,sep_multiline'])).toContain(
        `CN=${declared.caName}`,
      );
      expect(plannedActions(await deployment.terraform.plan())).toEqual({});
    },
    SLOW_MS,
  );
});

function describeWithTerraform(title: string, define: () => void): void {
  requires('terraform', 'go', 'openssl')(title, define);
}

function clusterOf(nodes: readonly TlsClusterNodeProps[]): (stack: Construct, target: Deployment) => TlsCluster {
  return (stack, target) =>
    new TlsCluster(stack, 'couch', {
      platform: Platform.couchDb({ plainTextNodes: ['clouseau@127.0.0.1'] }),
      otp: OtpRelease.OTP_27,
      nodes: [...nodes],
      installDirectory: '/etc/couchdb/tls',
      delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
    });
}

/** Every resource of a node. */
function resourcesOf(cluster: TlsCluster, nodeName: string): Construct[] {
  const { certificate, delivered } = cluster.clusterNode(nodeName);
  const { privateKeyResource, requestResource, issuedResources } = present(certificate);
  return [privateKeyResource, requestResource, ...issuedResources, ...delivered.resources];
}

function filesOf({ nodes, tools }: TlsCluster): string[] {
  return [...nodes.map(({ delivered }) => delivered), ...(tools === undefined ? [] : [tools.delivered])].flatMap(
    ({ outputs }) => outputs,
  );
}

async function contentsOf(cluster: TlsCluster): Promise<Record<string, string>> {
  const contents = filesOf(cluster).map(async (file) => [file, await readFile(file, 'utf8')]);
  return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
}

function nodeModes(id: string): [string, string][] {
  return [
    [`${id}/ca.pem`, '0644'],
    [`${id}/node.pem`, '0600'],
    [`${id}/couch_dist.conf`, '0644'],
    [`${id}/vm.args`, '0644'],
  ];
}

function nameIn(deployment: Deployment, file: string): string {
  return file.slice(deployment.outputDirectory.length + 1);
}

function all<T>(action: T, addresses: readonly string[]): Record<string, T> {
  return Object.fromEntries(addresses.map((address) => [address, action]));
}

function outputOf({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return stdout + stderr;
}
