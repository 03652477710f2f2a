import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { processesWith } from '../processes/living';
import { onEachProductRoot } from '../products/blocks';
import { eventually } from '../programs/eventually';
import { requires } from '../programs/requires';
import { Hosts } from './hosts';

requires('hosts')('the hosts of a test', () => {
  onEachProductRoot('with the file system of the products', ({ path: root }) => {
    let hosts: Hosts;

    beforeAll(async () => {
      hosts = await Hosts.create({ root, names: ['one', 'two'] });
    });

    afterAll(() => hosts?.stop());

    test('know their own names, and each other by short and long name, over IPv4 and IPv6', async () => {
      const [one] = hosts.all;
      expect(await one?.output('hostname', [])).toBe('one\n');
      expect(await one?.output('hostname', ['--fqdn'])).toBe('one.cluster.test\n');
      for (const name of ['two', 'two.cluster.test']) {
        expect(await one?.output('getent', ['ahostsv4', name])).toMatch(/^192\.0\.2\.2 /);
        expect(await one?.output('getent', ['ahostsv6', name])).toMatch(/^2001:db8::2 /);
      }
    });

    test.each(['192.0.2.2', '2001:db8::2'])('reach each other: %s', async (address) => {
      const listen = `{ok, L} = gen_tcp:listen(7000, [inet6, {ip, any}, {reuseaddr, true}]), io:format("ready"),
        {ok, S} = gen_tcp:accept(L), ok = gen_tcp:send(S, net_adm:localhost()), gen_tcp:close(S), halt().`;
      const server = hosts.get('two').start('erl', ['-noinput', '-eval', listen]);
      await eventually('the server listens', () => (server.log() === 'ready' ? true : undefined));
      const ask = `{ok, A} = inet:parse_address("${address}"), {ok, S} = gen_tcp:connect(A, 7000, [binary, {active, false}]),
        {ok, Answer} = gen_tcp:recv(S, 0), io:put_chars(Answer), halt().`;
      expect(await hosts.get('one').output('erl', ['-noinput', '-eval', ask])).toBe('two.cluster.test');
      expect(await server.exited).toBe(0);
    });

    test('see no process and no network of the machine', async () => {
      const [one] = hosts.all;
      expect(await one?.output('pgrep', ['--count', 'node']).catch(() => '0')).toBe('0');
      expect((await one?.output('cat', ['/proc/net/route']))?.trim().split('\n').slice(1)).toEqual([
        expect.stringMatching(/^eth0\s+000200C0/),
      ]);
    });

    test('have private files, with owner and mode', async () => {
      const file = { path: '/etc/new/file', content: 'a\n', owner: 'ejabberd', mode: '0400' };
      await hosts.get('one').install([file]);
      expect(await hosts.get('one').output('stat', ['--format', '%U %a', file.path])).toBe('ejabberd 400\n');
      expect((await hosts.get('two').run('stat', [file.path])).status).toBe(1);
      expect(existsSync(join(root, file.path))).toBe(false);
    });

    test('return the status of a command, and end one that exceeds its deadline', async () => {
      const [one] = hosts.all;
      expect((await one?.run('sh', ['-c', 'exit 7']))?.status).toBe(7);
      await expect(one?.run('sleep', ['321'], { deadlineMs: 200 })).rejects.toThrow('not within 200 ms: sleep 321');
      expect((await one?.run('pgrep', ['-f', 'sleep 321']))?.status).toBe(1);
    });

    test('end a process with everything that it started', async () => {
      const [one] = hosts.all;
      const process = one?.start('su', ['rabbitmq', '-s', '/bin/sh', '-c', 'echo up; sleep 654 & wait']);
      await eventually('it is up', () => (process?.log() === 'up\n' ? true : undefined));
      await process?.kill();
      await eventually('it is gone', async () =>
        (await one?.run('pgrep', ['-f', 'sleep 654']))?.status === 1 ? true : undefined,
      );
    });

    test('end a process that keeps starting others', async () => {
      const [one] = hosts.all;
      const process = one?.start('sh', ['-c', 'while sleep 0; do sleep 655 & echo up; done']);
      await eventually('it is up', () => (process?.log().startsWith('up\nup\n') ? true : undefined));
      await process?.kill();
      await eventually('they are gone', async () =>
        (await one?.run('pgrep', ['-f', 'sleep 655']))?.status === 1 ? true : undefined,
      );
    });

    test('do not reach those of another test with the same names', async () => {
      const others = await Hosts.create({ root, names: ['one', 'two'] });
      try {
        await others.get('one').install([{ path: '/tmp/other', content: '' }]);
        expect((await hosts.get('one').run('stat', ['/tmp/other'])).status).toBe(1);
      } finally {
        await others.stop();
      }
    });

    test('are gone after stop, with their daemons', async () => {
      const others = await Hosts.create({ root, names: ['three'] });
      const mark = `${process.pid}-stop`;
      await others.get('three').output('epmd', ['-daemon'], { env: { HOSTS_TEST: mark } });
      expect(processesWith('HOSTS_TEST', mark)).toHaveLength(1);
      await others.stop();
      await expectGone(mark);
    });

    test('are gone after the process of the test dies', async () => {
      const mark = `${process.pid}-death`;
      const script = `
        require(${JSON.stringify(require.resolve('tsx/cjs'))});
        const { Hosts } = require(${JSON.stringify(join(__dirname, 'index.ts'))});
        Hosts.create({ root: ${JSON.stringify(root)}, names: ['four'] }).then(async (hosts) => {
          await hosts.get('four').output('epmd', ['-daemon'], { env: { HOSTS_TEST: '${mark}' } });
          console.log('up');
        });`;
      const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(other.stdout, 'data');
      expect(processesWith('HOSTS_TEST', mark)).toHaveLength(1);
      other.kill('SIGKILL');
      await expectGone(mark);
    });

    async function expectGone(mark: string): Promise<void> {
      await eventually('no process is left', () => (processesWith('HOSTS_TEST', mark).length === 0 ? true : undefined));
    }
  });

  test('leave no network behind on the machine', () => {
    const names = readdirSync('/sys/class/net');
    expect(names.filter((name) => /^(bridge|port\d+)$/.test(name))).toEqual([]);
    expect(spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout).toBe('');
  });

  test('say why they cannot be created', async () => {
    await expect(Hosts.create({ root: '/nonexistent', names: ['one'] })).rejects.toThrow('/nonexistent');
  });
});
