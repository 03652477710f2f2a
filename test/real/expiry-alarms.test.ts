import { Delivery, type ExpiryAlarmOptions, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { mustSucceed, prepareOfflineProviders, unwrapped } from '../support/terraform';

const SLOW_MS = 120_000;
const DAY_MS = 86_400_000;

/** What Terraform warned of: how many CAs, and how many certificates of nodes and tools. */
interface Alarms {
  readonly cas: number;
  readonly certificates: number;
}

requires('terraform', 'go')('expiry alarms', () => {
  let deployment: Deployment;

  describe('for certificates that were just issued', () => {
    beforeAll(async () => {
      deployment = await deployed({});
    }, SLOW_MS);

    afterAll(() => deployment?.remove());

    test.each<[string, ExpiryAlarmOptions, Alarms]>([
      ['nothing by default, right after a deploy', {}, { cas: 0, certificates: 0 }],
      ['a CA that expires within the given hours', { caHours: 90_000 }, { cas: 1, certificates: 0 }],
      [
        'certificates of nodes and tools that expire within the given hours',
        { certificateHours: 9000 },
        { cas: 0, certificates: 3 },
      ],
      ['nothing that expires later', { caHours: 80_000, certificateHours: 8000 }, { cas: 0, certificates: 0 }],
    ])(
      'warn of %s, and let the plan continue',
      async (_title, alarms, expected) => {
        await declare(deployment, alarms);
        expect(await alarmsIn(deployment)).toEqual(expected);
      },
      SLOW_MS,
    );
  });

  describe('by default, for certificates from a provider whose clock is set back', () => {
    afterEach(() => deployment?.remove());

    test.each<[string, number, Alarms]>([
      // Renewal is due with a third of the year left, and the alarm when half of that is over.
      ['of certificates that were not renewed in time', 365 - 60, { cas: 0, certificates: 3 }],
      ['of none before', 365 - 62, { cas: 0, certificates: 0 }],
    ])(
      'warns %s',
      async (_title, daysAgo, expected) => {
        deployment = await deployed({ OFFLINE_PROVIDERS_NOW: daysBefore(daysAgo) });
        expect(await alarmsIn(deployment)).toEqual(expected);
      },
      SLOW_MS,
    );

    test.each<[string, number, Alarms]>([
      ['of a CA as soon as certificates would outlive it', 9 * 365 + 1, { cas: 1, certificates: 0 }],
      ['of none before', 9 * 365 - 1, { cas: 0, certificates: 0 }],
    ])(
      'warns %s',
      async (_title, daysAgo, expected) => {
        deployment = await deployed({ OFFLINE_PROVIDERS_NOW: daysBefore(daysAgo) });
        deployment.terraform.env.OFFLINE_PROVIDERS_NOW = daysBefore(0);
        mustSucceed(await deployment.terraform.apply());
        expect(await alarmsIn(deployment)).toEqual(expected);
      },
      SLOW_MS,
    );
  });
});

function daysBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

async function deployed(clock: Readonly<Record<string, string>>): Promise<Deployment> {
  const offline = Object.keys(clock).length === 0 ? undefined : await prepareOfflineProviders();
  const deployment = await Deployment.create(offline);
  Object.assign(deployment.terraform.env, clock);
  await declare(deployment, {});
  mustSucceed(await deployment.terraform.apply());
  return deployment;
}

/** The alarms of a plan that succeeds and changes nothing. */
async function alarmsIn(deployment: Deployment): Promise<Alarms> {
  const plan = await deployment.terraform.plan();
  expect([plan.exitCode, plan.hasChanges]).toEqual([0, false]);
  const output = unwrapped(plan);
  const count = (pattern: RegExp): number => (output.match(pattern) ?? []).length;
  return {
    cas: count(/ca-expires-soon: CA generation "1" expires before/g),
    certificates: count(/certificate-expires-soon: certificate of (node "a@h\d.x.test"|the tools) is about/g),
  };
}

async function declare(deployment: Deployment, expiryAlarms: ExpiryAlarmOptions): Promise<void> {
  await deployment.declare(
    (stack, target) =>
      new TlsCluster(stack, 'c', {
        platform: Platform.couchDb(),
        otp: OtpRelease.OTP_27,
        nodes: [{ name: 'a@h{1..2}.x.test' }],
        installDirectory: '/t',
        expiryAlarms,
        delivery: Delivery.localFiles({ outputDirectory: target.outputDirectory }),
      }),
  );
}
