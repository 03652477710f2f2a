import { readFileSync, writeFileSync } from 'node:fs';

import {
  CaGeneration,
  type CaGenerationOptions,
  Delivery,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterNodeProps,
} from 'cdktf-erlang-tls';

import { newSecond } from '../support/programs/eventually';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { mustSucceed, unwrapped } from '../support/terraform';

const SLOW_MS = 120_000;

const retired = (id: string): CaGeneration => CaGeneration.retired(id);
const signing = (id: string, options?: CaGenerationOptions): CaGeneration => CaGeneration.signing(id, options);
const trusted = (id: string, options?: CaGenerationOptions): CaGeneration => CaGeneration.trusted(id, options);

interface Step {
  readonly generations: CaGeneration[];
  readonly nodes?: TlsClusterNodeProps[];
  readonly settleMinutes?: number;
  readonly unsafeWithoutGuard?: boolean;
}

requires('terraform', 'go')('the plan of a rollover', () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.create();
  }, SLOW_MS);

  afterEach(() => deployment?.remove());

  test(
    'accepts the three deploys: introduce a generation, switch to it, retire the old one',
    async () => {
      await deploy({ generations: [signing('1')] });
      await deploy({ generations: [signing('1'), trusted('2')] });
      await deploy({ generations: [trusted('1'), signing('2')] });
      await deploy({ generations: [retired('1'), signing('2')] });
      await deploy({ generations: [retired('1'), signing('2'), trusted('3')] });
    },
    SLOW_MS,
  );

  test.each([
    ['one', [signing('1')]],
    ['an introduced one', [signing('1'), trusted('2')]],
    ['a switch under way', [trusted('1'), signing('2')]],
    ['a whole history', [retired('1'), retired('2'), trusted('3'), signing('4'), trusted('5')]],
  ])(
    'accepts any list in the first deploy: %s',
    async (_title, generations) => {
      await deploy({ generations });
      // Nothing waits for anything that was there from the beginning.
      await deploy({ generations, settleMinutes: 10 });
    },
    SLOW_MS,
  );

  test(
    'accepts that an introduced generation is abandoned and a switch is rolled back',
    async () => {
      await deploy({ generations: [signing('1'), trusted('2')] });
      await deploy({ generations: [trusted('1'), signing('2')] });
      await deploy({ generations: [signing('1'), trusted('2')] });
      await deploy({ generations: [signing('1'), retired('2')] });
    },
    SLOW_MS,
  );

  test(
    'accepts that a generation that never signed is abandoned at once',
    async () => {
      await deploy({ generations: [signing('1')] });
      await deploy({ generations: [signing('1'), trusted('2')] });
      await deploy({ generations: [signing('1'), retired('2')], settleMinutes: 60 });
      await deploy({ generations: [signing('1'), retired('2'), retired('3')], settleMinutes: 60 });
    },
    SLOW_MS,
  );

  test(
    'accepts a completed step, however it came about',
    async () => {
      await deploy({ generations: [signing('1')] });
      await deploy({ generations: [retired('1'), signing('2')], unsafeWithoutGuard: true });
      await deploy({ generations: [retired('1'), signing('2')], settleMinutes: 60 });
    },
    SLOW_MS,
  );

  test.each<[string, string, Step[]]>([
    [
      'the first deploy, between its witnesses',
      'Born',
      [
        { generations: [signing('1')], settleMinutes: 60 },
        { generations: [signing('1')], settleMinutes: 60 },
      ],
    ],
    [
      'the first deploy, with an introduced generation',
      'Born',
      [
        { generations: [signing('1'), trusted('2')], settleMinutes: 60 },
        { generations: [signing('1'), trusted('2')], settleMinutes: 60 },
        { generations: [trusted('1'), signing('2')], settleMinutes: 60 },
      ],
    ],
    [
      'an introduction, which is then abandoned',
      '-2_',
      [
        { generations: [signing('1')] },
        { generations: [signing('1'), trusted('2')] },
        { generations: [signing('1'), retired('2')], settleMinutes: 60 },
      ],
    ],
    [
      'a switch, which is then rolled back',
      '_(Phase-.|Idle-1)_',
      [
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')] },
        { generations: [signing('1'), trusted('2')], settleMinutes: 60 },
      ],
    ],
  ])(
    'accepts another run or the next step after an interrupted deploy: %s',
    async (_title, lost, steps) => {
      const cut = steps.length - 2;
      for (const [index, step] of steps.entries()) {
        await deploy(step);
        if (index === cut) await forgetWitnesses(new RegExp(lost));
      }
    },
    SLOW_MS,
  );

  test(
    'accepts that one node switches before the others, and then the others',
    async () => {
      const canary = nodes({ signedBy: '2' });
      await deploy({ generations: [signing('1'), trusted('2')] });
      await deploy({ generations: [signing('1'), trusted('2')], nodes: canary });
      await deploy({ generations: [trusted('1'), signing('2')], nodes: canary });
      await deploy({ generations: [retired('1'), signing('2')] });
    },
    SLOW_MS,
  );

  test.each<[string, string, Step[], Step]>([
    [
      'a generation that signs before it was trusted',
      'generation-not-trusted-yet: CA generation "2"',
      [{ generations: [signing('1')] }],
      { generations: [trusted('1'), signing('2')] },
    ],
    [
      'a node that switches before the others to an untrusted generation',
      'generation-not-trusted-yet: CA generation "2"',
      [{ generations: [signing('1')] }],
      { generations: [signing('1'), trusted('2')], nodes: nodes({ signedBy: '2' }) },
    ],
    [
      'a switch and a retirement in one deploy',
      'generation-in-use: CA generation "1"',
      [{ generations: [signing('1')] }, { generations: [signing('1'), trusted('2')] }],
      { generations: [retired('1'), signing('2')] },
    ],
    [
      'a retirement while a node still has a certificate of that generation',
      'generation-in-use: CA generation "1"',
      [
        { generations: [signing('1')] },
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')], nodes: nodes({ signedBy: '1' }) },
      ],
      { generations: [retired('1'), signing('2')] },
    ],
    [
      'a step before the settling time is over',
      'generation-not-trusted-yet: CA generation "2" signs',
      [{ generations: [signing('1')] }, { generations: [signing('1'), trusted('2')] }],
      { generations: [trusted('1'), signing('2')], settleMinutes: 10 },
    ],
    [
      'a generation that is missing from the list',
      'generation-removed: the list of CA generations',
      [{ generations: [signing('1')] }, { generations: [signing('1'), trusted('2')] }],
      { generations: [signing('2')] },
    ],
    [
      'a generation with a changed id',
      'generation-removed: the list of CA generations',
      [{ generations: [signing('1'), trusted('2')] }],
      { generations: [signing('1'), trusted('3')] },
    ],
    [
      'a reused id that signs at once',
      'generation-not-trusted-yet: CA generation "1"',
      [
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')] },
        { generations: [retired('1'), signing('2')] },
      ],
      { generations: [signing('1'), trusted('2')] },
    ],
    [
      'a reused id',
      'generation-changed: CA generation "1"',
      [
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')] },
        { generations: [retired('1'), signing('2')] },
      ],
      { generations: [trusted('1'), signing('2')] },
    ],
    [
      'a generation that signed and is reissued in the deploy that switches to another one',
      'generation-changed: CA generation "1"',
      [{ generations: [signing('1')] }, { generations: [signing('1'), trusted('2')] }],
      { generations: [trusted('1', { validityHours: 50_000 }), signing('2')] },
    ],
    [
      'removing the newest generation while it signs',
      'generation-removed: ',
      [
        { generations: [signing('1')] },
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')] },
      ],
      { generations: [signing('1')] },
    ],
    [
      'replacing the newest generation while it signs',
      'generation-removed: ',
      [
        { generations: [signing('1')] },
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')] },
      ],
      { generations: [signing('1'), trusted('3')] },
    ],
    [
      'removing the newest generation before it has signed',
      'generation-removed: ',
      [{ generations: [signing('1')] }, { generations: [signing('1'), trusted('2')] }],
      { generations: [signing('1')] },
    ],
    [
      'the only generation under another id',
      'generation-removed: ',
      [{ generations: [signing('1')] }],
      { generations: [signing('2')] },
    ],
    [
      'a retirement in the deploy that ends a rollback',
      'generation-in-use: CA generation "1"',
      [
        { generations: [signing('1'), trusted('2')] },
        { generations: [trusted('1'), signing('2')] },
        { generations: [signing('1'), trusted('2')] },
      ],
      { generations: [retired('1'), signing('2')] },
    ],
    [
      'a generation that signs at once with a reissued certificate',
      'generation-not-trusted-yet: CA generation "2"',
      [{ generations: [signing('1')] }, { generations: [signing('1'), trusted('2')] }],
      { generations: [trusted('1'), signing('2', { validityHours: 50_000 })] },
    ],
  ])(
    'refuses %s',
    async (_title, message, before, step) => {
      for (const one of before) await deploy(one);
      const { output } = await plan(step);
      expect(output).toContain(message);
    },
    SLOW_MS,
  );

  test(
    'refuses to retire a generation with which an interrupted deploy may have signed',
    async () => {
      await deploy({ generations: [signing('1'), trusted('2')] });
      await deploy({ generations: [trusted('1'), signing('2')] });
      // Gone before the first delivery of a rollback is changed.
      await forgetWitnesses(/_(Phase-.|Idle-1)_/);
      const { output } = await plan({ generations: [retired('1'), signing('2')] });
      expect(output).toContain('generation-in-use: CA generation "1"');
    },
    SLOW_MS,
  );

  test(
    'accepts a step only when the settling time is over: the recorded times are moved into the past',
    async () => {
      await deploy({ generations: [signing('1')] });
      await deploy({ generations: [signing('1'), trusted('2')] });
      const step = { generations: [trusted('1'), signing('2')], settleMinutes: 60 };
      moveRecordedTimes(deployment, 59);
      expect((await plan(step)).output).toContain('generation-not-trusted-yet: CA generation "2"');
      moveRecordedTimes(deployment, 1);
      await deploy(step);
    },
    SLOW_MS,
  );

  test(
    'counts the settling time from the end of the deploy, however old its plan is',
    async () => {
      await deploy({ generations: [signing('1')] });
      await deploy({ generations: [signing('1'), trusted('2')] });
      const step = { generations: [trusted('1'), signing('2')], settleMinutes: 60 };
      moveRecordedTimes(deployment, 61, 'planned');
      expect((await plan(step)).output).toContain('generation-not-trusted-yet: CA generation "2"');
      moveRecordedTimes(deployment, 61, 'applied');
      await deploy(step);
    },
    SLOW_MS,
  );

  test(
    'refuses nothing with the option that has "unsafe" in its name',
    async () => {
      await deploy({ generations: [signing('1')] });
      await deploy({ generations: [retired('1'), signing('2')], unsafeWithoutGuard: true });
    },
    SLOW_MS,
  );

  test(
    'refuses before anything is destroyed, and leaves the state unchanged',
    async () => {
      await deploy({ generations: [signing('1')] });
      const before = JSON.stringify((await deployment.terraform.show()).values);
      await declare({ generations: [retired('1'), signing('2')] });
      const applied = await deployment.terraform.apply();
      expect([applied.exitCode, JSON.stringify((await deployment.terraform.show()).values)]).toEqual([1, before]);
    },
    SLOW_MS,
  );

  async function declare(step: Step): Promise<void> {
    await newSecond();
    await deployment.declare(
      (stack, target) =>
        new TlsCluster(stack, 'c', {
          platform: Platform.erl(),
          otp: OtpRelease.OTP_27,
          nodes: step.nodes ?? nodes({}),
          installDirectory: '/t',
          certificateAuthority: {
            generations: step.generations,
            rollover: { settleMinutes: step.settleMinutes ?? 0, unsafeWithoutGuard: step.unsafeWithoutGuard },
          },
          delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
        }),
    );
  }

  async function deploy(step: Step): Promise<void> {
    await declare(step);
    mustSucceed(await deployment.terraform.apply());
  }

  /** As a deploy leaves the state that is cut off before these witnesses are made. */
  async function forgetWitnesses(which: RegExp): Promise<void> {
    const witnesses = (await deployment.terraform.stateList()).filter((one) => one.startsWith('terraform_data.'));
    const lost = witnesses.filter((one) => which.test(one));
    expect(lost).not.toEqual([]);
    mustSucceed(await deployment.terraform.run(['state', 'rm'], {}, lost));
  }

  async function plan(step: Step): Promise<{ output: string }> {
    await declare(step);
    const refused = await deployment.terraform.plan();
    expect(refused.exitCode).toBe(1);
    return { output: unwrapped(refused) };
  }
});

/** As if so many minutes had passed since the deploys before, or since their plans alone: Terraform's own clock cannot be set. */
function moveRecordedTimes(target: Deployment, minutes: number, which = 'planned|applied'): void {
  const path = target.path('terraform.tfstate');
  const recorded = new RegExp(`("(?:${which})": ")(\\d{4}-[^"]+)`, 'g');
  const moved = (time: string): string =>
    new Date(Date.parse(time) - minutes * 60_000).toISOString().replace('.000Z', 'Z');
  const state = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    state.replace(recorded, (_all, name: string, time: string) => `${name}${moved(time)}`),
  );
}

function nodes(first: Partial<TlsClusterNodeProps>): TlsClusterNodeProps[] {
  return [{ name: 'a@h1.x.test', ...first }, { name: 'a@h2.x.test' }];
}
