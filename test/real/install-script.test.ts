import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import {
  at,
  contents,
  FILES,
  InstallScripts,
  mkdirs,
  NODE,
  runScript,
  SHELLS,
} from '../support/installing/install-scripts';
import { requires } from '../support/programs/requires';
import { modeOf } from '../support/stacks/deployment';

const SLOW_MS = 180_000;

/** Any time before now. */
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

requires(
  'terraform',
  'go',
  'busybox',
  'shellcheck',
)('an install script', () => {
  let scripts: InstallScripts;
  /** Two scripts of one node: the second has another certificate. */
  let first: string;
  let second: string;

  beforeAll(async () => {
    scripts = await InstallScripts.deploy();
    ({ first, renewed: second } = scripts);
  }, SLOW_MS);

  afterAll(() => scripts?.remove());

  test('is the only file of its node, and only its owner can read it', async () => {
    expect(readdirSync(scripts.outputDirectory).sort()).toEqual([`${NODE}.sh`, 'tools.sh']);
    expect(await modeOf(join(scripts.outputDirectory, `${NODE}.sh`))).toBe('0600');
  });

  test('passes shellcheck', () => {
    const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', first], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });

  describe.each(SHELLS)('under %s', (_name, shell) => {
    const run = (script: string, root: string, ...args: string[]): SpawnSyncReturns<string> =>
      runScript(shell, script, ['--root', root, ...args]);

    test('puts every file into place, with its mode', async () => {
      const root = scripts.newRoot();
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

    test('installs the same from standard input, as through ssh, and leaves no copy of itself', () => {
      const root = scripts.newRoot();
      const [program, ...words] = [...shell, '-s', '--', '--root', root];
      const { status, stderr } = spawnSync(program, words, { input: readFileSync(first), encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(contents(root)).toEqual(contents(installedByFile()));
      expect(readdirSync(root)).toEqual(['etc']);
    });

    /** The root of a node on which the script ran as a file. */
    function installedByFile(): string {
      const root = scripts.newRoot();
      run(first, root);
      return root;
    }

    test('with --check, says what it would do and changes nothing', () => {
      const root = scripts.newRoot();
      const before = run(first, root, '--check');
      expect([before.status, before.stdout.split('\n').length]).toEqual([1, FILES.length + 1]);
      expect(existsSync(at(root))).toBe(false);
      run(first, root);
      expect(run(first, root, '--check')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('nothing to do'),
      });
    });

    test('changes nothing in a second run, not even a modification time', () => {
      const root = scripts.newRoot();
      run(first, root);
      FILES.forEach((name) => utimesSync(at(root, name), LONG_AGO, LONG_AGO));
      expect(run(first, root)).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing to do') });
      expect(FILES.map((name) => statSync(at(root, name)).mtime)).toEqual(FILES.map(() => LONG_AGO));
    });

    test('replaces only what changed, with the current time', () => {
      const root = scripts.newRoot();
      run(first, root);
      FILES.forEach((name) => utimesSync(at(root, name), LONG_AGO, LONG_AGO));
      const { stdout } = run(second, root);
      expect(stdout).toContain('node.pem');
      expect(stdout).not.toContain('restart it');
      expect(FILES.filter((name) => statSync(at(root, name)).mtime.getTime() > LONG_AGO.getTime())).toEqual([
        'node.pem',
      ]);
    });

    test('says when nodes read the new files and how to make them do so at once, and that tools need nothing', () => {
      const ofNode = run(second, scripts.newRoot()).stdout;
      expect(ofNode).toContain(
        'A running node reads the other files for new connections within two minutes. To make it read them at once:\n  ',
      );
      expect(ofNode).toContain('ssl_pem_cache_dist');
      const { stdout } = run(join(scripts.outputDirectory, 'tools.sh'), scripts.newRoot());
      expect(stdout).toMatch(/tool\.pem\n[^]*Tools read these files each time they run\.\n$/);
      expect(stdout).not.toContain('running node');
    });

    test('restores the previous set, and rolls forward again', () => {
      const root = scripts.newRoot();
      run(first, root);
      const old = contents(root);
      run(second, root);
      const renewed = contents(root);
      expect(renewed).not.toEqual(old);
      const { status, stdout } = run(second, root, '--rollback');
      expect([status, stdout]).toEqual([
        0,
        expect.stringMatching(
          /^put back: .*node\.pem\nA running node reads the other files .*\n {2}.*ssl_pem_cache_dist/,
        ),
      ]);
      expect(contents(root)).toEqual(old);
      expect(run(second, root, '--rollback').stdout).toContain('nothing to do');
      run(second, root);
      expect(contents(root)).toEqual(renewed);
    });

    test('says what has to be restarted after a rollback', () => {
      const root = scripts.newRoot();
      run(first, root);
      writeFileSync(at(root, 'vm.args'), 'x\n');
      run(first, root);
      expect(run(first, root, '--rollback').stdout).toMatch(/^put back: .*vm\.args\n.*restart it/);
      expect(readFileSync(at(root, 'vm.args'), 'utf8')).toBe('x\n');
    });

    test('corrects a changed mode and changed content', async () => {
      const root = scripts.newRoot();
      run(first, root);
      const right = contents(root);
      chmodSync(at(root, 'node.pem'), 0o644);
      writeFileSync(at(root, 'ca.pem'), 'x');
      expect(run(first, root).status).toBe(0);
      expect([contents(root), await modeOf(at(root, 'node.pem'))]).toEqual([right, '0600']);
    });

    test('takes backslashes in a directory literally', () => {
      const root = mkdirs(join(scripts.newRoot(), String.raw`a\nb\c`));
      const { status, stdout } = run(first, root);
      expect([status, stdout.split('\n')[0]]).toEqual([0, `put into place: ${at(root, 'ca.pem')}`]);
      expect(run(first, root, '--rollback').stderr).toContain(root);
    });

    test('follows symbolic links of root to its directory, within the given file system', () => {
      const root = scripts.newRoot();
      mkdirs(join(root, 'data/1'));
      mkdirs(join(root, 'etc'));
      symlinkSync('1', join(root, 'data/current'));
      symlinkSync('/data/current', join(root, 'etc/app'));
      expect(run(first, root).status).toBe(0);
      expect(readdirSync(join(root, 'data/1/tls')).sort()).toEqual(['.erlang-tls', ...FILES]);
      expect(run(first, root, '--check').status).toBe(0);
    });

    test('replaces a symbolic link and not its target', () => {
      const root = scripts.newRoot();
      mkdirSync(at(root), { recursive: true });
      writeFileSync(join(root, 'elsewhere'), 'x');
      symlinkSync(join(root, 'elsewhere'), at(root, 'node.pem'));
      expect(run(first, root).status).toBe(0);
      expect(readFileSync(join(root, 'elsewhere'), 'utf8')).toBe('x');
    });

    test.each<[string, (root: string) => unknown, RegExp, ...string[]]>([
      ['a directory that others can write to', (root) => chmodSync(mkdirs(at(root)), 0o775), /chmod go-w/],
      ['a parent that everybody can write to', (root) => chmodSync(mkdirs(join(root, 'etc')), 0o777), /chmod go-w/],
      ['a directory where a file should be', (root) => mkdirs(at(root, 'ca.pem')), /ca.pem is a directory.*move it/],
      [
        'a link that leads to itself',
        (root) => symlinkSync('app', join(mkdirs(join(root, 'etc')), 'app')),
        /loop of symbolic links/,
      ],
      ['a root that does not exist', (root) => rmSync(root, { recursive: true }), /create that directory first/],
      ['an unknown argument', () => undefined, /unknown argument --force/, '--force'],
      ['no root', () => undefined, /--root needs a directory/, '--root', ''],
      ['no owner', () => undefined, /--owner needs a user/, '--owner', ''],
      ['an owner that does not exist', () => undefined, /no user nobody-here: create/, '--owner', 'nobody-here'],
      ['a group that does not exist', () => undefined, /no group nobody-here: create/, '--owner', 'nobody:nobody-here'],
      ...[':group', 'nobody:', 'a:b:c', '1', 'nobody:1', 'a b', '-u'].map(
        (owner): [string, () => undefined, RegExp, ...string[]] => [
          `the owner ${owner}`,
          () => undefined,
          /is not an owner: use USER or USER:GROUP/,
          ...['--owner', owner],
        ],
      ),
      ['a rollback without a previous set', () => undefined, /no previous set/, '--rollback'],
      ['a rollback after the first run', (root) => run(first, root), /no previous set/, '--rollback'],
    ])('refuses %s', (_title, prepare, message, ...args) => {
      const root = scripts.newRoot();
      prepare(root);
      const { status, stderr } = run(first, root, ...args);
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
    });

    test('finds a directory in place of a later file before it replaces the first file', () => {
      const root = scripts.newRoot();
      run(first, root);
      rmSync(at(root, 'node.pem'));
      mkdirSync(at(root, 'node.pem'));
      const trusted = readFileSync(at(root, 'ca.pem'), 'utf8');
      const { status, stderr } = run(scripts.rollover, root);
      expect([status, stderr]).toEqual([2, expect.stringMatching(/node\.pem is a directory/)]);
      expect(readFileSync(at(root, 'ca.pem'), 'utf8')).toBe(trusted);
    });

    test('does nothing when it is damaged', () => {
      const text = readFileSync(first, 'utf8');
      const root = scripts.newRoot();
      const damaged = scripts.write('damaged.sh', text.replace(/(BEGIN CERTIFICATE-----\n.{10})./, '$1!'));
      expect(run(damaged, root)).toMatchObject({ status: 2, stderr: expect.stringContaining('its checksum') });
      expect(existsSync(at(root, 'ca.pem'))).toBe(false);
    });

    test('does nothing when it is truncated at any point', () => {
      // A part of the last line could call it without its arguments: it must not find the real directory then.
      const root = scripts.newRoot();
      const text = readFileSync(first, 'utf8').replace(/^install_directory=.*$/m, `install_directory='${at(root)}'`);
      const ends = [...text.matchAll(/\n/g)].map(({ index }) => index + 1).slice(0, -1);
      const lastLine = ends.at(-1) ?? 0;
      for (let end = lastLine + 1; end < text.length - 2; end += 1) ends.push(end);
      expect(ends.length).toBeGreaterThan(400);
      for (const end of ends) {
        runScript(shell, scripts.write('short.sh', text.slice(0, end)), []);
        expect([end, readdirSync(root)]).toEqual([end, []]);
      }
      expect(runScript(shell, scripts.write('short.sh', text.slice(0, -1)), []).status).toBe(0);
      expect(readdirSync(at(root))).toContain('node.pem');
    });
  });
});
