import { statSync } from 'node:fs';

import { CaGeneration } from 'cdktf-erlang-tls';

import { withCluster } from '../support/erlang';
import { onAllRuntimes } from '../support/erlang/blocks';
import { eventually } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { KEEPER, NAMES, PROBE, SshCluster } from '../support/ssh/ssh-cluster';
import { ADDRESS, type SshHost, withSshHosts } from '../support/ssh/ssh-hosts';
import { watched } from '../support/ssh/watch';
import { Deployment } from '../support/stacks/deployment';
import { mustSucceed, type PlanResult, prepareOfflineProviders, unwrapped } from '../support/terraform';

const SLOW_MS = 300_000;
const [DB1, DB2, DB3] = NAMES;
const HOSTS = [...NAMES, PROBE].map((name) => name.slice('node@'.length));
const CLEAN_MS = 30_000;

requires(
  'terraform',
  'go',
  'erl',
  'sshd',
)('files that Terraform installs over ssh', () => {
  onAllRuntimes('on nodes that call each other', (runtimes) => {
    test(
      'are installed, rolled over and live at once, whatever happens to a host, a connection or a script',
      async () => {
        const providers = await prepareOfflineProviders();
        const deployment = await Deployment.create(providers);
        const elsewhere = await Deployment.create(providers);
        try {
          await withCluster({ hosts: HOSTS }, (erlang) =>
            withSshHosts(deployment.terraform.path, ['db1', 'db2', 'db3'], (hosts, user) =>
              walk(new SshCluster(deployment, erlang, hosts, user, runtimes), elsewhere),
            ),
          );
        } finally {
          await deployment.remove();
          await elsewhere.remove();
        }
      },
      SLOW_MS,
    );
  });
});

async function walk(cluster: SshCluster, elsewhere: Deployment): Promise<void> {
  await firstDeploy(cluster);
  await heal(cluster);
  const fresh = await cluster.planElsewhere(elsewhere);
  expect([fresh.exitCode, fresh.stderr]).toEqual([0, '']);

  await cluster.start();
  const first = cluster.installed();
  const trust = await cluster.take({ generations: [CaGeneration.signing('1'), CaGeneration.trusted('2')] });
  expect(trust).not.toContain('PRIVATE KEY');
  await signAnew(cluster);
  expect(cluster.installed()).not.toEqual(first);
  // At once, and not after two minutes.
  expect(await cluster.shown()).toEqual(cluster.installed());

  await retireUnderFaults(cluster);
  expect(await cluster.shown()).toEqual(cluster.installed());
  const { json } = await cluster.plan({ ssh: { reinstall: { [DB2]: 'rebuilt' } } });
  expect(changed(json)).toEqual([cluster.address(DB2)]);
  expect((await cluster.plan()).exitCode).toBe(0);
  await cluster.nothingIsLost();
  await Promise.all(cluster.hosts.map(becomesClean));
}

/** One host is down, and another one is not the one that was meant. */
async function firstDeploy(cluster: SshCluster): Promise<void> {
  const [one, two, three] = cluster.trio;
  await two.down();
  const impostor = { ...cluster.placeOf(2), hostKeys: one.publicKeys };
  const { applied } = await cluster.apply({ ssh: { hosts: { ...cluster.places(), [DB3]: impostor } } });
  expect(applied.exitCode).toBe(1);
  const said = unwrapped(applied);
  expect(said).toMatch(errorAt(cluster.address(DB2), 'dial tcp [\\d.:]+ connect: connection refused'));
  expect(said).toMatch(errorAt(cluster.address(DB3), 'ssh: handshake failed: knownhosts: key mismatch'));
  expect(said).not.toContain(`with ${cluster.address(DB1)},`);
  expect([three.log.includes('Accepted publickey'), three.homeFiles()]).toEqual([false, []]);
  expect(statSync(cluster.directory(DB1)).isDirectory()).toBe(true);

  // A node that keeps its key has made its request, and keeps its script, which has no secret.
  expect(applied.stdout).toContain('BEGIN CERTIFICATE REQUEST');
  for (const id of [KEEPER, 'tools']) {
    const script = `/home/deploy/erlang-tls-${id}.sh`;
    expect(statSync(one.path(script)).mode & 0o777).toBe(0o700);
    cluster.handIn(id, await one.output('sh', [script, '--request']));
  }
}

