import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import {
  at,
  type Contents,
  contents,
  FILES,
  InstallScripts,
  mkdirs,
  mustEnd,
  runScript,
  SHELLS,
  shellWords,
} from '../support/installing/install-scripts';
import { eventually } from '../support/programs/eventually';
import { before, wrappers } from '../support/programs/path-directories';
import { requires } from '../support/programs/requires';

const SLOW_MS = 180_000;

/** Users that every system has, with groups of the same number: one that runs the node, and another. */
const [SERVICE, SERVICE_NAME, OTHER] = [1, 'daemon', 2];

requires(
  'terraform',
  'go',
  'busybox',
  'root',
)('an install script and several users', () => {
  let scripts: InstallScripts;
  let first: string;
  let second: string;

  beforeAll(async () => {
    scripts = await InstallScripts.deploy();
    // What other users run as well.
    [first, second] = [scripts.readable(scripts.first), scripts.readable(scripts.rollover)];
  }, SLOW_MS);

  afterAll(() => scripts?.remove());

  describe.each(SHELLS)('under %s', (_name, shell) => {
    const run = (script: string, root: string, ...args: string[]) =>
      runScript(shell, script, ['--root', root, ...args]);
    const runAs = (user: number, script: string, root: string, ...args: string[]) =>
      runScript(shell, script, ['--root', root, ...args], { user });

    test('root gives the files to the requested owner, and otherwise keeps their owner', () => {
      const root = scripts.newRoot();
      mustEnd(run(first, root, '--owner', `${SERVICE_NAME}:${SERVICE_NAME}`));
      expect(owners(root)).toEqual(FILES.map(() => [SERVICE, SERVICE]));
      expect(run(first, root, '--owner', SERVICE_NAME).stdout).toContain('nothing to do');
      mustEnd(run(second, root));
      expect(owners(root)).toEqual(FILES.map(() => [SERVICE, SERVICE]));
      mustEnd(run(second, root, '--rollback'));
      expect(owners(root)).toEqual(FILES.map(() => [SERVICE, SERVICE]));
      expect(statSync(at(root, '.erlang-tls'))).toMatchObject({ uid: 0, gid: 0 });
    });

    test('the user that runs the node can install into its own directory', () => {
      const root = scripts.newRoot();
      belongsTo(SERVICE, mkdirs(at(root)));
      mustEnd(runAs(SERVICE, first, root, '--owner', SERVICE_NAME));
      mustEnd(runAs(SERVICE, second, root));
      mustEnd(runAs(SERVICE, second, root, '--rollback'));
      expect(owners(root)).toEqual(FILES.map(() => [SERVICE, SERVICE]));
    });

    test('root can install into directories of the user that runs the node', () => {
      const root = scripts.newRoot();
      belongsTo(SERVICE, mkdirs(join(root, 'etc/app')), mkdirs(at(root)));
      mustEnd(run(first, root, '--owner', SERVICE_NAME));
      expect(owners(root)).toEqual(FILES.map(() => [SERVICE, 0]));
      expect(statSync(at(root, '.erlang-tls'))).toMatchObject({ uid: 0, mode: 0o040700 });
    });

    test.each<[string, (root: string) => unknown, RegExp]>([
      [
        'a directory that belongs to a third user',
        (root) => belongsTo(OTHER, mkdirs(at(root))),
        /belongs to bin.*--owner/,
      ],
      [
        'a parent that belongs to a third user',
        (root) => belongsTo(OTHER, mkdirs(join(root, 'etc'))),
        /belongs to bin.*--owner/,
      ],
      ['a parent that a group can write to', (root) => groupWritable(OTHER, mkdirs(join(root, 'etc'))), /chmod go-w/],
      [
        'a link in a directory of the user that runs the node',
        (root) => linked(root, '../victim', mkdirs(join(root, 'etc/app')), 'tls'),
        /symbolic link that others can change/,
      ],
      [
        "a link in place of the script's own directory",
        (root) => linked(root, '../../victim', mkdirs(at(root)), '.erlang-tls'),
        /is a link to .*victim/,
      ],
      [
        'a script directory that the user of the node created',
        (root) => belongsTo(SERVICE, mkdirs(at(root)), mkdirs(at(root, '.erlang-tls'))),
        /\.erlang-tls belongs to daemon: run this as that user, or remove it/,
      ],
      [
        'a script directory that others can read',
        (root) => chmodSync(mkdirs(at(root, '.erlang-tls')), 0o750),
        /others can read .*\.erlang-tls: remove it/,
      ],
    ])('the script refuses root %s', (_title, prepare, message) => {
      const root = scripts.newRoot();
      const victim = mkdirs(join(root, 'etc/victim'));
      chmodSync(victim, 0o700);
      prepare(root);
      const { status, stderr } = run(first, root, '--owner', SERVICE_NAME);
      expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
      expect(readdirSync(victim)).toEqual([]);
      expect(allFiles(root)).toEqual([]);
    });

    test('nothing is written through links that the user of the node put into the script directory', () => {
      const root = scripts.newRoot();
      const own = mkdirs(at(root, '.erlang-tls'));
      belongsTo(SERVICE, at(root), own);
      chmodSync(own, 0o700);
      const victim = join(root, 'victim');
      writeFileSync(victim, 'x');
      for (const name of ['installing', 'new', 'claim.1', 'lock.1']) symlinkSync(victim, join(own, name));
      expect(run(first, root, '--owner', SERVICE_NAME).status).toBe(2);
      expect(readFileSync(victim, 'utf8')).toBe('x');
    });

    test.each<[string, (directory: string) => void]>([
      ["root's group", (directory) => groupWritable(0, directory)],
      ['everybody, if it has the sticky bit', (directory) => chmodSync(directory, 0o1777)],
    ])('a parent directory may be writable for %s', (_title, open) => {
      const root = scripts.newRoot();
      open(mkdirs(join(root, 'etc')));
      mustEnd(run(first, root));
    });

    test('a check of unreadable files exits with 2, not with the code for pending changes', () => {
      const root = scripts.newRoot();
      mustEnd(run(first, root));
      const { status, stdout, stderr } = runAs(OTHER, first, root, '--check');
      expect([status, stdout, stderr]).toEqual([
        2,
        '',
        expect.stringMatching(/error: .*node\.pem cannot be read: run this as root/),
      ]);
    });

    test('the script stays in its directory if that is swapped for a link while root is at work', () => {
      const root = scripts.newRoot();
      const [app, victim] = [mkdirs(join(root, 'etc/app')), mkdirs(join(root, 'etc/victim'))];
      belongsTo(SERVICE, app);
      const swap = `if [ ! -h ${app}/tls ]; then /bin/mv ${app}/tls ${app}/away; ln -s ${victim} ${app}/tls; fi`;
      mustEnd(runScript(shell, first, ['--root', root, '--owner', SERVICE_NAME], { env: withThe('touch', swap) }));
      expect(readdirSync(victim)).toEqual([]);
      expect(readdirSync(join(app, 'away'))).toEqual(['.erlang-tls', ...FILES]);
    });

    test('a link that appears in place of a file at the last moment is replaced, not followed', () => {
      const root = scripts.newRoot();
      const victim = mkdirs(join(root, 'etc/victim'));
      belongsTo(SERVICE, mkdirs(at(root)));
      const link = `case $3 in ../*) ln -s ${victim} "$3" ;; esac`;
      mustEnd(runScript(shell, first, ['--root', root, '--owner', SERVICE_NAME], { env: withThe('mv', link) }));
      expect(readdirSync(victim)).toEqual([]);
      expect(contents(root)).toEqual(scripts.contentsOf(first));
    });

    test('files in a subdirectory are written only where no other user could redirect root', () => {
      const script = scripts.write(
        'below.sh',
        readFileSync(first, 'utf8').replace("name='ca.pem'", "name='sub/ca.pem'"),
      );
      const root = scripts.newRoot();
      mustEnd(run(script, root));
      expect(readdirSync(at(root, 'sub'))).toEqual(['ca.pem']);
      writeFileSync(at(root, 'sub/ca.pem'), 'x');
      belongsTo(SERVICE, at(root, 'sub'));
      expect(run(script, root).stderr).toMatch(/sub is a symbolic link, or others can write to it/);
      expect(readFileSync(at(root, 'sub/ca.pem'), 'utf8')).toBe('x');
    });

    test.each(['1 x', '1', '', 'x', '999999999 1'])('a lock that contains %j blocks no run', (text) => {
      const root = scripts.newRoot();
      mustEnd(run(first, root));
      writeFileSync(at(root, '.erlang-tls/lock.7'), `${text}\n`);
      mustEnd(run(second, root));
      expect(readdirSync(at(root, '.erlang-tls')).sort()).toEqual(['lock.8', 'previous']);
    });

    test(
      'a second run says that the first one is at work, and how to continue if it is not',
      async () => {
        const root = scripts.newRoot();
        const hold = scripts.newDirectory('hold-');
        const wait = `if [ ! -e ${hold}/waits ]; then : >${hold}/waits; read -r line <${hold}/go; fi`;
        mustEnd(runScript(['sh', '-c', `mkfifo ${hold}/go`], '', []));
        const slow = start(shell, first, root, withThe('sync', wait));
        await eventually('the first run', () => readdirSync(hold).includes('waits') || undefined);
        const { status, stderr } = run(second, root);
        writeFileSync(join(hold, 'go'), '\n');
        expect([status, stderr]).toEqual([
          2,
          expect.stringMatching(
            `another run, with process id ${slow.pid}, .*: wait for it; if that process is not such a run, remove ${at(root)}/\\.erlang-tls/lock\\.1\n`,
          ),
        ]);
        expect(await statusOf(slow)).toBe(0);
        expect(contents(root)).toEqual(scripts.contentsOf(first));
        mustEnd(run(second, root));
      },
      SLOW_MS,
    );

    test(
      'of two runs at once, one succeeds, the other succeeds or says why not, and the files come from one of them',
      async () => {
        const sets = [scripts.contentsOf(first), scripts.contentsOf(second)];
        for (let time = 0; time < 20; time += 1) {
          const root = scripts.newRoot();
          // At times where nothing was, at times beside the lock of one that was killed.
          if (time % 2 === 1) writeFileSync(join(mkOwn(root), 'lock.3'), '999999999 1\n');
          const both = [start(shell, first, root), start(shell, second, root)];
          const ended = await Promise.all(both.map(async (one) => [await statusOf(one), await one.said]));
          expect(ended).toContainEqual([0, '']);
          for (const [status, said] of ended) {
            if (status !== 0) expect([status, said]).toEqual([2, expect.stringMatching(/^error: another run/)]);
          }
          expect(sets).toContainEqual<Contents>(contents(root));
          mustEnd(run(first, root));
          expect(readdirSync(at(root, '.erlang-tls')).filter((name) => !/^(lock\.\d+|previous)$/.test(name))).toEqual(
            [],
          );
        }
      },
      SLOW_MS,
    );
  });

  function withThe(program: string, lines: string): Readonly<Record<string, string>> {
    return { PATH: before(wrappers(scripts.newDirectory('bin-'), [program], lines)) };
  }
});

