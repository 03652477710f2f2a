import { Delivery, type ExpiryAlarmOptions, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { Deployment } from '../support/deployment';
import { requires } from '../support/programs';
import { mustSucceed } from '../support/terraform';

const SLOW_MS = 120_000;

requires('terraform', 'go')('the end of certificates', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await Deployment.create();
    await declare({});
    mustSucceed(await deployment.terraform.apply());
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test.each<[string, ExpiryAlarmOptions, number, number]>([
    ['nothing by default, right after a deploy', {}, 0, 0],
    ['a CA that ends within the hours that were asked for', { caHours: 90_000 }, 1, 0],
    ['certificates that do, of nodes and tools', { certificateHours: 9000 }, 0, 3],
    ['nothing that does not', { caHours: 80_000, certificateHours: 8000 }, 0, 0],
  ])(
    'warns of %s, and lets the plan go on',
    async (_title, alarms, cas, certificates) => {
      await declare(alarms);
      const { exitCode, hasChanges, stdout, stderr } = await deployment.terraform.plan();
      const output = `${stdout}${stderr}`.replace(/[\s│]+/g, ' ');
      expect([exitCode, hasChanges]).toEqual([0, false]);
      expect(output.match(/ca-expires-soon: CA generation "1" ends before/g) ?? []).toHaveLength(cas);
      expect(
        output.match(/certificate-expires-soon: certificate of (node "a@h\d.x.test"|the tools) is about/g) ?? [],
      ).toHaveLength(certificates);
    },
    SLOW_MS,
  );

  async function declare(expiryAlarms: ExpiryAlarmOptions): Promise<void> {
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
});
