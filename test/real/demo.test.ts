import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

import { availableRuntimes } from '../support/erlang';
import { endAt, expectNoProcess } from '../support/processes/endings';
import { requires } from '../support/programs/requires';
import { prepareProviders, type ProgramResult, runProgram } from '../support/terraform';

/** Two stacks are deployed and eight nodes started, beside another test file. */
const SLOW_MS = 300_000;

const CHECKOUT = resolve(__dirname, '../..');
/** What stays. */
const PAGES = join(CHECKOUT, 'out/demo');
const COMMAND = [join(CHECKOUT, 'scripts/bootstrap/demo.mjs')];

/** The words before it starts `cdktf deploy`. */
const DEPLOYS = 'cdktf deploy';

/** A text in the output of the demo, and how much later the demo is ended. */
const MOMENTS: [after: string, delayMs: number][] = [
  ['npm packages', 500],
  [DEPLOYS, 30],
  [DEPLOYS, 3000],
];

/** What no message for people has. */
const STACK_TRACE = /^ +at .+:\d+:\d+/m;

requires('terraform', 'go')('npm run demo', () => {
  /** In it lies, for a time, all that the demo and its programs write. */
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-demo-test-'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  requires('erl')('with all programs available', () => {
    let demo: ProgramResult;

    test(
      'deploys, shows files, starts nodes, and leaves only the pages of the report',
      async () => {
        const before = [CHECKOUT, ...INSTALL_PARENTS].map(filesBelow);
        demo = await run();
        expect(demo.exitCode).toBe(0);
        // Above it stands what the installation of npm packages says.
        expect(demo.stdout.split('\n')[1]).toBe(`Terraform providers: ${(await prepareProviders()).description}`);
        expect(demo.stdout).not.toMatch(/PRIVATE KEY/);

        await expectNothingLeft();
        expect([CHECKOUT, ...INSTALL_PARENTS].map(filesBelow)).toEqual(before);
      },
      SLOW_MS,
    );

    test('ends with a check without findings and with the report', () => {
      expect(demo.stdout).toMatch(/^out\/couchdb: 3 nodes and 1 tool: nothing found\.$/m);
      expect(demo.stdout).toMatch(/^out\/mongooseim: 3 nodes and 1 tool: nothing found\.$/m);
      expect(demo.stdout.match(/^Report page: out\/demo\/(couchdb|mongooseim)\.html$/gm)).toHaveLength(2);
      for (const stack of ['couchdb', 'mongooseim']) {
        const page = readFileSync(join(PAGES, `${stack}.html`), 'utf8');
        expect(page).toMatch(/^<!DOCTYPE html>/);
        // Only the state tells when certificates are renewed.
        expect(page).toContain('<dt>Renewal</dt>');
      }
    });

    test('lists every file with its mode', () => {
      const files = rowsOf(demo, 'Files');
      expect(files).toHaveLength(28);
      expect(files).toContainEqual(['couchdb/couchdb@db1.example.com/node.pem', '0600', 'private key, certificate']);
      expect(files).toContainEqual(['couchdb/couchdb@db1.example.com/ca.pem', '0644', 'certificate']);
      expect(files.map(([file]) => file)).toContain('mongooseim/mongooseim@xmpp3.example.com/vm.dist.args');
    });

    test('shows the owner, the uses and the expiry of every certificate', () => {
      const certificates = rowsOf(demo, 'Certificates');
      expect(certificates).toHaveLength(10);
      const day = expect.stringMatching(/^20\d\d-\d\d-\d\d$/);
      const ca = 'couchdb/couchdb@db1.example.com/ca.pem and 3 more';
      expect(certificates).toContainEqual([ca, 'CouchDB Root CA', 'none', 'signing', day]);
      const [node, host] = ['couchdb/couchdb@db2.example.com/node.pem', 'db2.example.com'];
      expect(certificates).toContainEqual([node, host, `DNS:${host}`, 'server, client', day]);
      const tool = 'couchdb/tools/tool.pem';
      expect(certificates).toContainEqual([tool, 'Erlang distribution tools', 'none', 'client', day]);
    });

    test('shows that CouchDB nodes reach each other over TLS 1.3, and refuse one without TLS', () => {
      expectCluster(sectionOf(demo, 'CouchDB nodes'));
    });

    test('shows the same for MongooseIM nodes, or says why it cannot', () => {
      const shown = sectionOf(demo, 'MongooseIM nodes');
      if (availableRuntimes().some(({ otp }) => otp >= 26)) expectCluster(shown);
      else expect(shown).toMatch(/^Not started: its files are for OTP 26 and later/);
    });

    test(
      'starts the nodes from copies if it may not mount',
      async () => {
        const copies = await run({ PATH: pathWithout('unshare') });
        const shown = sectionOf(copies, 'CouchDB nodes');
        expect(shown).toMatch(/^The nodes read copies in which a temporary directory stands for \/etc\/couchdb\/tls/);
        expectCluster(shown);
        expect(copies.exitCode).toBe(0);
        await expectNothingLeft();
      },
      SLOW_MS,
    );
  });

  test(
    'deploys without erl, and says how to get it',
    async () => {
      const demo = await run({ PATH: pathWithout('erl') });
      expect(demo.exitCode).toBe(0);
      expect(rowsOf(demo, 'Certificates')).toHaveLength(10);
      expect(sectionOf(demo, 'Nodes')).toMatch(/erl is missing.*apt-get install erlang-base/);
      await expectNothingLeft();
    },
    SLOW_MS,
  );

  test(
    'fails without terraform, says how to get it, and what the examples declare',
    async () => {
      // What this test run has found out about providers is not known on a machine without Terraform.
      const demo = await run({ PATH: pathWithout('terraform'), ERLANG_TLS_PROVIDERS_DECIDED: '' });
      expect(demo.exitCode).toBe(1);
      expect(demo.stdout).toMatch(/terraform is missing\. How to get it: install Terraform/);
      const declared = ['couchdb', 'mongooseim'].map((stack) => `  ${stack}: ${recordedAddresses(stack)} resources\n`);
      expect(demo.stdout).toContain(declared.join(''));
      await expectNothingLeft();
    },
    SLOW_MS,
  );

  test.each(MOMENTS)(
    'ends everything that it started on SIGTERM, %j and %i ms',
    async (after, delayMs) => {
      const [code, signal] = await endAt(
        COMMAND,
        { signal: 'SIGTERM', after, delayMs },
        { env: environment(), directory },
      );
      // As a shell reports it: 128 and the number of the signal.
      if (after === DEPLOYS) expect([code, signal]).toEqual([143, null]);
      else expect([code, signal]).not.toEqual([0, null]);
      expectNoFile();
    },
    SLOW_MS,
  );

  test.each(MOMENTS)(
    'leaves no process and no file when it is killed, %j and %i ms',
    async (after, delayMs) => {
      const how = await endAt(COMMAND, { signal: 'SIGKILL', after, delayMs }, { env: environment(), directory });
      expect(how).toEqual([null, 'SIGKILL']);
      expectNoFile();
    },
    SLOW_MS,
  );

  test.each([[DEPLOYS, 200] as const])(
    'ends everything that it started when only npm gets SIGTERM, %j and %i ms',
    async (after, delayMs) => {
      await endAt(
        ['run', 'demo'],
        { signal: 'SIGTERM', after, delayMs },
        { env: environment(), directory, program: 'npm' },
      );
      expectNoFile();
    },
    SLOW_MS,
  );

  async function run(more: NodeJS.ProcessEnv = {}): Promise<ProgramResult> {
    const env = environment(more);
    const result = await runProgram(process.execPath, COMMAND, { cwd: CHECKOUT, env, timeoutMs: SLOW_MS });
    expect(result.stdout + result.stderr).not.toMatch(STACK_TRACE);
    return result;
  }

  /** Every process that inherits it is known by the directory. */
  function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { ...process.env, KEEP: '', ...more, TMPDIR: directory };
  }

  /** A directory with every program of the PATH but one. */
  function pathWithout(hidden: string): string {
    const programs = join(directory, 'programs');
    mkdirSync(programs);
    // The first of a name is the one that counts, so it has to be linked last.
    for (const folder of (process.env.PATH ?? '').split(delimiter).reverse()) {
      for (const name of namesIn(folder).filter((one) => one !== hidden)) {
        rmSync(join(programs, name), { force: true });
        symlinkSync(join(folder, name), join(programs, name));
      }
    }
    return programs;
  }

  async function expectNothingLeft(): Promise<void> {
    await expectNoProcess(directory);
    expectNoFile();
  }

  function expectNoFile(): void {
    expect(namesIn(directory).filter((name) => name !== 'programs')).toEqual([]);
  }
});

