import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isAlive } from '../processes/living';
import { requires } from '../programs/requires';
import {
  availableRuntimes,
  bootOnly,
  couchDistDirectory,
  type ErlangCluster,
  type ErlangNode,
  type NodeOptions,
  parseTerms,
  readBackArgsFile,
  readBackArgsFiles,
  type Runtime,
  TestAuthority,
  withCluster,
} from './index';

const HOSTS = ['db1.example.com', 'db2.example.com', 'db3.example.com'];

requires('erl', 'openssl')('the Erlang harness', () => {
  // Inside, so that a machine without Erlang is asked only once and by `requires`.
  const runtimes = availableRuntimes();

  test('there is at least one runtime, and each has the release that it claims', async () => {
    expect(runtimes.length).toBeGreaterThan(0);
    for (const runtime of runtimes) {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const node = await cluster.startNode({ runtime, name: `a@${HOSTS[0]}` });
        expect(await node.evalText('erlang:system_info(otp_release)')).toBe(String(runtime.otp));
      });
    }
  });

  describe.each(runtimes.map((runtime) => [runtime.otp, runtime] as const))('OTP %i', (_otp, runtime) => {
    test('three nodes reach one another over TLS, in both directions', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const nodes = await startTlsNodes(cluster, runtime);
        for (const [dialler, dialled] of orderedPairs(nodes)) {
          expect({ pair: [dialler.name, dialled.name], ...(await dialler.dial(dialled)) }).toMatchObject({
            pair: [dialler.name, dialled.name],
            kind: 'tls',
            version: 'tlsv1.3',
            cipher: 'TLS_AES_256_GCM_SHA384',
            peerCertificate: { subjectAltName: `DNS:${hostOf(dialled)}` },
          });
        }
      });
    });

    test('a plain TCP node is refused, and the log says so', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const [tls] = await startTlsNodes(cluster, runtime, HOSTS.slice(0, 1));
        const plain = await cluster.startNode({ runtime, name: `plain@${HOSTS[1]}` });
        expect(await plain.ping(`couchdb@${HOSTS[0]}`)).toBe('pang');
        expect(await plain.connectionInfo(`couchdb@${HOSTS[0]}`)).toEqual({ kind: 'none' });
        await eventually(() => expect(tls?.log()).toMatch(/unsupported_record_type/));
      });
    });

    test('plain TCP is distinguished from TLS', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const left = await cluster.startNode({ runtime, name: `plain@${HOSTS[0]}` });
        const right = await cluster.startNode({ runtime, name: `plain@${HOSTS[1]}` });
        expect(await left.connectionInfo(right)).toEqual({ kind: 'none' });
        expect(await left.dial(right)).toEqual({ kind: 'tcp' });
      });
    });

    test('the cookie is effective, and is on no command line', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const [node] = await startTlsNodes(cluster, runtime, HOSTS.slice(0, 1));
        const [stranger] = await startTlsNodes(cluster, runtime, HOSTS.slice(1, 2), { cookie: 'another' });
        expect(await stranger?.ping(`couchdb@${HOSTS[0]}`)).toBe('pang');
        expect(await node?.eval('erlang:get_cookie()')).toContain(cluster.cookie);
        expect(commandLine(node?.vm.pid ?? 0)).not.toContain(cluster.cookie);
      });
    });

    test('the stand-in for the couch protocol decides by the name of the dialled node', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const couch = [
          '-pa',
          couchDistDirectory(runtime),
          '-proto_dist',
          'couch',
          '-couch_dist',
          'no_tls',
          `"*@${HOSTS[2]}"`,
        ];
        const [first, second, plain] = (await startTlsNodes(cluster, runtime, HOSTS, { args: couch })) as [
          ErlangNode,
          ErlangNode,
          ErlangNode,
        ];
        expect(await first.dial(second)).toMatchObject({ kind: 'tls' });
        expect(await first.dial(plain)).toEqual({ kind: 'tcp' });
        expect(await plain.dial(first)).toMatchObject({ kind: 'tls' });
      });
    });

    test('a failed boot says why', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const start = cluster.startNode({ runtime, name: `a@${HOSTS[0]}`, args: ['-proto_dist', 'inet_tsl'] });
        await expect(start).rejects.toMatchObject({
          name: 'BootFailed',
          exit: { code: 1 },
          output: expect.stringContaining("Protocol 'inet_tsl': not supported") as string,
        });
      });
    });

    test('an expression that fails or hangs makes the test fail that sent it', async () => {
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        const node = await cluster.startNode({ runtime, name: `a@${HOSTS[0]}` });
        await expect(node.eval('1 + a')).rejects.toThrow(/badarith/);
        await expect(node.eval('receive never -> ok end', { deadlineMs: 100 })).rejects.toThrow(
          /no answer within 100 ms/,
        );
        expect(await node.eval('{"é", <<"é"/utf8>>, \'é\'} % still alive')).toBe('{"é",<<"é"/utf8>>,é}');
        await node.stop();
        await expect(node.eval('ok')).rejects.toThrow(/has ended|was stopped/);
      });
    });

    test('no process remains of a cluster whose test throws', async () => {
      const seen: { pids: number[]; directory?: string } = { pids: [] };
      const body = withCluster({ hosts: HOSTS }, async (cluster) => {
        const nodes = await startTlsNodes(cluster, runtime);
        // A program that Erlang itself started belongs to it.
        const [sleep = ''] = /\d+/.exec((await nodes[0]?.eval(START_SLEEP)) ?? '') ?? [];
        seen.pids.push(Number(sleep), ...nodes.map(({ vm }) => vm.pid));
        expect(seen.pids.filter(isAlive)).toEqual(seen.pids);
        seen.directory = cluster.directory;
        throw new Error('the test went wrong');
      });
      await expect(body).rejects.toThrow('the test went wrong');
      expect(seen.pids).toHaveLength(HOSTS.length + 1);
      expect(seen.pids.filter(isAlive)).toEqual([]);
      expect(existsSync(seen.directory ?? '')).toBe(false);
    });

    test('no process remains of a cluster whose test process is killed', async () => {
      const { pids, directory } = await startInAnotherProcessAndKillIt(runtime);
      expect(pids).toHaveLength(1);
      await eventually(() => expect(pids.filter(isAlive)).toEqual([]));
      // What such a process leaves behind it cannot remove itself.
      spawnSync('rm', ['-rf', directory]);
    });

    test('an epmd that a node starts ends with the cluster', async () => {
      let port = 0;
      await withCluster({ hosts: HOSTS }, async (cluster) => {
        port = cluster.epmdPort;
        await cluster.startNode({ runtime, name: `a@${HOSTS[0]}`, leaveOut: ['epmd'] });
        expect(epmdNames(runtime, port)).toMatch(/name a at port/);
      });
      expect(epmdNames(runtime, port)).toMatch(/Cannot connect/);
    });

    test('a command line is read back as the VM understood it', async () => {
      expect(await bootOnly(['-a', 'b c', '', '"q"', '-d'], runtime)).toEqual([
        ['a', ['b c', '', '"q"']],
        ['d', []],
      ]);
    });

    test('argument files are read back exactly, each separately', async () => {
      const files = ['-a "b c" é # comment', `-b '"x@y"'\n-b "unfinished`, 'stray -c', '+bad', '-d \\ \\"', ''];
      expect(await readBackArgsFiles(runtime, files)).toEqual([
        { ok: true, flags: [['a', ['b c', 'é']]] },
        { ok: true, flags: [['b', ['"x@y"']], ['b', ['unfinished']]] }, // prettier-ignore
        { ok: true, flags: [['', ['stray']], ['c', []]] }, // prettier-ignore
        { ok: false, output: expect.stringContaining('unknown flag -bad') as string },
        { ok: true, flags: [['d', [' "']]] },
        { ok: true, flags: [] },
      ]);
      await expect(readBackArgsFile(runtime, '+bad')).rejects.toThrow(/unknown flag -bad/);
    });

    test('a thousand argument files are read in one run, in order', async () => {
      const files = Array.from({ length: 1000 }, (_, index) => `-n value${index} "${'x'.repeat(index % 300)}"`);
      const results = await readBackArgsFiles(runtime, files);
      expect(results).toEqual(
        files.map((_, index) => ({ ok: true, flags: [['n', [`value${index}`, 'x'.repeat(index % 300)]]] })),
      );
    });

    test('terms are read in the way that an option file is read', async () => {
      const texts = ['%% coding: utf-8\n[{a, "é"}].', '[{a, "é"}].', '[{a, 1}]', 'os:getenv("NOT_SET", b).', '[A].'];
      const [utf8, latin1, noDot, call, variable] = await parseTerms(runtime, texts);
      expect(utf8).toMatchObject({ ok: true, written: '[{a,[233]}]', pretty: '[{a,"é"}]' });
      expect(latin1).toMatchObject({ ok: true, written: '[{a,[195,169]}]' });
      expect(noDot).toMatchObject({ ok: false, reason: expect.stringContaining('bad_ssl_dist_optfile') as string });
      expect(call).toMatchObject({ ok: true, written: 'b' });
      expect(variable).toMatchObject({ ok: false, reason: expect.stringContaining('unbound') as string });
    });
  });
});

