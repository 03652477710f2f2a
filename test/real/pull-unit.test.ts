import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterProps } from 'cdktf-erlang-tls';

import { codesOf } from '../support/cli/run-cli';
import { ErlangCluster, type ErlangNode, type Runtime, Traffic } from '../support/erlang';
import { onAllRuntimes } from '../support/erlang/blocks';
import { readAgain } from '../support/installing/operator';
import { OpenBao } from '../support/issuers/openbao';
import { eventually, newSecond } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import {
  APP,
  bootPulledHost,
  INSTALLED,
  OWNER,
  PULL,
  PULL_PROGRAM,
  STORE,
  TOKEN_FILE,
  userDataOf,
} from '../support/pulling/host';
import { RemoteNode } from '../support/pulling/remote-node';
import { Deployment } from '../support/stacks/deployment';
import { startDeployed } from '../support/stacks/running-cluster';
import type { Machine } from '../support/systemd/machine';
import type { Relay } from '../support/systemd/relay';
import { mustSucceed, plannedActions, prepareOfflineProviders } from '../support/terraform';
import { VAULT } from '../support/terraform/offline-providers';

const SLOW_MS = 180_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const MOUNT = 'erlang';
const STORE_PROPS = { mount: MOUNT, prefix: 'cluster', owner: OWNER, maxVersions: 2 };
const secretOf = (id: string): string => Delivery.vaultKv(STORE_PROPS).secretName(id);

/** The first one is the machine that boots, and the last one is a probe, whose connections are all new. */
const HOSTS = ['db1', 'db2', 'db3', 'probe'].map((name) => `${name}.x.test`);
const NAMES = HOSTS.map((host) => `node@${host}`);
const [PULLED, ...OTHERS] = NAMES as [string, ...string[]];
const ROLE = 'erlang-db1';
const TIMER = 'erlang-tls-pull.timer';
const PROBE = NAMES.at(-1) ?? '';