interface Running extends ChildProcess {
  readonly said: Promise<string>;
}

function start(
  shell: readonly string[],
  script: string,
  root: string,
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn('/bin/sh', shellWords(shell, script, ['--root', root]), {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = new Promise<string>((resolve) => {
    let text = '';
    child.stderr
      ?.setEncoding('utf8')
      .on('data', (part: string) => (text += part))
      .on('end', () => resolve(text));
  });
  return Object.assign(child, { said });
}

async function statusOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

function owners(root: string): number[][] {
  return FILES.map((name) => statSync(at(root, name))).map(({ uid, gid }) => [uid, gid]);
}

function belongsTo(user: number, ...paths: readonly string[]): void {
  for (const path of paths) chownSync(path, user, user);
}

function groupWritable(group: number, path: string): void {
  chownSync(path, 0, group);
  chmodSync(path, 0o775);
}

/** A link that belongs to the user of the node, in a directory of that user. */
function linked(root: string, target: string, directory: string, name: string): void {
  belongsTo(SERVICE, directory);
  symlinkSync(target, join(directory, name));
  expect(statSync(join(directory, name)).ino).toBe(statSync(join(root, 'etc/victim')).ino);
}

/** The script's own directory, as it makes it. */
function mkOwn(root: string): string {
  mkdirs(at(root));
  mkdirSync(at(root, '.erlang-tls'), { mode: 0o700 });
  return at(root, '.erlang-tls');
}

function allFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