/** The next apply goes on. One host is behind another one. */
async function heal(cluster: SshCluster): Promise<void> {
  const [one, two, three] = cluster.trio;
  await two.up();
  // Of one type: Terraform compares the bastion with the first key of each host, too.
  const bastion = { host: ADDRESS, port: one.port, hostKeys: one.publicKeys.filter((key) => key.startsWith('ecdsa-')) };
  const { json, planFile } = await cluster.plan({ ssh: { bastion } });
  const healed = [cluster.address(DB2), cluster.address(DB3)];
  expect(changed(json).filter((address) => address.includes('_Installed_') && address.includes('.c_'))).toEqual(healed);
  const secrets = await cluster.secrets();
  const { result, seen } = await watched(
    { secrets, directories: [cluster.deployment.path('tmp')], hosts: cluster.hosts },
    cluster.deployment.terraform.apply({ planFile }),
  );
  const { stdout, stderr } = mustSucceed(result);
  expect({ ...seen, closed: seen.closed.length > 0 }).toEqual({ arguments: [], files: [], closed: true });
  expect(secrets.filter((secret) => `${stdout}${stderr}`.includes(secret))).toEqual([]);
  const kept = await cluster.kept();
  expect([kept.includes('BEGIN CERTIFICATE'), secrets.filter((secret) => kept.includes(secret))]).toEqual([true, []]);
  // Seen from there, the connection came from the bastion, which has opened it for the user.
  expect(three.log).toContain('Accepted publickey for deploy');
  expect(cluster.certified(KEEPER)).toBe(true);
}

/** Hosts take their turns, and a node has to be well before the next one. */
async function signAnew(cluster: SshCluster): Promise<void> {
  const stdout = await cluster.take({
    generations: [CaGeneration.trusted('1'), CaGeneration.signing('2')],
    ssh: { oneAtATime: true, healthCommand: 'test -e /home/well || { touch /home/well; exit 1; }', healthSeconds: 20 },
  });
  const order = [...stdout.matchAll(/^(\S+_Installed_\S+): (Provisioning|Creation complete)/gm)]
    .map(([, address, what = '']) => `${address ?? ''} ${what}`)
    .filter((line) => line.includes('.c_'));
  const steps = [DB1, DB2, DB3].flatMap((name) => {
    const address = cluster.address(name);
    return [...Array<string>(3).fill(`${address} Provisioning`), `${address} Creation complete`];
  });
  expect(order.filter((line) => !line.startsWith(cluster.address(PROBE)))).toEqual(steps);
}

/** In the same deploy, a connection is cut, a script is killed and a disk is full. Each fails its own resource, and the next apply goes on. */
async function retireUnderFaults(cluster: SshCluster): Promise<void> {
  const [one, two, three] = cluster.trio;
  const generations = [CaGeneration.retired('1'), CaGeneration.signing('2')];
  await Promise.all(cluster.hosts.map(becomesClean));
  await three.fill(12_000);
  const faults = [one.cutBeforeInstallation(), two.killInstallation()];
  const { applied, found } = await cluster.apply({ generations });
  await Promise.all(faults);
  expect([applied.exitCode, found]).toEqual([1, []]);
  const said = unwrapped(applied);
  expect(said).toMatch(errorAt(cluster.address(DB1), '(connection refused|without exit status)'));
  expect(said).toMatch(errorAt(cluster.address(DB2), 'error executing'));
  expect(said).toMatch(errorAt(cluster.address(DB3), 'Failed to upload script'));
  // Whatever was left of the script is removed, though nobody came back for it.
  await one.up();
  await Promise.all(cluster.hosts.map(becomesClean));
  await cluster.nothingIsLost();
  await three.makeRoom();
  await cluster.take({ generations }, ['delivery-unfinished']);
}

async function becomesClean(host: SshHost): Promise<void> {
  const isClean = (): true | undefined => (host.remains().length === 0 ? true : undefined);
  await eventually(`nothing is left on ${host.name}`, isClean, CLEAN_MS).catch(() => undefined);
  expect([host.name, host.remains()]).toEqual([host.name, []]);
}

function errorAt(address: string, words: string): RegExp {
  return new RegExp(`with ${address.replaceAll('.', '\\.')}, (?:(?!with \\w+\\.).)*${words}`);
}

function changed(json: PlanResult['json']): string[] {
  return (json?.resource_changes ?? [])
    .filter(({ change }) => change.actions.join() !== 'no-op')
    .map(({ address }) => address);
}
