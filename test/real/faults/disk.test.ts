import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNode } from 'cdktf-erlang-tls';

import { SmallDisk } from '../../support/faults/small-disk';
import { readState } from '../../support/faults/state-file';
import { refusals, textsOf, type TlsSet, tlsSet } from '../../support/faults/tls-set';
import { newSecond } from '../../support/programs/eventually';
import { requires } from '../../support/programs/requires';
import { Deployment } from '../../support/stacks/deployment';
import {
  mustSucceed,
  prepareProviders,
  type ProgramResult,
  terraformEnvironment,
  terraformProgram,
  unwrapped,
} from '../../support/terraform';

const SLOW_MS = 180_000;

const TWO = ['a@h1.x.test', 'a@h2.x.test'];
const THREE = [...TWO, 'a@h3.x.test'];
const INSTALLED = '/etc/app/tls';
const FILES = ['ca.pem', 'node.pem', 'ssl_dist.conf', 'vm.args'];

const FIRST = [CaGeneration.signing('1')];
const INTRODUCED = [CaGeneration.signing('1'), CaGeneration.trusted('2')];

requires(
  'terraform',
  'go',
  'hosts',
)('a disk that cannot be written to', () => {
  let deployment: Deployment;
  let disk: SmallDisk;
  let cluster: TlsCluster;

  beforeEach(async () => {
    deployment = await Deployment.create();
  }, SLOW_MS);

  afterEach(async () => {
    await disk?.remove();
    await deployment?.remove();
  });

  describe('under the directory that Terraform writes to', () => {
    beforeEach(async () => {
      mkdirSync(deployment.outputDirectory);
      disk = await SmallDisk.at(deployment.outputDirectory);
      await declare(TWO, FIRST);
      mustSucceed(await terraform('apply', '-auto-approve'));
    }, SLOW_MS);

    test.each<[string, (disk: SmallDisk) => Promise<void>, (disk: SmallDisk) => Promise<void>, RegExp]>([
      ['full', (one) => one.fill(), (one) => one.enlarge(), /no space left on device/],
      ['read-only', (one) => one.setReadOnly(true), (one) => one.setReadOnly(false), /read-only file system/],
    ])(
      'makes the apply fail with a message when it is %s, and the next apply repairs everything',
      async (_title, hurt, mend, message) => {
        const [installed, before] = [await sets(), keys()];
        // The third node's script needs room that is not there.
        await declare(THREE, INTRODUCED);
        await hurt(disk);
        const failed = await terraform('apply', '-auto-approve');
        expect([failed.exitCode, unwrapped(failed)]).toEqual([1, expect.stringMatching(message)]);

        await mend(disk);
        mustSucceed(await terraform('apply', '-auto-approve'));
        const healed = await sets();
        expect(Object.keys(healed)).toEqual(THREE);
        expect(refusals(installed, healed)).toEqual([]);
        expect(refusals(healed, healed)).toEqual([]);
        expect(keys()).toEqual(expect.objectContaining(before));
        expect((await terraform('plan', '-detailed-exitcode')).exitCode).toBe(0);
      },
      SLOW_MS,
    );
  });

  describe('under the files of a node', () => {
    let root: string;
    let oldScript: string;
    let newScript: string;

    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'full-disk-'));
      disk = await SmallDisk.at(root);
      oldScript = await scriptWith('1');
      newScript = await scriptWith('2');
      mustSucceed(await runScript(oldScript));
    }, SLOW_MS);

    afterEach(() => rm(root, { recursive: true, force: true }));

    test.each<[string, (disk: SmallDisk) => Promise<void>, (disk: SmallDisk) => Promise<void>]>([
      ['full', (one) => one.fill(), (one) => one.enlarge()],
      ['read-only', (one) => one.setReadOnly(true), (one) => one.setReadOnly(false)],
    ])(
      'makes the script fail with a message and without a change when it is %s, and the next run installs everything',
      async (_title, hurt, mend) => {
        const before = await contents();
        await hurt(disk);
        const { exitCode, stderr } = await runScript(newScript);
        expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^error: .*cannot be written/m)]);
        expect(await contents()).toBe(before);

        await mend(disk);
        mustSucceed(await runScript(newScript));
        expect(await contents()).not.toBe(before);
        expect((await runScript(newScript, '--check')).exitCode).toBe(0);
      },
      SLOW_MS,
    );

    /** A script, as an operator keeps it before the next deploy. */
    async function scriptWith(keyGeneration: string): Promise<string> {
      await declare(TWO, FIRST, keyGeneration);
      mustSucceed(await deployment.terraform.apply());
      const kept = deployment.path(`${keyGeneration}.sh`);
      mustSucceed(await disk.run(['cp', outputOf(cluster.nodes[0]), kept]));
      return kept;
    }

    async function runScript(script: string, ...args: readonly string[]): Promise<ProgramResult> {
      return disk.run(['sh', script, '--root', root, ...args]);
    }

    async function contents(): Promise<string> {
      return disk.text(['sha256sum', ...FILES.map((name) => `${root}${INSTALLED}/${name}`)]);
    }
  });

  async function declare(
    names: readonly string[],
    generations: readonly CaGeneration[],
    keyGeneration?: string,
  ): Promise<void> {
    await newSecond();
    cluster = await deployment.declare(
      (stack, { outputDirectory }) =>
        new TlsCluster(stack, 'c', {
          platform: Platform.erl(),
          otp: OtpRelease.OTP_25,
          nodes: names.map((name) => ({ name })),
          installDirectory: INSTALLED,
          certificates: { keyGeneration },
          certificateAuthority: { generations: [...generations], rollover: { settleMinutes: 0 } },
          delivery: Delivery.installScript({ outputDirectory }),
        }),
    );
  }

  async function terraform(command: string, ...args: readonly string[]): Promise<ProgramResult> {
    const env = terraformEnvironment((await prepareProviders()).env);
    return disk.run([terraformProgram(), command, '-input=false', '-no-color', ...args], {
      cwd: deployment.terraform.path,
      env,
    });
  }

  async function sets(): Promise<Readonly<Record<string, TlsSet>>> {
    const found = cluster.nodes.map(async (node) => {
      const texts = textsOf(await disk.text(['cat', outputOf(node)]));
      return [node.name, tlsSet(texts ?? {})] as const;
    });
    return Object.fromEntries(await Promise.all(found));
  }

  function keys(): Readonly<Record<string, string>> {
    const state = readState(deployment.terraform.path);
    if (state === undefined) throw new Error(`the state in ${basename(deployment.terraform.path)} is not whole`);
    return state.keys;
  }
});

function outputOf(node: TlsClusterNode | undefined): string {
  const [output] = node?.delivered.outputs ?? [];
  if (output === undefined) throw new Error('nothing was delivered');
  return output;
}
