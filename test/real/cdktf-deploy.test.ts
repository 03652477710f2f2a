import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { codesOf, runCli } from '../support/cli/run-cli';
import { requires } from '../support/programs/requires';
import { modeOf } from '../support/stacks/deployment';
import {
  mustSucceed,
  prepareProviders,
  type ProgramResult,
  runProgram,
  terraformEnvironment,
  terraformProgram,
  WITHOUT_REGISTRY,
} from '../support/terraform';

/** The CLI starts slowly, and runs synth, init, plan and apply for two stacks. */
const SLOW_MS = 300_000;

const CHECKOUT = resolve(__dirname, '../..');

/** What an example leaves in its output directory, beside the PEM files of every node and of the tools. */
interface Example {
  readonly stack: string;
  readonly nodes: readonly string[];
  readonly files: readonly string[];
  readonly tools: readonly string[];
}

const three = (name: (number: number) => string): string[] => [1, 2, 3].map(name);

const EXAMPLES: readonly Example[] = [
  {
    stack: 'couchdb',
    nodes: three((number) => `couchdb@db${number}.example.com`),
    files: ['couch_dist.conf', 'vm.args'],
    tools: ['remsh.conf'],
  },
  {
    stack: 'ejabberd',
    nodes: three((number) => `ejabberd@xmpp${number}.example.com`),
    files: ['ssl_dist.conf', 'vm.args'],
    tools: ['remsh.conf', 'remsh.args'],
  },
  {
    stack: 'elixir-release',
    nodes: three((number) => `shop@app${number}.example.com`),
    files: ['ssl_dist.conf', 'vm.args'],
    tools: ['remote.conf', 'remote.vm.args'],
  },
  {
    stack: 'emqx',
    nodes: three((number) => `emqx@mqtt${number}.example.com`),
    files: ['ssl_dist.conf', 'emqx.conf', 'vm.args'],
    tools: ['remsh.conf', 'remsh.args'],
  },
  {
    stack: 'mongooseim',
    nodes: three((number) => `mongooseim@xmpp${number}.example.com`),
    files: ['vm.dist.args'],
    tools: ['remsh.conf', 'remsh.args'],
  },
  {
    stack: 'rabbitmq',
    nodes: three((number) => `rabbit@rmq-server-${number - 1}.rmq-nodes.messaging`),
    files: ['inter_node_tls.config', 'rabbitmq-env.conf'],
    tools: ['rabbitmqctl.config', 'rabbitmq-env.conf'],
  },
  {
    stack: 'relx-release',
    nodes: three((number) => `shop@app${number}.example.com`),
    files: ['ssl_dist.conf', 'vm.args'],
    tools: ['tool.conf', 'tool.args'],
  },
  {
    stack: 'vernemq',
    nodes: three((number) => `VerneMQ@mqtt${number}.example.com`),
    files: ['ssl_dist.conf', 'vm.args'],
    tools: ['vmq-admin.conf'],
  },
];

/** Two examples have a script for each node instead, and one has one script for all machines. */
const SCRIPTS = [
  ...['erl', 'rotation'].flatMap((stack) =>
    [...three((number) => `app@node${number}.example.com`), 'tools'].map((name) => `${stack}/${name}.sh`),
  ),
  'autoscaling/shared.sh',
  'autoscaling/tools.sh',
];

/** What the examples need of the checkout. They are copied, so that no state comes to lie in it. */
const COPIED = ['cdktf.json', 'tsconfig.json', 'tsconfig.dev.json', 'examples'];
const LINKED = ['package.json', 'node_modules', 'src'];

