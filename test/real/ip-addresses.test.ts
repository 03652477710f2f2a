import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Workshop } from '../support/broken/workshop';
import { codesOf } from '../support/cli/run-cli';
import { withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';

const SLOW_MS = 60_000;

/** IPv4-mapped addresses, which Linux has wherever it has IPv4. */
const HOSTS = ['::ffff:127.0.0.1', '::ffff:127.0.0.2'] as const;
/** The notations of OpenSSL and of Terraform's provider: Go writes such an address with four octets. */
const [SIXTEEN_OCTETS, FOUR_OCTETS] = [(host: string) => host, (host: string) => host.replace('::ffff:', '')];

requires('erl', 'openssl')('nodes whose host is an IPv4-mapped address', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'mapped-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** The files of both nodes; gives their names. */
  function install(written: (host: string) => string): readonly string[] {
    const workshop = new Workshop(join(directory, 'workshop'));
    const ca = workshop.root('CA');
    return HOSTS.map((host, index) => {
      const path = (name: string): string => join(directory, `nodes/${index}`, name);
      mkdirSync(path('.'), { recursive: true });
      const alternativeNames = `DNS:${host},IP:${written(host)}`;
      const { key, certificate } = workshop.issue(ca, { commonName: `node ${index}`, alternativeNames });
      const files = `{certfile,"${path('node.pem')}"},{cacertfile,"${path('ca.pem')}"},{verify,verify_peer},{versions,['tlsv1.3']}`;
      writeFileSync(path('node.pem'), key + certificate, { mode: 0o600 });
      writeFileSync(path('ca.pem'), ca.certificate);
      writeFileSync(path('ssl_dist.conf'), `[{server,[${files},{fail_if_no_peer_cert,true}]},{client,[${files}]}].\n`);
      writeFileSync(
        path('vm.args'),
        `-name node@${host}\n-proto_dist inet6_tls\n-ssl_dist_optfile ${path('ssl_dist.conf')}\n`,
      );
      return `node@${host}`;
    });
  }

  onEachRuntime('that is in their certificates', (runtime) => {
    test.each([
      ['connect with sixteen octets, and the check finds nothing', SIXTEEN_OCTETS, false],
      [
        'are refused from OTP 27 on with four octets, as Terraform writes it, and the check says so',
        FOUR_OCTETS,
        runtime.otp > 26,
      ],
    ] as const)(
      '%s',
      async (_title, written, isRefused) => {
        const names = install(written);
        const codes = await codesOf(['check', `--otp=${runtime.otp}`, join(directory, 'nodes')]);
        expect([...new Set(codes)]).toEqual(isRefused ? ['host-not-in-certificate'] : []);
        await withCluster({ hosts: HOSTS }, async (cluster) => {
          const [one, other] = await Promise.all(
            names.map((name, index) =>
              cluster.startNode({
                runtime,
                name,
                args: ['-args_file', join(directory, `nodes/${index}/vm.args`)],
                leaveOut: ['name'],
              }),
            ),
          );
          if (one === undefined || other === undefined) throw new Error('two nodes were started');
          expect(await one.ping(other)).toBe(isRefused ? 'pang' : 'pong');
        });
      },
      SLOW_MS,
    );
  });
});
