import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { App, TerraformResource, TerraformStack, Testing } from 'cdktf';
import {
  CaGeneration,
  Delivery,
  type DeliveryResult,
  type IDelivery,
  type NodeScript,
  OtpRelease,
  Platform,
  ScriptDelivery,
  TlsCluster,
  type TlsClusterNodeProps,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { HttpBackend } from '../../bench/scale/http-backend';
import { checkout, readRepository } from '../contract/repository';
import { blocksOf } from '../contract/snippets';
import { openssl } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import {
  mustSucceed,
  prepareOfflineProviders,
  type ProgramResult,
  type ProviderSource,
  runProgram,
  terraformEnvironment,
  unwrapped,
} from '../support/terraform';

const SLOW_MS = 180_000;

const BLOCKS = readRepository('docs/ci.md').flatMap(blocksOf);

/** The scripts of the page, by the names that their first lines give them. */
const SCRIPTS = new Map(
  BLOCKS.flatMap(({ info, text }) => {
    const [, name] = /^# (ci\/[\w-]+\.sh)$/m.exec(text) ?? [];
    return info === 'sh' && name !== undefined ? [[name, text] as const] : [];
  }),
);

/** Before any certificate is due, and on a day when all of the nodes' are. */
const [DEPLOYED, DUE] = ['2030-01-01T00:00:00Z', '2030-12-31T00:00:00Z'];

/** A delivery that leaves nothing on the machine that runs Terraform. */
class StoredScript extends ScriptDelivery {
  protected deliverScript(scope: Construct, { content }: NodeScript): DeliveryResult {
    const stored = new TerraformResource(scope, 'stored', { terraformResourceType: 'terraform_data' });
    stored.addOverride('input', { script: content });
    return { outputs: [], resources: [stored] };
  }
}

test('the workflows of docs/ci.md run the scripts of the page, and actions that are pinned', () => {
  const workflows = BLOCKS.filter(({ info }) => info === 'yaml').map(({ text }) => text);
  expect(workflows).toHaveLength(2);
  for (const text of workflows) {
    const run = new Set([...text.matchAll(/\bsh (ci\/[\w-]+\.sh)/g)].map(([, name]) => name));
    expect([...run].sort()).toEqual([...SCRIPTS.keys()].filter((name) => name !== 'ci/prepare.sh').sort());
  }
  const actions = workflows.flatMap((text) => [...text.matchAll(/\buses: (.*)/g)].map(([, action]) => action));
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter((one) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(one ?? ''))).toEqual([]);
});