requires('terraform', 'go')('cdktf deploy on the examples', () => {
  let directory: string;
  let deployed: ProgramResult;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'erlang-tls-cdktf-'));
    await Promise.all([
      ...COPIED.map((name) => cp(join(CHECKOUT, name), join(directory, name), { recursive: true })),
      ...LINKED.map((name) => symlink(join(CHECKOUT, name), join(directory, name))),
    ]);
    deployed = await cdktf('deploy');
  }, SLOW_MS);

  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('writes the files of every node and of the tools', async () => {
    mustSucceed(deployed);
    expect(await filesBelow('out')).toEqual([...EXAMPLES.flatMap(filesOf), ...SCRIPTS].sort());
    expect(await modeOf(join(directory, 'out/couchdb/couchdb@db1.example.com/node.pem'))).toBe('0600');
  });

  test.each(['couchdb', 'erl'])(
    'plans no change of %s, whose files are named from the directory of the stack',
    async (stack) => {
      const plan = join(directory, `${stack}.tfplan`);
      const { exitCode } = await terraform(stack, 'plan', '-detailed-exitcode', `-out=${plan}`);
      expect(exitCode).toBe(0);
      const shown = mustSucceed(await terraform(stack, 'show', '-json', plan)).stdout;
      expect(shown).toContain(`"filename":"../../../out/${stack}/`);
      const file = join(directory, `${stack}.plan.json`);
      await writeFile(file, shown, { mode: 0o600 });
      expect(await codesOf(['check-plan', file])).toEqual([]);
    },
  );

  test('prints no private key, and synthesizes none', async () => {
    // The plan, not the progress of the apply: on a busy machine the CLI may end before it has printed all of that.
    expect(deployed.stdout + deployed.stderr).toMatch(/tls_private_key\..* will be created/);
    expect(deployed.stdout + deployed.stderr).not.toMatch(/PRIVATE KEY/);
    for (const { stack } of EXAMPLES) {
      const configuration = await readFile(join(directory, 'cdktf.out/stacks', stack, 'cdk.tf.json'), 'utf8');
      expect(configuration).toContain('"tls_locally_signed_cert"');
      expect(configuration).not.toMatch(/PRIVATE KEY/);
      // There was something to hide.
      expect(await readFile(join(directory, `terraform.${stack}.tfstate`), 'utf8')).toMatch(/PRIVATE KEY/);
    }
  });

  test('deploys files without findings for every example', async () => {
    for (const { stack } of [...EXAMPLES, { stack: 'erl' }, { stack: 'rotation' }]) {
      const codes = await codesOf(['check', '--fail-on=warning', join(directory, 'out', stack)]);
      expect([stack, codes]).toEqual([stack, []]);
    }
  });

  test.each([...EXAMPLES.map(({ stack }) => stack), 'erl', 'rotation'])(
    'the report from the state of %s equals the one from its files, and adds when certificates are renewed',
    async (stack) => {
      const state = join(directory, `${stack}.state.json`);
      await writeFile(state, await shownState(stack), { mode: 0o600 });
      const text = async (...args: string[]): Promise<string> =>
        (await runCli(['report', '--format=text', '--title=t', ...args], { now: Date.now() })).out.replace(/ +/g, ' ');
      const [ofState, ofFiles] = [await text(`--state=${state}`), await text(join(directory, 'out', stack))];
      expect(ofState).toMatch(/^\S+@\S+ valid \d{4}-\d\d-\d\d in \d+ days \d{4}-\d\d-\d\d [AB] [AB ]+$/m);
      const withoutRenewals = ofState.replace(' renewed from', '').replace(/( days) (?:\d{4}-\d\d-\d\d|-)/g, '$1');
      expect(withoutRenewals.replace(/^.*UTC/, '')).toBe(ofFiles.replace(/^.*UTC/, ''));
    },
  );

  test(
    'removes everything on destroy',
    async () => {
      mustSucceed(await cdktf('destroy'));
      expect(await filesBelow('out')).toEqual([]);
    },
    SLOW_MS,
  );

  async function cdktf(command: 'deploy' | 'destroy'): Promise<ProgramResult> {
    const { env } = await prepareProviders();
    const program = join(CHECKOUT, 'node_modules/.bin/cdktf');
    return runProgram(program, [command, '*', '--auto-approve', ...WITHOUT_REGISTRY], {
      cwd: directory,
      env: terraformEnvironment(env, { CI: 'true', FORCE_COLOR: '0' }),
      timeoutMs: SLOW_MS,
    });
  }

  async function shownState(stack: string): Promise<string> {
    return mustSucceed(await terraform(stack, 'show', '-json')).stdout;
  }

  async function terraform(stack: string, ...args: readonly string[]): Promise<ProgramResult> {
    const { env } = await prepareProviders();
    return runProgram(terraformProgram(), [...args], {
      cwd: join(directory, 'cdktf.out/stacks', stack),
      env: terraformEnvironment(env),
      timeoutMs: SLOW_MS,
    });
  }

  async function filesBelow(name: string): Promise<string[]> {
    const root = join(directory, name);
    const names = await readdir(root, { recursive: true });
    const isFile = await Promise.all(names.map(async (file) => (await stat(join(root, file))).isFile()));
    return names.filter((_, index) => isFile[index]).sort();
  }
});

function filesOf({ stack, nodes, files, tools }: Example): string[] {
  return [
    ...nodes.flatMap((node) => ['ca.pem', 'node.pem', ...files].map((file) => `${stack}/${node}/${file}`)),
    ...['ca.pem', 'tool.pem', ...tools].map((file) => `${stack}/tools/${file}`),
  ];
}