/** Where the examples' install directories would come to lie. */
const INSTALL_PARENTS = ['/etc/couchdb', '/etc/mongooseim'];

/** A matrix of three with a fourth row: TLS in six places, refusals in three. */
function expectCluster(shown: string): void {
  expect(shown.match(/TLS 1\.3/g)).toHaveLength(6);
  expect(shown.match(/TLS_AES_256_GCM_SHA384/g)).toHaveLength(6);
  expect(shown).toMatch(/^ +plain TCP, right cookie +refused +refused +refused$/m);
  expect(shown).toMatch(/^6 of 6 connections between the nodes are TLS; 3 of 3 attempts .* were refused\.$/m);
}

/** The text below a heading, up to the next one. */
function sectionOf({ stdout }: ProgramResult, title: string): string {
  const start = stdout.indexOf(`\n${title}\n---`);
  if (start < 0) throw new Error(`no section ${title} in:\n${stdout}`);
  const [, , ...lines] = stdout.slice(start + 1).split('\n');
  const next = lines.findIndex((line) => /^-{3,}$/.test(line));
  return lines.slice(0, next < 0 ? undefined : next - 1).join('\n');
}

/** The cells of a section that is one table, without its head. */
function rowsOf(demo: ProgramResult, title: string): string[][] {
  const lines = sectionOf(demo, title).split('\n').slice(1);
  return lines.filter((line) => line.startsWith('  ')).map((line) => line.trim().split(/ {2,}/));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A PATH may name what is not there.
    return [];
  }
}

/** Every file with its size; in the checkout, only what is not installed, built or cached. */
function filesBelow(folder: string): string[] {
  const own = namesIn(folder).filter((name) => !GENERATED.includes(name));
  if (folder === PAGES) return [];
  return own.flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) return filesBelow(path);
    return [`${path} ${stat?.size ?? 'gone'}`];
  });
}

/** Another test or build step may be writing these. */
const GENERATED = ['.git', 'node_modules', 'lib', 'dist', 'coverage', '.jsii', 'tsconfig.jsii.json'];

/** How many resources the stack of an example has, as it is recorded. */
function recordedAddresses(stack: string): number {
  return readFileSync(join(CHECKOUT, 'test/contract/addresses', stack), 'utf8')
    .trimEnd()
    .split('\n').length;
}
