import { distributionFlags, type DistributionInput } from '../../../../src/model/erlang/flags/distribution-flags';
import { OtpRelease } from '../../../../src/model/otp/otp-release';

const flags = (input: Partial<DistributionInput>): string[] =>
  distributionFlags({ otp: OtpRelease.OTP_27, buffers: false, ...input }).map(
    ({ name, values = [] }) => `-${name} ${values.join(' ')}`,
  );

test.each<[Partial<DistributionInput>, string[]]>([
  [{}, []],
  [
    { buffers: true },
    ['-kernel inet_dist_listen_options [{buffer,262144}]', '-kernel inet_dist_connect_options [{buffer,262144}]'],
  ],
  [{ firstPort: 9100 }, ['-kernel inet_dist_listen_min 9100', '-kernel inet_dist_listen_max 9100']],
  [{ firstPort: 1, lastPort: 4368 }, ['-kernel inet_dist_listen_min 1', '-kernel inet_dist_listen_max 4368']],
  [{ firstPort: 4370, lastPort: 65535 }, ['-kernel inet_dist_listen_min 4370', '-kernel inet_dist_listen_max 65535']],
  // Without epmd its port is free, and often the one that a firewall lets through.
  [{ portWithoutEpmd: 4369 }, ['-start_epmd false', '-erl_epmd_port 4369']],
  [{ interfaceAddress: '127.0.0.1' }, ['-kernel inet_dist_use_interface {127,0,0,1}']],
  [{ interfaceAddress: '2001:db8::1' }, ['-kernel inet_dist_use_interface {8193,3512,0,0,0,0,0,1}']],
  [{ interfaceAddress: '::ffff:10.0.0.1' }, ['-kernel inet_dist_use_interface {0,0,0,0,0,65535,2560,1}']],
  [{ epmdAddress: '127.0.0.1' }, ['-env ERL_EPMD_ADDRESS 127.0.0.1']],
  [{ portWithoutEpmd: 9100 }, ['-start_epmd false', '-erl_epmd_port 9100']],
  [
    { portWithoutEpmd: 9100, otp: OtpRelease.of('27.2') },
    ['-start_epmd false', '-kernel erl_epmd_node_listen_port 9100'],
  ],
])('%j', (input, expected) => {
  expect(flags(input)).toEqual(expected);
});

test.each<[Partial<DistributionInput>, string]>([
  [{ firstPort: 65536 }, 'port-out-of-range'],
  [{ firstPort: 1.5 }, 'port-out-of-range'],
  [{ firstPort: NaN }, 'port-out-of-range'],
  [{ lastPort: 9100 }, 'port-range-empty'],
  [{ firstPort: 2, lastPort: 1 }, 'port-range-empty'],
  [{ firstPort: 1, lastPort: 65535 }, 'port-of-epmd'],
  [{ portWithoutEpmd: 0 }, 'port-out-of-range'],
  [{ portWithoutEpmd: 1, epmdAddress: '::1' }, 'epmd-settings-in-conflict'],
  [{ interfaceAddress: 'eth0' }, 'address-not-an-ip'],
  [{ epmdAddress: '127.0.0.1,10.0.0.1' }, 'address-not-an-ip'],
])('%j is refused: %s', (input, code) => {
  expect(() => flags(input)).toThrow(`${code}: `);
});
