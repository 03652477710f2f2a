import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isAlive } from '../processes/living';
import { eventually } from '../programs/eventually';
import { requires } from '../programs/requires';
import { Machine } from './machine';

const SLOW_MS = 60_000;
const SECRET = 'secret-of-the-test';

const UNIT = `[Service]
Type=oneshot
LoadCredential=token:/etc/token
ExecStart=/bin/sh -c 'cat "$CREDENTIALS_DIRECTORY/token" >>/var/lib/seen; stat --format "%%a %%U" "$CREDENTIALS_DIRECTORY/token" >>/var/lib/seen'
`;
const TIMER = `[Timer]
OnActiveSec=0
OnUnitInactiveSec=200ms
AccuracySec=10ms

[Install]
WantedBy=timers.target
`;

requires('systemd')('a machine with systemd', () => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await Machine.start({
      hostname: 'one',
      shared: [__dirname],
      files: [
        { path: '/etc/token', content: SECRET, mode: 0o600 },
        { path: '/etc/systemd/system/look.service', content: UNIT },
        { path: '/etc/systemd/system/look.timer', content: TIMER },
      ],
    });
    expect(await machine.booted()).toBe('running');
  }, SLOW_MS);

  afterAll(() => machine?.stop());

  test('has systemd as its first process, a name, and a network of its own', async () => {
    expect(await machine.output('cat', ['/proc/1/comm'])).toBe('systemd\n');
    expect(await machine.output('hostname')).toBe('one\n');
    expect(await machine.shell('ls /sys/class/net; ip -oneline -4 address')).toMatch(/127\.0\.0\.1\/8/);
    expect((await machine.output('cat', ['/proc/net/route'])).trim().split('\n')).toHaveLength(1);
  });

  test('gives a service its credential each time that the timer starts it', async () => {
    await machine.output('systemctl', ['enable', '--now', 'look.timer']);
    const seen = await eventually('two runs', async () => {
      const { stdout } = await machine.run('cat', ['/var/lib/seen']);
      return stdout.split(SECRET).length > 2 ? stdout : undefined;
    });
    expect(seen.startsWith(`${SECRET}400 root\n${SECRET}400 root\n`)).toBe(true);
    expect(await machine.journal('look.service')).not.toContain(SECRET);
  });

  test('can read what is shared with it, and cannot write there', async () => {
    expect(await machine.output('ls', [__dirname])).toContain('machine.test.ts');
    expect((await machine.run('touch', [join(__dirname, 'new')])).stderr).toContain('Read-only file system');
    expect(readdirSync(__dirname)).not.toContain('new');
  });

  test(
    'is gone with all its processes and its group after stop, and after the process of the test dies',
    async () => {
      const before = groups();
      const other = await Machine.start({ hostname: 'two' });
      await other.output('systemd-run', ['sleep', '4321']);
      expect(groups()).toHaveLength(before.length + 1);
      await other.stop();
      expect(groups()).toEqual(before);
      expect(isAlive(other.pid)).toBe(false);

      const script = `
        require(${JSON.stringify(require.resolve('tsx/cjs'))});
        const { Machine } = require(${JSON.stringify(join(__dirname, 'machine.ts'))});
        Machine.start({ hostname: 'three' }).then((machine) => console.log(machine.pid));`;
      const test = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [pid] = (await once(test.stdout, 'data')) as [Buffer];
      expect(isAlive(Number(pid))).toBe(true);
      test.kill('SIGKILL');
      await eventually('the machine is gone', () => (isAlive(Number(pid)) ? undefined : true));
      await eventually('its group, too', () => (groups().length === before.length ? true : undefined));
    },
    SLOW_MS,
  );
});

/** The control groups of machines that the kernel has. */
function groups(): string[] {
  const list = 'mount -t cgroup2 groups /mnt && ls /mnt';
  const { stdout } = spawnSync('unshare', ['--mount', 'sh', '-c', list], { encoding: 'utf8' });
  return stdout.split('\n').filter((name) => name.startsWith('erlang-tls-machine-'));
}