requires(
  'systemd',
  'cloud-init',
  'curl',
  'jq',
  'bao',
  'terraform',
  'go',
  'erl',
)('a machine that fetches its files from a secret store', () => {
  onAllRuntimes('with OTP 27, in a cluster', (runtimes) => {
    const runtime = (otp: number): Runtime => runtimes.find((one) => one.otp === otp) ?? lost(`OTP ${otp}`);
    let bao: OpenBao;
    let deployment: Deployment;
    let erlang: ErlangCluster;
    let machine: Machine;
    let relay: Relay;
    let identity: string;
    let token: string;
    let cluster: TlsCluster;
    let outside: ErlangNode[];
    let probe: ErlangNode;
    let pulled: RemoteNode;
    let traffic: Traffic;
    /** Lines of every key that the machine had. */
    const secrets: string[][] = [];

    beforeAll(async () => {
      [bao, deployment, erlang] = await Promise.all([
        OpenBao.start(),
        prepareOfflineProviders().then((providers) => Deployment.create(providers)),
        ErlangCluster.create({ hosts: HOSTS }),
      ]);
      await bao.call('POST', `sys/mounts/${MOUNT}`, { type: 'kv', options: { version: '2' } });
      identity = await identityFor(PULLED);
      Object.assign(deployment.terraform.env, bao.env);
      // Due for renewal at the first deploy of now.
      deployment.terraform.env.OFFLINE_PROVIDERS_NOW = new Date(Date.now() - 250 * DAY_MS).toISOString();
      await deploy([CaGeneration.signing('1')]);
      delete deployment.terraform.env.OFFLINE_PROVIDERS_NOW;
      ({ machine, relay } = await bootPulledHost(hostOptions()));
    }, SLOW_MS);

    afterAll(async () => {
      await erlang?.stop();
      await relay?.stop();
      await machine?.stop();
      await bao?.stop();
      await deployment?.remove();
    });

    test(
      'boots to a node that is joined over TLS in both directions',
      async () => {
        await Promise.all(OTHERS.map(pullBeside));
        const start = (name: string, otp: number, moreArgs: readonly string[] = []): Promise<ErlangNode> =>
          startDeployed(erlang, cluster.clusterNode(name), beside(runtime(otp)), { leaveOut: ['mesh'], moreArgs });
        const [db2, db3] = OTHERS as [string, string];
        outside = await Promise.all([start(db2, 25), start(db3, 29)]);
        probe = await start(PROBE, 25, ['-hidden']);
        pulled = new RemoteNode(PULLED, erlang.addressOf(HOSTS[0] ?? ''), outside[0] ?? lost('a node'));
        await eventually('the node of the machine runs', async () =>
          (await outside[0]?.ping(PULLED)) === 'pong' ? true : undefined,
        );
        traffic = await Traffic.start([pulled, ...outside]);
        expect(await pulled.evalText('erlang:system_info(otp_release)')).toBe('27');
        expect(await shown()).toEqual(await toBeShown());
        expect(await machine.booted()).toBe('running');
        token = (await machine.output('cat', [TOKEN_FILE])).trim();
        expect(await machine.shell(`stat --format '%a %U' ${INSTALLED}/node.pem`)).toBe(`600 ${OWNER}\n`);
      },
      SLOW_MS,
    );

    test('is quiet while nothing changes, and touches nothing', async () => {
      const state = `stat --format '%n %i %Z' $(find ${INSTALLED} /var/lib/erlang-tls-pull)`;
      const before = await machine.shell(state);
      const journal = await machine.journal(PULL);
      const asked = bao.asked.length;
      await runs(2);
      expect(await machine.shell(state)).toBe(before);
      expect(await machine.journal(PULL)).toBe(journal);
      expect([...new Set(bao.asked.slice(asked))]).toEqual([`/v1/${MOUNT}/metadata/${secretOf(PULLED)}`]);
    });

    test(
      'takes over a renewed certificate with a new key, without a restart',
      async () => {
        const [before, pid] = [await toBeShown(), await machine.property(APP, 'MainPID')];
        const sample = machine.shell(
          `until [ -e /run/enough ]; do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ || true; done >/run/sample 2>/dev/null`,
        );
        secrets.push(await keyLines());
        expect(await stored()).toContain('PRIVATE KEY');
        await deploy([CaGeneration.signing('1')], { keyGeneration: '2' });
        await installEverywhere();
        secrets.push(await keyLines());
        const after = await toBeShown();
        expect(after[0]).not.toBe(before[0]);
        expect(await shown()).toEqual(after);
        expect(await machine.property(APP, 'MainPID')).toBe(pid);
        await noLoss();
        await machine.output('touch', ['/run/enough']);
        await sample;
        // What every user of a machine can see.
        expect(await filesWith(['--header'], '/run/sample')).toEqual(['/run/sample']);
        expect(await filesWith([token, ...secrets.flat()], '/run/sample')).toEqual([]);
        await machine.output('rm', ['/run/sample']);
      },
      SLOW_MS,
    );

    test(
      'goes through a whole rollover of the CA, and no call is lost',
      async () => {
        const [one, two] = [(id: string) => CaGeneration.trusted(id), (id: string) => CaGeneration.signing(id)];
        for (const generations of [
          [two('1'), one('2')],
          [one('1'), two('2')],
          [CaGeneration.retired('1'), two('2')],
        ]) {
          await deploy(generations, { keyGeneration: '2' });
          await installEverywhere();
          expect(await shown()).toEqual(await toBeShown());
          await noLoss();
        }
        expect(plannedActions(await deployment.terraform.plan())).toEqual({});
        expect(await stored()).not.toContain('PRIVATE KEY');
      },
      SLOW_MS,
    );

    test(
      'stays as it is while answers are cut off or the store is sealed or down, and heals with the next run',
      async () => {
        const before = await toBeShown();
        await machine.output('systemctl', ['stop', TIMER]);
        await deploy([CaGeneration.retired('1'), CaGeneration.signing('2')], { keyGeneration: '3' });
        const nothing = (): Promise<void> => Promise.resolve();
        const faults: [status: string, says: RegExp, begin: () => Promise<void>, end: () => Promise<void>][] = [
          ['75', /transfer closed.*\n.*no complete answer/, answers('cut-off'), nothing],
          ['65', /has no install script/, answers('half'), answers('whole')],
          ['75', /is sealed or in maintenance/, () => bao.seal(), () => bao.unseal()],
          ['75', /no complete answer/, () => bao.closeGate(), () => bao.openGate()],
        ];
        for (const [status, says, begin, end] of faults) {
          await begin();
          expect(await pullOnce()).toEqual({ status, said: expect.stringMatching(says) as string });
          expect(await machine.shell('ls --almost-all /run/erlang-tls-pull 2>/dev/null || true')).toBe('');
          await end();
        }
        const pem = await machine.output('cat', [`${INSTALLED}/node.pem`]);
        expect(new X509Certificate(pem).serialNumber).toBe(before[0]);
        expect((await shown())[0]).toBe(before[0]);
        await noLoss();
        await machine.output('systemctl', ['start', TIMER]);
        await installEverywhere();
        secrets.push(await keyLines());
        expect(await shown()).toEqual(await toBeShown());
        await noLoss();
      },
      SLOW_MS,
    );

    test('says that a token is wrong or has expired, and heals with another one', async () => {
      await machine.output('systemctl', ['stop', TIMER]);
      const expired = await newToken(PULLED, '1s');
      await eventually('it has expired', async () => {
        const answer = await fetch(`${bao.env.VAULT_ADDR}/v1/auth/token/lookup-self`, {
          headers: { 'x-vault-token': expired },
        });
        return answer.status === 403 ? true : undefined;
      });
      const other = await newToken(OTHERS[0] ?? '', '1h');
      for (const refused of ['s.wrong', expired, other]) {
        await machine.shell(`cat >${TOKEN_FILE}`, { input: refused });
        const { status, said } = await pullOnce();
        expect({ status, said }).toEqual({
          status: '77',
          said: expect.stringMatching(/token of this machine is wrong or has expired/) as string,
        });
        expect(said).not.toContain(refused);
      }
      await machine.output('mv', [TOKEN_FILE, `${TOKEN_FILE}.gone`]);
      expect((await pullOnce()).status).toBe('243');
      await machine.output('mv', [`${TOKEN_FILE}.gone`, TOKEN_FILE]);
      await machine.shell(`cat >${TOKEN_FILE}`, { input: token });
      expect(await pullOnce()).toEqual({ status: '0', said: '' });
    });

    test('has its keys and its token in their files alone', async () => {
      expect(secrets.flat().length).toBeGreaterThan(5);
      const places =
        '/etc /run /tmp /var/tmp /var/log /var/lib/cloud /var/lib/erlang-tls-pull /usr/local/sbin /usr/local/lib/erlang-tls /opt/app';
      expect(await filesWith([token], places)).toEqual([TOKEN_FILE]);
      expect(await filesWith(secrets.flat(), places)).toEqual([
        `${INSTALLED}/.erlang-tls/previous/files/node.pem`,
        `${INSTALLED}/node.pem`,
      ]);
      const texts = [
        await machine.journal(),
        await machine.output('systemctl', ['show', PULL, APP]),
        userDataOf(hostOptions()),
      ];
      for (const secret of [token, ...secrets.flat()]) for (const text of texts) expect(text).not.toContain(secret);
      const modes = `stat --format '%a %U %n' ${TOKEN_FILE} /var/lib/erlang-tls-pull`;
      expect(await machine.shell(modes)).toBe(`600 root ${TOKEN_FILE}\n700 root /var/lib/erlang-tls-pull\n`);
      expect((await machine.run('runuser', ['-u', OWNER, '--', 'cat', TOKEN_FILE])).status).toBe(1);
    });

    /** Lines that every form of the key in the machine's files has. */
    async function keyLines(): Promise<string[]> {
      const pem = await machine.output('cat', [`${INSTALLED}/node.pem`]);
      const [, key = lost('a key')] = /-----BEGIN PRIVATE KEY-----\n([^-]+)-----END/.exec(pem) ?? [];
      return key.trim().split('\n');
    }

    /** Those files of the machine that have one of the texts. */
    async function filesWith(texts: readonly string[], places: string): Promise<string[]> {
      const script = `grep --recursive --files-with-matches --fixed-strings --no-messages --file=- ${places} || true`;
      return (await machine.shell(script, { input: texts.join('\n') })).split('\n').filter(Boolean).sort();
    }

    /** Waits until the timer has started the unit so many times more. */
    async function runs(count: number): Promise<void> {
      const starts = new Set<string>();
      await eventually(`${count} runs`, async () => {
        starts.add(await machine.property(PULL, 'ExecMainExitTimestampMonotonic'));
        return starts.size > count ? true : undefined;
      });
    }

    /** Runs the unit, whose timer is stopped, and gives its status and what it said. */
    async function pullOnce(): Promise<{ status: string; said: string }> {
      const before = await machine.journal(PULL);
      await machine.run('systemctl', ['start', PULL]);
      await machine.output('journalctl', ['--sync']);
      const said = (await machine.journal(PULL)).slice(before.length);
      return { status: await machine.property(PULL, 'ExecMainStatus'), said };
    }

    function answers(how: OpenBao['secrets']): () => Promise<void> {
      return () => {
        bao.secrets = how;
        return Promise.resolve();
      };
    }

    /** The timer of the machine does it there, and this test does it for the others. */
    async function installEverywhere(): Promise<void> {
      await Promise.all(OTHERS.map(pullBeside));
      for (const node of [...outside, probe]) await readAgain(node);
      const { current_version: version } = await bao.call('GET', `${MOUNT}/metadata/${secretOf(PULLED)}`);
      await eventually(`version ${String(version)} is installed`, async () => {
        const { stdout } = await machine.run('cat', ['/var/lib/erlang-tls-pull/installed']);
        return stdout.includes(` ${String(version)} `) ? true : undefined;
      });
    }

    async function noLoss(): Promise<void> {
      await traffic.flows();
      expect(await traffic.losses()).toEqual([]);
    }

    function hostOptions(): Parameters<typeof bootPulledHost>[0] {
      return {
        ...{ runtime: runtime(27), erlang, name: PULLED, hosts: HOSTS, identity, role: ROLE, mount: MOUNT },
        ...{ secret: secretOf(PULLED), storePort: () => bao.gatePort },
      };
    }

    /** May log in, as a machine does with what its cloud says of it, and then read the script of that node. */
    async function identityFor(name: string): Promise<string> {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      await allow(name);
      await bao.call('POST', 'sys/auth/jwt', { type: 'jwt' });
      const pubkey = publicKey.export({ type: 'spki', format: 'pem' });
      await bao.call('POST', 'auth/jwt/config', { jwt_validation_pubkeys: [pubkey], jwt_supported_algs: ['ES256'] });
      await bao.call('POST', `auth/jwt/role/${ROLE}`, {
        ...{ role_type: 'jwt', user_claim: 'sub', bound_audiences: ['vault'], bound_subject: 'i-db1' },
        ...{ token_policies: [name], token_ttl: '1h' },
      });
      const now = Math.floor(Date.now() / 1000);
      const claims = { sub: 'i-db1', aud: 'vault', iat: now, exp: now + 3600 };
      const parts = [{ alg: 'ES256', typ: 'JWT' }, claims].map((one) =>
        Buffer.from(JSON.stringify(one)).toString('base64url'),
      );
      const signature = sign('sha256', Buffer.from(parts.join('.')), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return [...parts, signature.toString('base64url')].join('.');
    }

    /** The script of that node and no other. */
    async function allow(name: string): Promise<void> {
      const rules = ['data', 'metadata'].map(
        (part) => `path "${MOUNT}/${part}/${secretOf(name)}" { capabilities = ["read"] }`,
      );
      await bao.call('PUT', `sys/policies/acl/${name}`, { policy: rules.join('\n') });
    }

    async function newToken(name: string, ttl: string): Promise<string> {
      await allow(name);
      const { client_token } = await bao.call('POST', 'auth/token/create', { policies: [name], ttl });
      return String(client_token);
    }

    /** The first deploy keeps the scripts in the state, and the later ones write them only. */
    async function deploy(generations: CaGeneration[], certificates?: TlsClusterProps['certificates']): Promise<void> {
      await newSecond();
      cluster = await deployment.declare((stack) => {
        stack.addOverride('terraform.required_providers.vault', { source: 'hashicorp/vault', version: VAULT });
        stack.addOverride('provider.vault', [{}]);
        return new TlsCluster(stack, 'c', {
          platform: Platform.erl(),
          otp: OtpRelease.OTP_25,
          nodes: NAMES.map((name) => ({ name, installDirectory: directoryOf(name) })),
          installDirectory: deployment.path('nodes', 'tools'),
          certificates,
          certificateAuthority: { generations, rollover: { settleMinutes: 0 } },
          delivery: Delivery.vaultKv({ ...STORE_PROPS, writeOnly: certificates !== undefined }),
        });
      });
      const { planFile, json } = mustSucceed(await deployment.terraform.plan());
      writeFileSync(deployment.path('plan.json'), JSON.stringify(json), { mode: 0o600 });
      expect(await codesOf(['check-plan', '--fail-on=warning', deployment.path('plan.json')])).toEqual([]);
      mustSucceed(await deployment.terraform.apply({ planFile }));
    }

    /** What the state has of the secrets. */
    async function stored(): Promise<string> {
      const { values } = await deployment.terraform.show();
      const secretsThere = values?.root_module.resources?.filter(({ type }) => type === 'vault_kv_secret_v2') ?? [];
      expect(secretsThere).toHaveLength(NAMES.length + 1);
      return JSON.stringify(secretsThere);
    }

    function directoryOf(name: string): string {
      return name === PULLED ? INSTALLED : deployment.path('nodes', name);
    }

    /** A runtime on the network of the machine. */
    function beside({ erl, ...rest }: Runtime): Runtime {
      const program = join(erlang.directory, `erl-${rest.otp}`);
      writeFileSync(program, `#!/bin/sh\nexec nsenter ${machine.beside.join(' ')} ${erl} "$@"\n`);
      chmodSync(program, 0o755);
      return { ...rest, erl: program };
    }

    /** Runs the program on this system, as cron would. */
    async function pullBeside(name: string): Promise<void> {
      const directory = (what: string): string => {
        const path = deployment.path('pull', what, name);
        mkdirSync(path, { recursive: true, mode: 0o700 });
        return path;
      };
      const credentials = directory('credentials');
      writeFileSync(join(credentials, 'vault-token'), bao.env.VAULT_TOKEN, { mode: 0o600 });
      await promisify(execFile)('sh', [PULL_PROGRAM], {
        env: {
          ...{ PATH: process.env.PATH, VAULT_ADDR: bao.env.VAULT_ADDR, KV_MOUNT: MOUNT, KV_NAME: secretOf(name) },
          ...{ RELOAD: 'true', CREDENTIALS_DIRECTORY: credentials, STORE },
          ...{ RUNTIME_DIRECTORY: directory('run'), STATE_DIRECTORY: directory('state') },
        },
      });
    }

    /** What a fresh connection shows of the machine's node, and of the probe when that node dials it. */
    async function shown(): Promise<string[]> {
      const connections = [await probe.dial(pulled), await pulled.dial(probe)];
      return connections.map((one) => (one.kind === 'tls' ? (one.peerCertificate?.serialNumber ?? 'none') : one.kind));
    }

    async function toBeShown(): Promise<string[]> {
      const pem = await machine.output('cat', [`${INSTALLED}/node.pem`]);
      return [pem, readFileSync(join(directoryOf(PROBE), 'node.pem'), 'utf8')].map(
        (one) => new X509Certificate(one).serialNumber,
      );
    }
  });
});

function lost(what: string): never {
  throw new Error(`${what} is not there`);
}
