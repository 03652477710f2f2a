import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { at, contents, InstallScripts, mustEnd, runScript } from '../support/installing/install-scripts';
import { before, CALLED, fileOf, linksTo, wrappers } from '../support/programs/path-directories';
import { requires } from '../support/programs/requires';

const SLOW_MS = 180_000;

const DASH = [fileOf('dash')];

/** What the script is about to put into place, and where. */
const RECORD_RENAMES = 'case $3 in ../*) echo "$3 $(ls -ln "$2")" >>"$RECORD" ;; esac';

/** The program and its arguments; every file with a key that others may read, and the directory of what is being done where they may look. */
const RECORD_SECRETS = `
printf '%s\\n' "\${0##*/}" "$@" >>"$RECORD.arguments"
if [ -d "$STATE" ]; then
  /usr/bin/find "$STATE" -prune ! -perm 0700 >>"$RECORD.open"
  /usr/bin/find "$ROOT" -type f -exec grep -l 'PRIVATE KEY' {} + | while read -r file; do
    echo "$file" >>"$RECORD.keys"
    /usr/bin/find "$file" -perm /077 >>"$RECORD.open"
  done
fi`;

requires(
  'terraform',
  'go',
  'busybox',
  'openssl',
)('the programs that an install script calls', () => {
  let scripts: InstallScripts;

  beforeAll(async () => {
    scripts = await InstallScripts.deploy();
  }, SLOW_MS);

  afterAll(() => scripts?.remove());

  test.each(CALLED)('include %s: without it, the script says so and changes nothing', (program) => {
    const PATH = linksTo(scripts.newDirectory('bin-'), [...CALLED.filter((one) => one !== program), 'sha256sum']);
    const root = scripts.newRoot();
    const { status, stderr } = runScript(DASH, scripts.first, ['--root', root], { env: { PATH } });
    expect([status, stderr]).toEqual([
      2,
      `error: ${program} is missing on this machine: install it, or add its directory to PATH\n`,
    ]);
    expect(readdirSync(root)).toEqual([]);
  });

  test('include one that computes SHA-256: without it, the script says so and changes nothing', () => {
    const PATH = linksTo(scripts.newDirectory('bin-'), CALLED);
    const root = scripts.newRoot();
    const { status, stderr } = runScript(DASH, scripts.first, ['--root', root], { env: { PATH } });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/none of sha256sum, shasum and openssl/)]);
    expect(readdirSync(root)).toEqual([]);
  });

  test.each(['sha256sum', 'shasum', 'openssl'])('are enough together with %s', (program) => {
    everything(DASH, linksTo(scripts.newDirectory('bin-'), [...CALLED, program]));
  });

  test('are all part of busybox', () => {
    const busybox = fileOf('busybox');
    const PATH = linksTo(scripts.newDirectory('bin-'), [...CALLED, 'sha256sum'], busybox);
    everything([busybox, 'sh'], PATH);
  });

  test.each([
    ['GNU', `exec "$REAL" "$@"`, '-fT'],
    ['BSD', `case $1 in -fT) exit 64 ;; -fh) shift; exec "$REAL" -fT "$@" ;; esac`, '-fh'],
    ['neither', `case $1 in -fT | -fh) exit 64 ;; esac`, '-f'],
  ])('include mv with the options of %s', (_title, lines, option) => {
    const bin = wrappers(scripts.newDirectory('bin-'), ['mv'], `echo "$1" >>"$RECORD"\n${lines}`);
    const RECORD = join(scripts.newDirectory('record-'), 'options');
    everything(DASH, before(bin), { RECORD });
    expect(readFileSync(RECORD, 'utf8').trim().split('\n').at(-1)).toBe(option);
  });

  test('replace the trust bundle first, and set mode and owner of a file before it is visible', () => {
    const bin = wrappers(scripts.newDirectory('bin-'), ['mv'], RECORD_RENAMES);
    const RECORD = join(scripts.newDirectory('record-'), 'renames');
    const root = scripts.newRoot();
    mustEnd(runScript(DASH, scripts.first, ['--root', root], { env: { PATH: before(bin), RECORD } }));
    const lines = readFileSync(RECORD, 'utf8').trim().split('\n');
    const [uid, gid] = [process.getuid?.(), process.getgid?.()];
    const owned = `1 ${uid} ${gid}`;
    expect(lines.map((line) => line.split(/ +/).slice(0, 5).join(' '))).toEqual([
      `../ca.pem -rw-r--r-- ${owned}`,
      `../node.pem -rw------- ${owned}`,
      `../ssl_dist.conf -rw-r--r-- ${owned}`,
      `../vm.args -rw-r--r-- ${owned}`,
    ]);
  });

  test.each(['dash', 'bash', 'busybox'])(
    'receive no secret in an argument, and expose none in a readable file, under %s',
    (name) => {
      const bin = wrappers(scripts.newDirectory('bin-'), [...CALLED, 'sha256sum'], RECORD_SECRETS);
      const record = scripts.newDirectory('record-');
      const root = scripts.newRoot();
      const env = { PATH: before(bin), RECORD: join(record, 'r'), ROOT: root, STATE: at(root, '.erlang-tls') };
      // An applet of busybox's own shell would not be recorded, if it ran one.
      const shell = name === 'busybox' ? ['busybox', 'sh'] : [name];
      mustEnd(runScript(shell, scripts.first, ['--root', root], { env }));
      mustEnd(runScript(shell, scripts.rollover, ['--root', root], { env }));
      const keys = [contents(root)];
      mustEnd(runScript(shell, scripts.rollover, ['--root', root, '--rollback'], { env }));
      keys.push(contents(root));

      const [args, open, seen] = ['arguments', 'open', 'keys'].map((part) =>
        readFileSync(join(record, `r.${part}`), 'utf8'),
      );
      const secrets = keys.flatMap(
        (set) => /PRIVATE KEY-----\n([^]*?)\n-----END/.exec(set['node.pem'] ?? '')?.[1]?.split('\n') ?? [],
      );
      expect(secrets.length).toBeGreaterThan(3);
      expect(secrets.filter((line) => args?.includes(line))).toEqual([]);
      expect(open).toBe('');
      // They were looked at while they were on their way, and where they are kept.
      expect(seen).toMatch(/\.erlang-tls\/new\/2\n[^]*\.erlang-tls\/previous\/files\/node\.pem\n/);
      expect(args).toMatch(/^mv\n-fT\nnew\/2\n\.\.\/node\.pem$/m);
    },
  );

  /** Installs, updates and goes back, with nothing but these programs. */
  function everything(shell: readonly string[], PATH: string, more: Readonly<Record<string, string>> = {}): void {
    const root = scripts.newRoot();
    const env = { PATH, ...more };
    mustEnd(runScript(shell, scripts.first, ['--root', root], { env }));
    const old = contents(root);
    const changed = runScript(shell, scripts.rollover, ['--root', root], { env });
    expect([changed.status, changed.stderr]).toEqual([0, '']);
    expect(runScript(shell, scripts.rollover, ['--root', root, '--check'], { env }).status).toBe(0);
    expect(contents(root)).toEqual(scripts.contentsOf(scripts.rollover));
    mustEnd(runScript(shell, scripts.rollover, ['--root', root, '--rollback'], { env }));
    expect(contents(root)).toEqual(old);
  }
});
