import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FAULTS } from '../model/rules/faults';
import type { Fault } from '../support/broken/fault';
import { Site } from '../support/broken/site';
import { codesOf, runCli } from '../support/cli/run-cli';
import type { Runtime } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';

const SLOW_MS = 120_000;

/** Longer than what is shown of bytes. */
const SECRET = 'a-secret-of-more-bytes-than-sixteen';

/** Faults of a single node that make the handshake fail in every release. */
const ENDING = [
  'a path beyond ASCII in a string',
  'secure_renegotiate with TLS 1.3 alone',
  'no certificate file',
  'no trust bundle',
  'a truncated certificate file',
  'an encrypted key without a password',
  'a key encrypted with scrypt',
  'the key of another certificate',
  'a certificate that expired yesterday',
  'a chain without one of its intermediate CAs',
  'a certificate from another CA',
  'the name of another host',
  'a certificate for servers only',
  'a certificate for clients only',
  'revocation checks without a revocation list',
];

requires('erl', 'openssl')('check --erl', () => {
  let directory: string;
  let site: Site;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'asked-erl-'));
    site = new Site(join(directory, 'site'));
  });

  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  onEachRuntime('with a real erl', (runtime) => {
    test('finds nothing in correct files', async () => expect(await codesOf(asked(runtime))).toEqual([]), SLOW_MS);

    test(
      'warns of another release, and says which step it did not run',
      async () => {
        const other = runtime.otp === 27 ? 25 : 27;
        expect(await codesOf([...asked(runtime), `--otp=${runtime.otp}`])).toEqual([]);
        expect(await codesOf([...asked(runtime), `--otp=${other}`])).toEqual(['erl-release-differs']);
        const { out } = await runCli(['check', `--erl=${runtime.erl}`, site.path('ssl_dist.conf')]);
        const label = site.path('ssl_dist.conf');
        expect(out).toContain(
          `, OTP ${runtime.otp}\n  no pair of nodes was started for ${label}: its host is unknown\n`,
        );
      },
      SLOW_MS,
    );

    test(
      'also tries options in flags, and reports missing ones',
      async () => {
        const files = ['cacertfile', 'certfile', 'keyfile'].flatMap((name) =>
          ['server', 'client'].map((side) => `${side}_${name}`),
        );
        const pathOf = (option: string): string => site.path(option.endsWith('cacertfile') ? 'ca.pem' : 'node.pem');
        const verify = 'server_verify verify_peer client_verify verify_peer server_fail_if_no_peer_cert true';
        const flat = [...files.map((option) => `${option} ${pathOf(option)}`), verify].join(' ');
        site.remove('ssl_dist.conf');
        site.write('vm.args', `-proto_dist inet_tls\n-ssl_dist_opt ${flat}\n`);
        expect(await codesOf(asked(runtime))).toEqual([]);
        site.write(
          'vm.args',
          `-proto_dist inet_tls\n-ssl_dist_opt ${flat.replace('client_certfile', 'client_certfil')}\n`,
        );
        expect(await codesOf(asked(runtime))).toContain('erl-nodes-cannot-connect');
        site.write('vm.args', '-proto_dist inet_tls\n');
        expect(await codesOf(asked(runtime))).toContain('erl-not-run');
      },
      SLOW_MS,
    );

    test(
      'also connects two nodes to each other',
      async () => {
        // The connecting node uses plain text, and only between nodes: the handshake by itself succeeds.
        const program = join(directory, 'erl');
        const other = `case "$*" in *check1-*nodeup*) set -- "$@"; exec "${runtime.erl}" -proto_dist inet_tcp "$@";; esac`;
        writeFileSync(program, `#!/bin/sh\n${other}\nexec "${runtime.erl}" "$@"\n`);
        chmodSync(program, 0o755);
        expect(await codesOf(['check', `--erl=${program}`, site.broken])).toContain('erl-nodes-cannot-connect');
      },
      SLOW_MS,
    );

    test.each<[string, (broken: Site) => void]>([
      [
        'a key of an unsupported kind',
        (broken) => void broken.reissue({ key: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'] }),
      ],
      ['a key in the options', (broken) => broken.options({ server: { key: `{ecPrivateKey,<<"${SECRET}">>}` } })],
      [
        'a missing comma before a password',
        (broken) => broken.write('ssl_dist.conf', `[{server,[{password "${SECRET}"}]},{client,[]}].`),
      ],
      [
        'a missing quote after a password',
        (broken) => broken.write('ssl_dist.conf', `[{server,[{password,"${SECRET}}]},\n{client,[]}].`),
      ],
      [
        'a key in the place of a path',
        (broken) => broken.options({ server: { keyfile: JSON.stringify(`-----BEGIN PRIVATE KEY-----\n${SECRET}`) } }),
      ],
    ])(
      'prints no key when it reports %s',
      async (_title, breakIt) => {
        breakIt(site);
        const { out, err } = await runCli(['check', `--erl=${runtime.erl}`, site.broken]);
        expect(out + err).not.toMatch(/-----BEGIN|-secret-/);
        // DER of a key, byte by byte.
        expect(out + err).not.toMatch(/48,130,\d+,\d+,2,1,0/);
      },
      SLOW_MS,
    );

    test.each(ENDING)(
      'reports a refusal in the words of Erlang for %s',
      async (title) => {
        faultCalled(title).breakIt(site);
        const { out } = await runCli(asked(runtime));
        expect(out).toMatch(/^.*error: erl-rejects-options: /m);
        expect(out).not.toMatch(/-----BEGIN|secret/);
      },
      SLOW_MS,
    );
  });

  test('fails with a program that is not erl', async () => {
    const missing = await runCli(['check', '--erl=/none/erl', site.broken]);
    const why = '--erl=/none/erl cannot be started: no such file or directory';
    expect([missing.exitCode, missing.err]).toEqual([2, expect.stringContaining(why)]);
    const other = await runCli(['check', '--erl=true', site.broken]);
    expect([other.exitCode, other.err]).toEqual([2, expect.stringContaining('did not answer')]);
  });

  function asked(runtime: Runtime): string[] {
    return ['check', `--erl=${runtime.erl}`, site.broken];
  }
});

function faultCalled(title: string): Fault {
  const fault = FAULTS.find((one) => one.title === title);
  if (fault === undefined) throw new Error(`no fault has the title "${title}"`);
  return fault;
}
