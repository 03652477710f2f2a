import { Delivery, type DistributionOptions, OtpRelease, Platform } from 'cdktf-erlang-tls';

import { cluster, type ClusterProps, found } from '../../../support/plans/judged-plan';

const DELIVERIES: Readonly<Record<string, ClusterProps>> = {
  'an install script': {},
  'local files': { delivery: Delivery.localFiles({ outputDirectory: 'out' }) },
};

describe.each(Object.entries(DELIVERIES))('with %s', (_delivery, delivery) => {
  const changed = (before: ClusterProps, after: ClusterProps): readonly string[] =>
    found(cluster({ ...delivery, ...before }), cluster({ ...delivery, ...after }));

  test.each<[string, DistributionOptions, DistributionOptions, string]>([
    ['from one port for all to another', { portWithoutEpmd: 9100 }, { portWithoutEpmd: 9200 }, 'at port 9100'],
    ['from epmd to one port for all', {}, { portWithoutEpmd: 9100 }, 'by epmd'],
    ['from one port for all to epmd', { portWithoutEpmd: 9100 }, {}, 'at port 9100'],
  ])(
    'nodes with old files and nodes with new files do not find each other in a change %s',
    (_title, before, after, looks) => {
      const props = { platform: Platform.relxRelease() };
      const findings = changed({ ...props, distribution: before }, { ...props, distribution: after });
      expect(findings).toContainEqual(
        expect.stringMatching(
          `^port-discovery-mismatch: port discovery of a@h1\\.x\\.test, a@h2\\.x\\.test(?:, tools)? with old files "${looks}" does not find another node`,
        ),
      );
      expect(findings.every((one) => one.startsWith('port-discovery-mismatch: '))).toBe(true);
    },
  );

  test('the spelling of a port in a release and the range of ports behind epmd make no difference', () => {
    const at = (otp: OtpRelease, distribution: DistributionOptions): ClusterProps => ({ otp, distribution });
    const port = { portWithoutEpmd: 9100 };
    expect(changed(at(OtpRelease.OTP_26, port), at(OtpRelease.OTP_29, port))).toEqual([]);
    expect(changed(at(OtpRelease.OTP_27, { firstPort: 9100 }), at(OtpRelease.OTP_27, { firstPort: 9300 }))).toEqual([]);
  });
});
