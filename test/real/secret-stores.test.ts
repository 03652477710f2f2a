/** What Terraform computes for each store is a script that a machine fetches, puts together and runs: with stores that only answer as the real ones. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { App, TerraformStack, Testing } from 'cdktf';
import { Delivery, OtpRelease, Platform, type SecretStore, TlsCluster } from 'cdktf-erlang-tls';

import { requires } from '../support/programs/requires';
import { argumentsOf, withoutStores } from '../support/secret-stores/pretended';
import { awsCli, MACHINE_TOKEN, type Stored, StoreServer } from '../support/secret-stores/stand-ins';
import {
  mustSucceed,
  prepareProviders,
  type ProgramResult,
  runProgram,
  TerraformDirectory,
} from '../support/terraform';

const SLOW_MS = 120_000;
const HOST = join(__dirname, '../../examples/secret-stores/host');
const NODE = 'my_app@db1.x.test';

interface Store {
  readonly type: string;
  readonly value: string;
  readonly make: () => SecretStore;
  readonly env: (name: string, url: string) => Readonly<Record<string, string>>;
}

const STORES: Readonly<Record<string, Store>> = {
  'aws-parameter-store': {
    type: 'aws_ssm_parameter',
    value: 'value',
    make: () => Delivery.awsParameterStore({ prefix: '/erlang/app' }),
    env: (name) => ({ PARAMETER: name }),
  },
  'aws-secrets-manager': {
    type: 'aws_secretsmanager_secret_version',
    value: 'secret_string',
    make: () => Delivery.awsSecretsManager({ prefix: 'erlang/app' }),
    env: (name) => ({ SECRET_ID: name }),
  },
  'google-secret-manager': {
    type: 'google_secret_manager_secret_version',
    value: 'secret_data',
    make: () => Delivery.googleSecretManager({ prefix: 'app' }),
    env: (name, url) => ({ SECRET_ID: name, PROJECT: 'p', METADATA: url, SECRETS: url }),
  },
  'azure-key-vault': {
    type: 'azurerm_key_vault_secret',
    value: 'value',
    make: () => Delivery.azureKeyVault({ prefix: 'app', keyVaultId: 'k' }),
    env: (name, url) => ({ SECRET_NAME: name, VAULT_URL: url, METADATA: url }),
  },
  vault: {
    type: 'vault_kv_secret_v2',
    value: 'data_json',
    make: () => Delivery.vaultKv({ prefix: 'erlang/app', mount: 'secret' }),
    env: (name, url) => ({ VAULT_ADDR: url, KV_MOUNT: 'secret', KV_NAME: name }),
  },
};

const NAMES = Object.keys(STORES);

function storeOf(name: string): Store {
  return STORES[name] ?? lost(name);
}

function lost(name: string): never {
  throw new Error(`${name} is not there`);
}

requires(
  'terraform',
  'go',
  'curl',
  'jq',
)('secret stores', () => {
  let terraform: TerraformDirectory;
  let configuration: string;

  beforeAll(async () => {
    terraform = await TerraformDirectory.create(await prepareProviders());
    configuration = configurationFor((name) => terraform.path + `/etc/${name}`);
    await terraform.write(configuration);
    mustSucceed(await terraform.init());
    mustSucceed(await terraform.apply());
  }, SLOW_MS);

  afterAll(() => terraform?.remove());

  test('a script that turns out to be too large is refused by the plan, which does not show it', async () => {
    try {
      await terraform.write(configuration.replace(/(<= )\d+/g, '$110'));
      const { exitCode, stderr } = await terraform.plan();
      expect(exitCode).toBe(1);
      expect(stderr).toContain('script-too-large: script of my_app@db1.x.test');
      // Of the node and of the tools.
      expect(stderr.match(/^.*Error: Resource precondition failed$/gm)).toHaveLength(2 * NAMES.length);
      expect(stderr).not.toContain('-----BEGIN');
    } finally {
      await terraform.write(configuration);
    }
  });

  test('a script that was cut off does nothing, wherever it was cut', async () => {
    const { type, value } = storeOf('aws-secrets-manager');
    const [one] = argumentsOf(await terraform.show(), type);
    const script = String(one?.[value]);
    const file = join(terraform.path, 'whole');
    writeFileSync(file, script);
    const lines = [...script.matchAll(/\n/g)].map(({ index }) => index + 1).slice(0, -1);
    // Without its last line break, it is whole.
    const bytes = Array.from({ length: 150 }, (_, back) => script.length - 2 - back);
    const loop = 'file=$1; shift; for n; do head -c "$n" "$file" | sh -s; echo "$?"; done';
    const cuts = [...lines, ...bytes].map(String);
    expect(cuts.length).toBeGreaterThan(500);
    const { stdout } = await runProgram('sh', ['-c', loop, 'cuts', file, ...cuts]);
    expect(new Set(stdout.trim().split('\n'))).toEqual(new Set(['0', '2']));
    const whole = await runProgram('sh', [
      '-c',
      'head -c "$2" "$1" | sh -s -- --check',
      'whole',
      file,
      `${script.length - 1}`,
    ]);
    expect(whole).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^would be put into place: /) as string });
  });

  describe.each(NAMES)('%s', (name) => {
    let texts: Map<string, string>;
    let secret: string;
    let stored: Stored;
    let server: StoreServer;
    let directory: string;

    beforeAll(async () => {
      const { type, value, make } = storeOf(name);
      const secrets = argumentsOf(await terraform.show(), type);
      secret = make().secretName(NODE);
      // The version of a secret has no name of its own.
      const isVersion = secrets.some((one) => one.name === undefined);
      const ofNode = secrets.filter((one) => String(one[value]).includes(`# The TLS files of ${NODE},`));
      texts = new Map(
        (isVersion ? ofNode : secrets).map((one) => [isVersion ? secret : String(one.name), String(one[value])]),
      );
      stored = { texts, version: 1 };
      server = await StoreServer.start(stored);
      directory = join(terraform.path, name);
      mkdirSync(directory);
      awsCli(directory, stored);
      writeFileSync(join(directory, 'vault-token'), MACHINE_TOKEN);
    });

    afterAll(() => server?.stop());

    function pull(): Promise<ProgramResult> {
      return runProgram('sh', [join(HOST, 'erlang-tls-pull')], {
        cwd: directory,
        env: {
          PATH: `${directory}/bin:${process.env.PATH ?? ''}`,
          RUNTIME_DIRECTORY: join(directory, 'run'),
          STATE_DIRECTORY: join(directory, 'state'),
          CREDENTIALS_DIRECTORY: directory,
          STORE: join(HOST, name, 'store.sh'),
          // The process that stays, as epmd does, keeps no later run from its work.
          RELOAD: `echo reloaded >>'${directory}/reloads'; sleep 20 >/dev/null 2>&1 &`,
          ...storeOf(name).env(secret, server.url),
        },
      });
    }

    function release(version: number): void {
      stored.version = version;
      awsCli(directory, stored);
    }

    test('a machine fetches its script, runs it and reloads', async () => {
      const { exitCode, stdout, stderr } = await pull();
      expect([exitCode, stderr]).toEqual([0, '']);
      const installed = `${terraform.path}/etc/${name}`;
      expect(stdout).toContain(`put into place: ${installed}/node.pem`);
      expect(readFileSync(`${installed}/node.pem`, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
      expect(readFileSync(join(directory, 'reloads'), 'utf8')).toBe('reloaded\n');
      expect(`${stdout}${stderr}`).not.toContain('-----BEGIN');
    });

    test('is quiet as long as nothing changes, and leaves nothing of what it fetched', async () => {
      const { exitCode, stdout, stderr } = await pull();
      expect([exitCode, stdout, stderr]).toEqual([0, '', '']);
      expect(readdirSync(join(directory, 'run'))).toEqual([]);
      expect(readFileSync(join(directory, 'reloads'), 'utf8')).toBe('reloaded\n');
    });

    test('another version is run again', async () => {
      release(2);
      expect(await pull()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('nothing to do') as string });
      expect(readFileSync(join(directory, 'reloads'), 'utf8')).toBe('reloaded\nreloaded\n');
    });

    test('nothing runs without the whole script', async () => {
      // A part of it, where it has parts.
      const missing = [...texts.keys()].find((one) => one.includes('script-')) ?? secret;
      expect(texts.delete(missing)).toBe(true);
      release(3);
      const { exitCode, stdout, stderr } = await pull();
      expect([65, 75]).toContain(exitCode);
      expect([stdout, stderr]).toEqual(['', expect.stringContaining(missing)]);
    });
  });
});

/** A cluster for each store. */
function configurationFor(installDirectoryOf: (name: string) => string): string {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'stack');
  new TlsProvider(stack, 'tls');
  for (const [name, { type, make }] of Object.entries(STORES)) {
    const provider = type.slice(0, type.indexOf('_'));
    stack.addOverride(`provider.${provider}`, [{}]);
    stack.addOverride(`terraform.required_providers.${provider}`, { source: `hashicorp/${provider}` });
    new TlsCluster(stack, name, {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: NODE }],
      installDirectory: installDirectoryOf(name),
      delivery: make(),
    });
  }
  return withoutStores(Testing.synth(stack, true));
}
