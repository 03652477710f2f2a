import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNode } from 'cdktf-erlang-tls';

import { Deployment, modeOf } from '../support/deployment';
import { requires } from '../support/programs';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 180_000;

const INSTALLED = '/etc/app/tls';
const FILES = ['ca.pem', 'node.pem', 'ssl_dist.conf', 'vm.args'];
const NAME = 'app@db1.x.test';
/** Any time before now. */
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

requires(
  'terraform',
  'go',
  'busybox',
  'shellcheck',
)('an install script', () => {
  let deployment: Deployment;
  let directory: string;
  /** Two scripts of one node: the second has another certificate. */
  let first: string;
  let second: string;

  beforeAll(async () => {
    deployment = await Deployment.create();
    directory = mkdtempSync(join(tmpdir(), 'install-script-'));
    first = await deploy(8760, 'first.sh');
    second = await deploy(4380, 'second.sh');
  }, SLOW_MS);

  afterAll(async () => {
    await deployment?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  test('is the only file of its node, and for its owner alone', async () => {
    expect(readdirSync(deployment.outputDirectory).sort()).toEqual([`${NAME}.sh`, 'tools.sh']);
    expect(await modeOf(join(deployment.outputDirectory, `${NAME}.sh`))).toBe('0600');
  });

  test('is clean to shellcheck', () => {
    const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', first], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });

  describe.each([
    ['dash', ['dash']],
    ['bash', ['bash', '--norc']],
    ['busybox', ['busybox', 'sh']],
  ])('under %s', (_name, shell) => {
    const run = (script: string, root: string, ...args: string[]): SpawnSyncReturns<string> =>
      runScript(shell, script, ['--root', root, ...args]);

    test('puts every file into place, with its mode', async () => {
      const root = newRoot();
      const { status, stdout, stderr } = run(first, root);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('restart it');
      expect(await Promise.all(FILES.map((name) => modeOf(at(root, name))))).toEqual(['0644', '0600', '0644', '0644']);
      expect(readFileSync(at(root, 'node.pem'), 'utf8')).toMatch(
        /^-----BEGIN PRIVATE KEY[^]*-----BEGIN CERTIFICATE[^]*\n$/,
      );
      expect(readFileSync(at(root, 'vm.args'), 'utf8')).toContain('-ssl_dist_optfile /etc/app/tls/ssl_dist.conf\n');
      expect(await modeOf(at(root, '.erlang-tls'))).toBe('0700');
    });

    test('says what it would do, and does not', () => {
      const root = newRoot();
      const before = run(first, root, '--check');
      expect([before.status, before.stdout.split('\n').length]).toEqual([1, FILES.length + 1]);
      expect(existsSync(at(root))).toBe(false);
      run(first, root);
      expect(run(first, root, '--check')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('nothing to do'),
      });
    });

    test('does nothing a second time, not even to a modification time', () => {
      const root = newRoot();
      run(first, root);
      FILES.forEach((name) => utimesSync(at(root, name), LONG_AGO, LONG_AGO));
      expect(run(first, root)).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing to do') });
      expect(FILES.map((name) => statSync(at(root, name)).mtime)).toEqual(FILES.map(() => LONG_AGO));
    });

    test('replaces what changed and nothing else, with a time of now', () => {
      const root = newRoot();
      run(first, root);
      FILES.forEach((name) => utimesSync(at(root, name), LONG_AGO, LONG_AGO));
      const { stdout } = run(second, root);
      expect(stdout).toContain('node.pem');
      expect(stdout).not.toContain('restart it');
      expect(FILES.filter((name) => statSync(at(root, name)).mtime.getTime() > LONG_AGO.getTime())).toEqual([
        'node.pem',
      ]);
    });

    test('says when nodes read the new files and how at once, and of tools that they need nothing', () => {
      const ofNode = run(second, newRoot()).stdout;
      expect(ofNode).toContain('A running node reads the rest for new connections, within two minutes. At once:\n  ');
      expect(ofNode).toContain('ssl_pem_cache_dist');
      const { stdout } = run(join(deployment.outputDirectory, 'tools.sh'), newRoot());
      expect(stdout).toMatch(/tool\.pem\n[^]*Tools read them whenever they are called\.\n$/);
      expect(stdout).not.toContain('running node');
    });

    test('puts the set from before back, and again forward', () => {
      const root = newRoot();
      run(first, root);
      const old = contents(root);
      run(second, root);
      const renewed = contents(root);
      expect(renewed).not.toEqual(old);
      expect(run(second, root, '--rollback').status).toBe(0);
      expect(contents(root)).toEqual(old);
      expect(run(second, root, '--rollback').stdout).toContain('nothing to do');
      run(second, root);
      expect(contents(root)).toEqual(renewed);
    });

    test('corrects a mode and a content that somebody changed', async () => {
      const root = newRoot();
      run(first, root);
      const right = contents(root);
      chmodSync(at(root, 'node.pem'), 0o644);
      writeFileSync(at(root, 'ca.pem'), 'x');
      expect(run(first, root).status).toBe(0);
      expect([contents(root), await modeOf(at(root, 'node.pem'))]).toEqual([right, '0600']);
    });

    test('replaces a symbolic link, and not what it leads to', () => {
      const root = newRoot();
      mkdirSync(at(root), { recursive: true });
      writeFileSync(join(root, 'elsewhere'), 'x');
      symlinkSync(join(root, 'elsewhere'), at(root, 'node.pem'));
      expect(run(first, root).status).toBe(0);
      expect(readFileSync(join(root, 'elsewhere'), 'utf8')).toBe('x');
    });

    test.each<[string, (root: string) => unknown, RegExp, ...string[]]>([
      [
        'a directory that others can write to',
        (root: string) => chmodSync(mkdirs(at(root)), 0o775),
        /others can write to/,
      ],
      [
        'a parent that everybody can write to',
        (root: string) => chmodSync(mkdirs(join(root, 'etc')), 0o777),
        /everybody can write to/,
      ],
      ['a directory where a file should be', (root: string) => mkdirs(at(root, 'ca.pem')), /ca.pem is a directory/],
      ['an unknown argument', () => undefined, /unknown argument --force/, '--force'],
      ['an owner that does not exist', () => undefined, /cannot be given to nobody-here/, '--owner', 'nobody-here'],
      ['a rollback without a set from before', () => undefined, /no previous set/, '--rollback'],
    ])('refuses %s', (_title, prepare, message, ...args) => {
      const root = newRoot();
      prepare(root);
      const { status, stderr } = run(first, root, ...args);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
    });

    test('does nothing when it is cut short or damaged', () => {
      const text = readFileSync(first, 'utf8');
      const short = write('short.sh', text.slice(0, -20));
      const damaged = write('damaged.sh', text.replace(/(BEGIN CERTIFICATE-----\n.{10})./, '$1!'));
      for (const script of [short, damaged]) {
        const root = newRoot();
        run(script, root);
        expect(existsSync(at(root, 'ca.pem'))).toBe(false);
      }
    });
  });

  test(
    'killed before any of the programs that it calls, it leaves whole files, and the next run goes on',
    () => {
      const bin = killingPrograms();
      const [oldSet, newSet] = [first, second].map((script) => {
        const root = newRoot();
        runScript(['dash'], script, ['--root', root]);
        return contents(root);
      });
      let killed = 0;
      for (let call = 1; ; call += 1) {
        const root = newRoot();
        runScript(['dash'], first, ['--root', root]);
        const { signal } = runScript(['dash'], second, ['--root', root], killAt(bin, call));
        for (const name of FILES) expect([oldSet?.[name], newSet?.[name]]).toContain(contents(root)[name]);
        expect(runScript(['dash'], second, ['--root', root]).status).toBe(0);
        expect(contents(root)).toEqual(newSet);
        expect(runScript(['dash'], second, ['--root', root, '--rollback']).status).toBe(0);
        expect(contents(root)).toEqual(oldSet);
        if (signal === null) break;
        killed += 1;
      }
      expect(killed).toBeGreaterThan(30);
    },
    SLOW_MS,
  );

  async function deploy(validityHours: number, name: string): Promise<string> {
    const cluster = await deployment.declare(
      (stack, target) =>
        new TlsCluster(stack, 'c', {
          platform: Platform.erl(),
          otp: OtpRelease.OTP_27,
          nodes: [{ name: NAME }],
          installDirectory: INSTALLED,
          certificates: { validityHours },
          delivery: Delivery.installScript({ outputDirectory: target.outputDirectory }),
        }),
    );
    mustSucceed(await deployment.terraform.apply());
    const [node] = cluster.nodes as [TlsClusterNode];
    copyFileSync(node.delivered.outputs[0] ?? '', join(directory, name));
    return join(directory, name);
  }

  function newRoot(): string {
    return mkdtempSync(join(directory, 'root-'));
  }

  function write(name: string, text: string): string {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  }

  /** A program for each that the script calls, which ends the script before the call of that number. */
  function killingPrograms(): string {
    const bin = join(directory, 'bin');
    mkdirSync(bin);
    for (const program of ['cat', 'chmod', 'cp', 'find', 'ls', 'mkdir', 'mv', 'rm', 'sha256sum', 'sync', 'touch']) {
      const real = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
      const text = `#!/bin/sh
n=$(($(/bin/cat "$CALLS") + 1)); echo $n >"$CALLS"
if [ "$n" -eq "$KILL_AT" ]; then kill -9 "$SCRIPT" "$PPID"; exit 1; fi
exec ${real} "$@"
`;
      writeFileSync(join(bin, program), text, { mode: 0o755 });
    }
    return bin;
  }

  function killAt(bin: string, call: number): Record<string, string> {
    const calls = write('calls', '0\n');
    return { PATH: `${bin}:${process.env.PATH}`, CALLS: calls, KILL_AT: String(call) };
  }
});

/** `SCRIPT` is its process id, also in what it starts. */
function runScript(
  shell: readonly string[],
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  const command = ['-c', 'SCRIPT=$$ exec "$@"', 'sh', ...shell, script, ...args];
  return spawnSync('sh', command, { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });
}

function at(root: string, ...names: readonly string[]): string {
  return join(root, INSTALLED, ...names);
}

function mkdirs(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

function contents(root: string): Record<string, string> {
  return Object.fromEntries(FILES.map((name) => [name, readFileSync(at(root, name), 'utf8')]));
}