requires(
  'terraform',
  'go',
  'openssl',
)('the jobs of docs/ci.md, each on a fresh runner,', () => {
  let directory: string;
  let providers: ProviderSource;
  let state: HttpBackend;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'erlang-tls-ci-'));
    state = await HttpBackend.start();
    providers = await prepareOfflineProviders();
    await makeRepository();
  }, SLOW_MS);

  afterEach(async () => {
    await state.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test(
    'deploy, and plan nothing until a certificate is due, with a delivery that leaves no file',
    async () => {
      await declare(new StoredScript());
      const planned = await job('plan');
      expect(squeezed(mustSucceed(planned))).toContain(
        'a@h1.x.test, a@h2.x.test, tools  generation 1  generation 1  joins',
      );
      const applied = mustSucceed(await job('apply'));
      for (const { stdout, stderr } of [planned, applied]) expect(stdout + stderr).not.toContain('PRIVATE KEY');
      expect((await readFile(planCms())).toString('latin1')).not.toContain('PRIVATE KEY');
      expect(await job('nightly')).toMatchObject({ exitCode: 0 });
      expect(await job('nightly', { now: DUE })).toMatchObject({ exitCode: 2 });

      // Somebody's apply has overtaken the plan.
      const stale = await job('apply');
      expect([stale.exitCode, unwrapped(stale)]).toEqual([1, expect.stringContaining('Saved plan is stale')]);

      await rm(planCms());
      await declare(new StoredScript(), { generations: [CaGeneration.retired('1'), CaGeneration.signing('2')] });
      const refused = await job('plan', { format: 'github' });
      expect([refused.exitCode, refused.stdout]).toEqual([1, expect.stringMatching(/^::error .*untrusted-by-peer/m)]);
      await expect(readFile(planCms())).rejects.toThrow('ENOENT');
    },
    SLOW_MS,
  );

  test(
    'write the files of an install script again, and tell them from all that is new',
    async () => {
      const delivery = Delivery.installScript({ outputDirectory: 'out' });
      await declare(delivery, { nodes: [{ name: 'a@h1.x.test' }, { name: 'a@h2.x.test' }, { name: 'a@h3.x.test' }] });
      mustSucceed(await job('plan'));
      mustSucceed(await job('apply'));
      expect(await job('nightly')).toMatchObject({ exitCode: 2 });
      expect(await job('nightly', { withoutRefresh: true })).toMatchObject({ exitCode: 0 });
      expect(await job('nightly', { withoutRefresh: true, now: DUE })).toMatchObject({ exitCode: 2 });

      const again = squeezed(mustSucceed(await job('plan')));
      expect(again).toMatch(
        /^a@h1\.x\.test, a@h2\.x\.test, .* {2}generation 1 {2}generation 1 {2}nothing \(files written again\)$/m,
      );
      await declare(delivery, {
        nodes: [{ name: 'a@h1.x.test' }, { name: 'a@h2.x.test', keyGeneration: 'b' }, { name: 'a@h4.x.test' }],
      });
      const rows = squeezed(mustSucceed(await job('plan')));
      expect(rows).toMatch(/^a@h1\.x\.test, tools {2}.* {2}nothing \(files written again\)$/m);
      expect(rows).toMatch(/^a@h2\.x\.test {2}generation 1 \(renewed\) {2}.* {2}install$/m);
      expect(rows).toMatch(/^a@h3\.x\.test {2}.* {2}leaves$/m);
      expect(rows).toMatch(/^a@h4\.x\.test {2}.* {2}joins$/m);
    },
    SLOW_MS,
  );

  /** What is committed, and programs that stand for those of npm. */
  async function makeRepository(): Promise<void> {
    await mkdir(join(directory, 'repository/ci'), { recursive: true });
    for (const [name, text] of SCRIPTS) await writeFile(join(directory, 'repository', name), text);
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(directory, 'apply.key')];
    openssl(['req', '-x509', '-subj', '/CN=apply', ...key, '-out', join(directory, 'repository/ci/apply.pem')]);
    const tool = ['tsx/dist/cli.mjs', '--tsconfig', join(checkout, 'tsconfig.dev.json')].join(' ');
    await program('npm', 'exit 0');
    await program(
      'npx',
      `case "$*" in
        'cdktf synth') mkdir -p cdktf.out/stacks/couchdb && cp cdk.tf.json cdktf.out/stacks/couchdb/ ;;
        '--no-install erlang-tls '*) shift 2; exec node ${checkout}/node_modules/${tool} ${checkout}/src/cli/main.ts "$@" ;;
        *) echo "npx $*: no such program" >&2; exit 127 ;;
      esac`,
    );
  }

  async function program(name: string, body: string): Promise<void> {
    await mkdir(join(directory, 'bin'), { recursive: true });
    await writeFile(join(directory, 'bin', name), `#!/bin/sh\n${body}\n`);
    await chmod(join(directory, 'bin', name), 0o755);
  }

  interface Declared {
    readonly nodes?: TlsClusterNodeProps[];
    readonly generations?: CaGeneration[];
  }

  /** Commits a program that synthesizes this, and what the first `terraform init` locks. */
  async function declare(
    delivery: IDelivery,
    {
      nodes = [{ name: 'a@h1.x.test' }, { name: 'a@h2.x.test' }],
      generations = [CaGeneration.signing('1')],
    }: Declared = {},
  ): Promise<void> {
    const stack = new TerraformStack(new App({ outdir: 'cdktf.out', stackTraces: false }), 'couchdb');
    new TlsProvider(stack, 'tls');
    new LocalProvider(stack, 'local');
    new TlsCluster(stack, 'couch', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes,
      installDirectory: '/etc/couchdb/tls',
      delivery,
      // Without a guard, so that there is a plan to check.
      certificateAuthority: { generations, rollover: { settleMinutes: 0, unsafeWithoutGuard: true } },
    });
    const { terraform, ...rest } = JSON.parse(Testing.synth(stack, true)) as { terraform: object };
    const json = { ...rest, terraform: { ...terraform, backend: state.configuration } };
    await writeFile(join(directory, 'repository/cdk.tf.json'), JSON.stringify(json));
    const lock = join(directory, 'repository/ci/couchdb.lock.hcl');
    const scratch = await mkdtemp(join(directory, 'lock-'));
    await writeFile(join(scratch, 'cdk.tf.json'), JSON.stringify({ ...rest, terraform }));
    mustSucceed(await run(['terraform', 'init', '-input=false'], scratch));
    await cp(join(scratch, '.terraform.lock.hcl'), lock);
  }

  interface JobOptions {
    /** The time that the providers see. */
    readonly now?: string;
    readonly format?: string;
    readonly withoutRefresh?: boolean;
  }

  /** Runs a script of the page in a fresh checkout. Only the encrypted plan goes from one job to the next. */
  async function job(
    name: string,
    { now = DEPLOYED, format, withoutRefresh = false }: JobOptions = {},
  ): Promise<ProgramResult> {
    const runner = await mkdtemp(join(directory, 'runner-'));
    await cp(join(directory, 'repository'), runner, { recursive: true });
    if (name === 'apply') await cp(planCms(), join(runner, 'plan.cms'));
    if (withoutRefresh) {
      const script = join(runner, 'ci', `${name}.sh`);
      await writeFile(
        script,
        (await readFile(script, 'utf8')).replace('terraform plan', 'terraform plan -refresh=false'),
      );
    }
    const result = await run(['sh', `ci/${name}.sh`], runner, {
      OFFLINE_PROVIDERS_NOW: now,
      ...(format !== undefined && { CHECK_FORMAT: format }),
      ...(name === 'apply' && { APPLY_KEY: join(directory, 'apply.key') }),
    });
    await expect(readFile(join(runner, 'cdktf.out/stacks/couchdb/plan.tfplan'))).rejects.toThrow('ENOENT');
    if (name === 'plan' && result.exitCode === 0) await cp(join(runner, 'plan.cms'), planCms());
    await rm(runner, { recursive: true });
    return result;
  }

  function planCms(): string {
    return join(directory, 'plan.cms');
  }

  async function run(
    [command = '', ...args]: readonly string[],
    cwd: string,
    more: NodeJS.ProcessEnv = {},
  ): Promise<ProgramResult> {
    const PATH = [join(directory, 'bin'), process.env.PATH].join(delimiter);
    return runProgram(command, args, { cwd, env: terraformEnvironment(providers.env, more, { PATH }) });
  }
});

/** Columns of any width with two blanks between them. */
function squeezed({ stdout }: ProgramResult): string {
  return stdout.replace(/ {2,}/g, '  ');
}
