import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { isRequestSigned } from '../../src/crypto/request-signature';
import { NODE_USES } from '../../src/model/pki/certificate-uses';
import { KeyAlgorithm } from '../../src/model/pki/key-algorithm';
import { judgeRequest } from '../../src/model/rules/certificates/request';
import { at, mustEnd, NODE, runScript, SHELLS } from '../support/installing/install-scripts';
import { KeyScripts } from '../support/installing/key-scripts';
import { before, CALLED, fileOf, linksTo, wrappers } from '../support/programs/path-directories';
import { requires } from '../support/programs/requires';
import { modeOf } from '../support/stacks/deployment';

const SLOW_MS = 120_000;
const DASH = ['dash'];

/** Ends the script before the call of that number. */
const KILL_BEFORE_CALL = `
read -r n <"$CALLS"; n=$((n + 1)); echo "$n" >"$CALLS"
if [ "$n" -eq "$KILL_AT" ]; then kill -9 "$SCRIPT" "$PPID"; exit 1; fi`;

requires(
  'openssl',
  'busybox',
  'shellcheck',
)('the install script of a node that keeps its key', () => {
  const scripts = new KeyScripts();
  const waiting = scripts.write({});

  afterAll(() => scripts.remove());

  test('passes shellcheck', () => {
    const { status, stdout } = spawnSync('shellcheck', ['--shell=sh', waiting], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });

  describe.each(SHELLS)('under %s', (_name, shell) => {
    const run = (script: string, root: string, ...args: string[]): SpawnSyncReturns<string> =>
      runScript(shell, script, ['--root', root, ...args]);
    const requestOf = (root: string, ...args: string[]): string =>
      mustEnd(run(waiting, root, '--request', ...args)).stdout;

    test('makes a key that only its owner can read, prints the same request each time, and installs the certificate onto that key', async () => {
      const root = scripts.newRoot();
      const request = requestOf(root);
      expect(requestOf(root)).toBe(request);
      expect(await modeOf(at(root, '.erlang-tls/keys/1/key.pem'))).toBe('0600');
      expect(mustEnd(run(waiting, root)).stdout).toContain(`${NODE} waits for its certificate`);
      expect(readdirSync(at(root)).sort()).toEqual(['.erlang-tls', 'ca.pem']);

      const script = scripts.write({ certificate: scripts.sign(request) });
      expect(run(script, root, '--check')).toMatchObject({ status: 1, stdout: expect.stringContaining('node.pem') });
      mustEnd(run(script, root));
      expect(await modeOf(at(root, 'node.pem'))).toBe('0600');
      expect(isPair(at(root, 'node.pem'))).toBe(true);
      expect(run(script, root, '--check').status).toBe(0);
      expect(run(script, root).stdout).toContain('nothing to do');
    });

    test('keeps the old pair until the certificate of the new key comes, and goes back', () => {
      const root = scripts.newRoot();
      const first = scripts.write({ certificate: scripts.sign(requestOf(root)) });
      mustEnd(run(first, root));
      const old = readFileSync(at(root, 'node.pem'), 'utf8');
      const request = requestOf(root, '--new-key');
      const again = run(first, root, '--request', '--new-key');
      expect([again.stdout, again.stderr]).toEqual([request, expect.stringContaining('waits for its certificate')]);
      mustEnd(run(first, root));
      expect(readFileSync(at(root, 'node.pem'), 'utf8')).toBe(old);

      const second = scripts.write({ certificate: scripts.sign(request) });
      mustEnd(run(second, root));
      const renewed = readFileSync(at(root, 'node.pem'), 'utf8');
      expect([renewed === old, isPair(at(root, 'node.pem'))]).toEqual([false, true]);
      expect(readdirSync(at(root, '.erlang-tls/keys'))).toEqual(['2']);
      mustEnd(run(second, root, '--rollback'));
      expect(readFileSync(at(root, 'node.pem'), 'utf8')).toBe(old);
      mustEnd(run(second, root));
      expect(readFileSync(at(root, 'node.pem'), 'utf8')).toBe(renewed);
    });

    test('changes nothing if its certificate is for another key, or if there is none', () => {
      const [root, other] = [scripts.newRoot(), scripts.newRoot()];
      const foreign = scripts.write({ certificate: scripts.sign(requestOf(other)) });
      expect(run(foreign, root)).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no key of') });
      mustEnd(run(scripts.write({ certificate: scripts.sign(requestOf(root)) }), root));
      const kept = readFileSync(at(root, 'node.pem'), 'utf8');
      for (const args of [[], ['--check']]) {
        expect(run(foreign, root, ...args)).toMatchObject({
          status: 2,
          stderr: expect.stringContaining('another key'),
        });
      }
      expect(readFileSync(at(root, 'node.pem'), 'utf8')).toBe(kept);
    });

    test('fills a key file of its own', async () => {
      const root = scripts.newRoot();
      const certificate = scripts.sign(requestOf(root));
      mustEnd(run(scripts.write({ certificate, separateKeyFile: true }), root));
      expect(await Promise.all(['cert.pem', 'key.pem'].map((name) => modeOf(at(root, name))))).toEqual([
        '0644',
        '0600',
      ]);
      expect(keyIn(at(root, 'key.pem'))).toBe(certifiedIn(at(root, 'cert.pem')));
    });

    test.each([
      ['--new-key goes with a request', ['--new-key'], /add --request/],
      ['one action at a time', ['--request', '--check'], /exclude each other/],
    ])('refuses wrong arguments: %s', (_title, args, message) => {
      expect(run(waiting, scripts.newRoot(), ...args)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(message),
      });
    });
  });

  test('a request follows the names and the kind of key that the stack asks for', () => {
    const root = scripts.newRoot();
    const first = request(waiting, root);
    const renamed = request(scripts.write({ moreNames: ['more.x.test'] }), root);
    const [key, renamedKey] = [first, renamed].map((one) => publicKeyOf(one));
    expect([renamed === first, renamedKey === key]).toEqual([false, true]);
    expect(publicKeyOf(request(scripts.write({ keyAlgorithm: KeyAlgorithm.ECDSA_P384 }), root))).not.toBe(key);
    // A certificate for the first request still goes onto its key.
    mustEnd(runScript(DASH, scripts.write({ certificate: scripts.sign(first) }), ['--root', root]));
    expect(isPair(at(root, 'node.pem'))).toBe(true);
  });

  test.each([
    ['ECDSA_P256', 'x.test'],
    ['ECDSA_P384', 'two words'],
    ['RSA_3072', String.raw`a "quoted" $name \ #1`],
    ['ED25519', "it's grün"],
  ] as const)('what openssl makes with %s is what synth expects, with the name %s', (kind, commonName) => {
    const keyAlgorithm = KeyAlgorithm[kind];
    const made = request(scripts.write({ keyAlgorithm, commonName }), scripts.newRoot());
    const expected = {
      ...{ subject: 'request', commonName, keyAlgorithm, uses: NODE_USES, isHostDeferred: false },
      ...{ dnsNames: [NODE.slice(NODE.indexOf('@') + 1)], ipAddresses: [] },
    };
    expect(judgeRequest(made, expected, isRequestSigned).findings).toEqual([]);
  });

  test.each(['openssl', 'sed'])('says that it needs %s, and changes nothing', (program) => {
    const programs = [...CALLED, 'sha256sum', 'openssl', 'sed'].filter((one) => one !== program);
    const PATH = linksTo(scripts.path(`without-${program}`), programs);
    const root = scripts.newRoot();
    const { status, stderr } = runScript([fileOf('dash')], waiting, ['--root', root, '--request'], { env: { PATH } });
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error: ${program} is missing on this machine`)]);
    expect(readdirSync(root)).toEqual([]);
  });

  test(
    'killed before any program that it calls, it loses no key and leaves a pair that matches, and the next run continues',
    () => {
      const bin = wrappers(scripts.path('bin'), [...CALLED, 'sha256sum', 'openssl', 'sed'], KILL_BEFORE_CALL);
      const installed = scripts.newRoot();
      const first = scripts.write({ certificate: scripts.sign(request(waiting, installed)) });
      mustEnd(runScript(DASH, first, ['--root', installed]));
      const pending = scripts.newRoot(installed);
      const newRequest = request(waiting, pending, '--new-key');
      const second = scripts.write({ certificate: scripts.sign(newRequest) });
      const seen = new Set<string>();
      const killed = (
        original: string | undefined,
        script: string,
        args: string[],
        whole: (root: string) => void,
      ): number => {
        for (let call = 1; ; call += 1) {
          const root = scripts.newRoot(original);
          const env = { PATH: before(bin), CALLS: scripts.path('calls'), KILL_AT: String(call) };
          writeFileSync(scripts.path('calls'), '0\n');
          const { signal } = runScript(DASH, script, ['--root', root, ...args], { env });
          if (existsSync(at(root, 'node.pem'))) expect(isPair(at(root, 'node.pem'))).toBe(true);
          // Equal states continue equally.
          const left = `${script} ${args.join(' ')} ${namesBelow(root)}`;
          if (!seen.has(left)) whole(root);
          seen.add(left);
          if (signal === null) return call;
        }
      };
      const certified = (root: string, script = waiting): void => {
        mustEnd(runScript(DASH, scripts.write({ certificate: scripts.sign(request(script, root)) }), ['--root', root]));
        expect(isPair(at(root, 'node.pem'))).toBe(true);
      };
      const calls = [
        killed(undefined, waiting, ['--request'], certified),
        killed(installed, first, ['--request', '--new-key'], (root) => {
          mustEnd(runScript(DASH, first, ['--root', root]));
          certified(root);
        }),
        killed(pending, second, [], (root) => {
          mustEnd(runScript(DASH, second, ['--root', root]));
          expect(keyIn(at(root, 'node.pem'))).toBe(publicKeyOf(newRequest));
        }),
      ];
      expect(Math.min(...calls)).toBeGreaterThan(20);
    },
    SLOW_MS,
  );

  function request(script: string, root: string, ...args: string[]): string {
    return mustEnd(runScript(DASH, script, ['--root', root, '--request', ...args])).stdout;
  }
});

/** Every file and directory, but for process ids. */
function namesBelow(root: string): string {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replace(/(claim|lock)\.\d+$/, '$1'),
  );
  return names.sort().join(' ');
}

function publicKey(...args: readonly string[]): string {
  return mustEnd(spawnSync('openssl', args, { encoding: 'utf8' })).stdout;
}

function keyIn(path: string): string {
  return publicKey('pkey', '-in', path, '-pubout');
}

function certifiedIn(path: string): string {
  return publicKey('x509', '-in', path, '-noout', '-pubkey');
}

function publicKeyOf(request: string): string {
  return mustEnd(spawnSync('openssl', ['req', '-noout', '-pubkey'], { encoding: 'utf8', input: request })).stdout;
}

function isPair(path: string): boolean {
  return keyIn(path) === certifiedIn(path);
}
