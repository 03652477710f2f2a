import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { instructionsIn } from '../../scripts/demo/adoption/instructions';
import { AdoptedNodes } from '../../scripts/demo/adoption/nodes';
import { edited, SIGNS, synthesized } from '../../scripts/demo/adoption/stack';
import { handMade } from '../support/adoption/hand-made';
import { runCli } from '../support/cli/run-cli';
import { availableRuntimes } from '../support/erlang';
import { requires } from '../support/programs/requires';
import {
  mustSucceed,
  prepareProviders,
  type ProgramResult,
  runProgram,
  TerraformDirectory,
} from '../support/terraform';

const SLOW_MS = 180_000;

const COMMAND = resolve(__dirname, '../../scripts/bootstrap/adoption.mjs');

requires(
  'terraform',
  'go',
  'erl',
  'openssl',
)('adoption', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'erlang-tls-adoption-test-'));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  describe('npm run adoption', () => {
    let walk: ProgramResult;

    beforeAll(async () => {
      const env = { ...process.env, TMPDIR: directory, KEEP: '' };
      walk = await runProgram(process.execPath, [COMMAND], { env, timeoutMs: SLOW_MS });
    }, SLOW_MS);

    test('completes all steps, and leaves nothing', () => {
      expect([walk.exitCode, walk.stderr]).toEqual([0, '']);
      expect(walk.stdout.match(/^\S.*(?=\n-+$)/gm)).toEqual([
        'Before: certificates by a CA that somebody made with openssl',
        'The stack: erlang-tls adopt',
        'Refused: 2027 signs at once',
        'Deploy 1: 2027 is trusted',
        'Deploy 2: 2027 signs',
        'Deploy 3: the hand-made CA is retired',
      ]);
      // tsx keeps its cache there.
      expect(readdirSync(directory).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
    });

    test('loses no call of nodes of every release', () => {
      const versions = availableRuntimes().map(({ version }) => version);
      for (const version of versions) expect(walk.stdout).toContain(`OTP ${version}`);
      expect(walk.stdout.match(/none was lost, and no node was missed/g)).toHaveLength(4);
    });

    test('is refused by the plan without the first deploy, and by each node for certificates of the old CA at the end', () => {
      expect(walk.stdout).toMatch(/generation-not-trusted-yet: CA generation "2027"/);
      expect(walk.stdout).toMatch(
        /A node with a certificate of the hand-made CA is let in by each of them\.[^]*is refused by each of them\./,
      );
      expect(walk.stdout).not.toMatch(/PRIVATE KEY/);
    });
  });

  test(
    'without the first deploy, forced, cuts the first node off that is restarted',
    async () => {
      const made = handMade(directory, 'openssl', { isInPlace: true });
      const nodes = await AdoptedNodes.start(made, availableRuntimes());
      const terraform = await TerraformDirectory.create(await prepareProviders());
      try {
        const { out, err } = await runCli(['adopt', '--otp=25', '--signing=2027', '--root=/', made.directory]);
        const forced = edited(out, [
          ...SIGNS,
          ["'out/erl'", `'${join(terraform.path, 'out')}'`],
          ['certificateAuthority: {', 'certificateAuthority: {\n    rollover: { unsafeWithoutGuard: true },'],
        ]);
        await terraform.write(synthesized(forced));
        mustSucceed(await terraform.init());
        mustSucceed(await terraform.apply());
        const [first = '', second = ''] = made.nodes;
        nodes.install(first, join(terraform.path, 'out'));
        nodes.nameNewFiles(first, instructionsIn(err).removalsFor(first));
        expect(await nodes.reconnects(first, second)).toEqual(['pang', 'pang']);
      } finally {
        await nodes.stop();
        await terraform.remove();
      }
    },
    SLOW_MS,
  );
});
