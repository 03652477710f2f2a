import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import {
  type Contents,
  contents,
  FILES,
  InstallScripts,
  mustEnd,
  runScript,
} from '../support/installing/install-scripts';
import { before, CALLED, wrappers } from '../support/programs/path-directories';
import { requires } from '../support/programs/requires';

const SLOW_MS = 180_000;

const SHELL = ['dash'];

/** Ends the script before the call of that number. */
const KILL_BEFORE_CALL = `
read -r n <"$CALLS"; n=$((n + 1)); echo "$n" >"$CALLS"
if [ "$n" -eq "$KILL_AT" ]; then kill -9 "$SCRIPT" "$PPID"; exit 1; fi`;

/** What changes files. A file that a program makes is there when it writes to it. */
const CHANGES =
  'write,rename,renameat,renameat2,unlink,unlinkat,link,linkat,mkdir,mkdirat,chmod,fchmod,fchmodat,chown,fchown,fchownat,utimensat,copy_file_range,ftruncate';

/**
 * Ends the program of that number at its system call of that number, and the script before it learns of it. Where it has no such call, the script
 * ends after it.
 */
const KILL_IN_CALL = `
read -r n <"$CALLS"; n=$((n + 1)); echo "$n" >"$CALLS"
if [ "$n" -eq "$KILL_AT" ]; then
  strace -qq -o /dev/null -e trace=${CHANGES} -e inject=${CHANGES}:signal=KILL:when="$SYSTEM_CALL" "$REAL" "$@"
  [ "$?" -eq 137 ] || echo over >"$CALLS"
  kill -9 "$SCRIPT" "$PPID"; exit 1
fi`;

requires('terraform', 'go')('an install script that is killed', () => {
  let scripts: InstallScripts;
  let oldSet: Contents;
  let newSet: Contents;
  /** With the old set; and with the new one, and the old one to go back to. */
  let installed: string;
  let updated: string;
  /** The states that kills have left, as `treeOf` gives them. Equal states continue equally. */
  const seen = new Set<string>();

  beforeAll(async () => {
    scripts = await InstallScripts.deploy();
    [oldSet, newSet] = [scripts.contentsOf(scripts.first), scripts.contentsOf(scripts.rollover)];
    installed = scripts.newRoot();
    mustEnd(runScript(SHELL, scripts.first, ['--root', installed]));
    updated = scripts.newRoot(installed);
    mustEnd(runScript(SHELL, scripts.rollover, ['--root', updated]));
  }, SLOW_MS);

  afterAll(() => scripts?.remove());

  test('had more than one file to replace', () => {
    expect(FILES.filter((name) => oldSet[name] !== newSet[name])).toEqual(['ca.pem', 'node.pem']);
  });

  describe.each([
    ['an installation', []],
    ['a rollback', ['--rollback']],
  ])('in %s', (_title, args) => {
    test(
      'before any program that it calls leaves complete files, and the next run continues',
      () => {
        const bin = wrappers(scripts.newDirectory('bin-'), [...CALLED, 'sha256sum'], KILL_BEFORE_CALL);
        let call = 1;
        while (isKilled(bin, args, { KILL_AT: String(call) })) call += 1;
        expect(call).toBeGreaterThan(30);
      },
      SLOW_MS,
    );

    requires('strace')('with strace at hand', () => {
      test(
        'at any system call that changes files leaves complete files, and the next run continues',
        () => {
          const programs = ['cat', 'chmod', 'chown', 'cp', 'ln', 'mkdir', 'mv', 'rm', 'touch'];
          const bin = wrappers(scripts.newDirectory('bin-'), programs, KILL_IN_CALL);
          let [call, systemCall, killed] = [1, 1, 0];
          while (isKilled(bin, args, { KILL_AT: String(call), SYSTEM_CALL: String(systemCall) })) {
            if (isOver()) [call, systemCall] = [call + 1, 1];
            else [systemCall, killed] = [systemCall + 1, killed + 1];
          }
          expect(call).toBeGreaterThan(15);
          expect(killed).toBeGreaterThan(15);
        },
        SLOW_MS,
      );

      test(
        'at any such call by the shell itself leaves complete files, and the next run continues',
        () => {
          // The shell makes files, and writes little to them.
          const changes = `openat,${CHANGES}`;
          const traced = ['strace', '-qq', '-o', '/dev/null', '-e', `trace=${changes}`];
          let systemCall = 1;
          while (isKilledAs([...traced, '-e', `inject=${changes}:signal=KILL:when=${systemCall}`, ...SHELL], args, {}))
            systemCall += 1;
          expect(systemCall).toBeGreaterThan(10);
        },
        SLOW_MS,
      );
    });
  });

  function isKilled(bin: string, args: readonly string[], env: Readonly<Record<string, string>>): boolean {
    const counted = { PATH: before(bin), CALLS: scripts.write('calls', '0\n'), ...env };
    return isKilledAs(SHELL, args, counted);
  }

  function isOver(): boolean {
    return readFileSync(join(scripts.directory, 'calls'), 'utf8') === 'over\n';
  }

  /** Runs it, and fails where it left anything that another run, or a rollback, does not make whole. */
  function isKilledAs(
    shell: readonly string[],
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): boolean {
    const root = scripts.newRoot(args.length === 0 ? installed : updated);
    const { signal } = runScript(shell, scripts.rollover, ['--root', root, ...args], { env });
    const left = contents(root);
    for (const name of FILES) expect([oldSet[name], newSet[name]]).toContain(left[name]);
    const all = treeOf(root);
    if (!seen.has(all)) {
      seen.add(all);
      mustEnd(runScript(SHELL, scripts.rollover, ['--root', root]));
      expect(contents(root)).toEqual(newSet);
      mustEnd(runScript(SHELL, scripts.rollover, ['--root', root, '--rollback']));
      expect(contents(root)).toEqual(oldSet);
    }
    scripts.removeRoot(root);
    return signal !== null;
  }
});

/** Every file and directory with its mode and content, but for process ids. */
function treeOf(root: string): string {
  const entries = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const lines = entries.map((name) => {
    const [path, isLock] = [join(root, name), /(claim|lock)\.\d+$/.test(name)];
    const { mode, size } = statSync(path);
    const text = (mode & 0o170000) === 0o040000 ? '' : isLock ? String(size > 0) : readFileSync(path, 'utf8');
    return [name.replace(/claim\.\d+$/, 'claim'), mode.toString(8), text].join(' ');
  });
  return lines.join('\n');
}