async function startTlsNodes(
  cluster: ErlangCluster,
  runtime: Runtime,
  hosts: readonly string[] = HOSTS,
  { args = ['-proto_dist', 'inet_tls'], cookie }: Pick<NodeOptions, 'args' | 'cookie'> = {},
): Promise<readonly ErlangNode[]> {
  const authority = authorityOf(cluster);
  const nodes = hosts.map((host) =>
    cluster.startNode({
      runtime,
      name: `couchdb@${host}`,
      args: [...args, '-ssl_dist_optfile', writeOptionFile(cluster, authority, host)],
      ...(cookie === undefined ? {} : { cookie }),
    }),
  );
  return Promise.all(nodes);
}

function authorityOf(cluster: ErlangCluster): TestAuthority {
  const known = authorities.get(cluster) ?? new TestAuthority(join(cluster.directory, 'pki'));
  authorities.set(cluster, known);
  return known;
}

const authorities = new WeakMap<ErlangCluster, TestAuthority>();

function writeOptionFile(cluster: ErlangCluster, authority: TestAuthority, host: string): string {
  const { certificate, key } = authority.issue({ names: [host] });
  const both = `{certfile,"${certificate}"},{keyfile,"${key}"},{cacertfile,"${authority.certificate}"},{verify,verify_peer},{versions,['tlsv1.3']}`;
  const file = join(cluster.directory, `${host}.conf`);
  writeFileSync(file, `[{server,[${both},{fail_if_no_peer_cert,true}]},{client,[${both}]}].\n`);
  return file;
}

function orderedPairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((left) => items.filter((right) => right !== left).map((right) => [left, right] as const));
}

function hostOf({ name }: ErlangNode): string {
  return name.slice(name.indexOf('@') + 1);
}

/** Starts a node in a process of its own, waits until the node is up, and kills that process without warning. */
async function startInAnotherProcessAndKillIt(runtime: Runtime): Promise<{ pids: number[]; directory: string }> {
  const program = `
    const { ErlangCluster } = require(${JSON.stringify(join(__dirname, 'index.ts'))});
    void (async () => {
      const cluster = await ErlangCluster.create({ hosts: ['a.example.com'] });
      const node = await cluster.startNode({ runtime: ${JSON.stringify(runtime)}, name: 'a@a.example.com' });
      console.log(JSON.stringify({ pids: [node.vm.pid], directory: cluster.directory }));
    })();`;
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', program], {
    cwd: join(__dirname, '..', '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return JSON.parse(line.toString('utf8')) as { pids: number[]; directory: string };
}

/** A program that does not end when its standard input does. Its process id is the value. */
const START_SLEEP = 'element(2, erlang:port_info(open_port({spawn, "sleep 600"}, []), os_pid))';

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
}

function epmdNames(runtime: Runtime, port: number): string {
  const { stdout, stderr } = spawnSync(runtime.epmd, ['-port', String(port), '-names'], { encoding: 'utf8' });
  return `${stdout}${stderr}`;
}

/** Repeats an assertion until it holds. The last failure is the test's. */
async function eventually(assertion: () => void): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      assertion();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

jest.setTimeout(120_000);
