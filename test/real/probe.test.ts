import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HOSTS, Site } from '../support/broken/site';
import { codesOf, runCli } from '../support/cli/run-cli';
import { type ErlangCluster, type ErlangNode, type NodeOptions, type Runtime, withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';

const SLOW_MS = 60_000;
const [HOST] = HOSTS;

requires('erl', 'openssl')('a probe of a running node', () => {
  let directory: string;
  let site: Site;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'probed-node-'));
    site = new Site(join(directory, 'site'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  onEachRuntime('with TLS', (runtime) => {
    test(
      'reports its versions, its certificate, and that it requires a client certificate',
      () =>
        running(runtime, async (node, { port }) => {
          const target = `--probe=${node.address}:${port}`;
          const { exitCode, out } = await runCli(['check', target]);
          expect([exitCode, out.split('\n')]).toEqual([
            0,
            [
              `${node.address}:${port}, port ${port}: tlsv1.3; TLS_AES_256_GCM_SHA384`,
              expect.stringMatching(
                new RegExp(
                  `^  certificate for ${HOST}, ${node.address}, ${node.address}, issued by CN=Site CA, valid until `,
                ),
              ),
              '  requires a client certificate',
              '',
            ],
          ]);
        }),
      SLOW_MS,
    );

    test(
      'finds that it accepts clients without a certificate',
      async () => {
        site.options({
          server: { verify: 'verify_none', fail_if_no_peer_cert: undefined, versions: "['tlsv1.3','tlsv1.2']" },
        });
        await running(runtime, async (node, { port }) => {
          const target = `--probe=${node.address}:${port}`;
          expect(await codesOf(['check', target])).toEqual(['client-certificate-not-required']);
          expect((await runCli(['check', target])).out).toContain('tlsv1.3, tlsv1.2;');
        });
      },
      SLOW_MS,
    );

    test(
      'finds that it presents an older certificate than the one in its files, which it has not read yet',
      () =>
        running(runtime, async (node, { port }) => {
          const target = `--probe=${node.address}:${port}`;
          expect(await codesOf(['check', target, site.broken])).toEqual([]);
          site.reissue({ alternativeNames: `DNS:${HOST},DNS:${node.address},IP:${node.address}` });
          expect(await codesOf(['check', target, site.broken])).toEqual(['probe-shows-other-certificate']);
          expect(await codesOf(['check', target, site.directory])).toEqual([]);
        }),
      SLOW_MS,
    );

    test(
      "checks an address by the rules of the client's release",
      () =>
        running(runtime, async (node, { port }) => {
          site.reissue({ alternativeNames: `IP:${node.address}` });
          const target = `--probe=${node.address}:${port}`;
          expect(await codesOf(['check', '--otp=27', target])).toEqual([]);
          expect(await codesOf(['check', '--otp=25', target])).toEqual(['host-not-in-certificate']);
        }),
      SLOW_MS,
    );

    test(
      'finds a missing name and an expired certificate',
      () =>
        running(runtime, async (node, { port }) => {
          site.reissue({ from: -48, to: -24 });
          const codes = await codesOf(['check', `--probe=${node.address}:${port}`]);
          expect(codes).toEqual(['certificate-expired', 'host-not-in-certificate']);
        }),
      SLOW_MS,
    );
  });

  onEachRuntime(
    'in other states',
    (runtime) => {
      test(
        'finds a node by its name, through epmd',
        () =>
          running(
            runtime,
            async (node, { epmdPort }) => {
              const env = { ERL_EPMD_PORT: String(epmdPort) };
              const found = await codesOf(['check', `--probe=node@${node.address}`], { env });
              expect(found).toEqual([]);
              expect(await codesOf(['check', `--probe=other@${node.address}`], { env })).toEqual(['probe-no-answer']);
              const { out } = await runCli(['check', `--probe=${node.address}`], { env });
              expect(out).toContain(`node@${node.address}, port `);
            },
            { leaveOut: ['epmd'] },
          ),
        SLOW_MS,
      );

      test(
        'reports a node without TLS, and a port without a listener',
        async () => {
          site.write('vm.args', '-proto_dist inet_tcp\n');
          await running(runtime, async (node, { port }) => {
            const target = `--probe=${node.address}:${port}`;
            expect(await codesOf(['check', target])).toEqual(['probe-no-tls']);
            await node.stop();
            expect(await codesOf(['check', target])).toEqual(['probe-no-answer']);
          });
        },
        SLOW_MS,
      );
    },
    [27],
  );

  /** The certificate names the node's address too, under which it is probed. */
  async function running(
    runtime: Runtime,
    body: (node: ErlangNode, erlang: ErlangCluster) => Promise<void>,
    options: Partial<NodeOptions> = {},
  ): Promise<void> {
    await withCluster({ hosts: [HOST] }, async (erlang) => {
      const args = ['-args_file', site.path('vm.args')];
      const node = await erlang.startNode({ runtime, name: `node@${HOST}`, args, ...options });
      const { address } = node;
      site.reissue({ alternativeNames: `DNS:${HOST},DNS:${address},IP:${address}` });
      await body(node, erlang);
    });
  }
});
