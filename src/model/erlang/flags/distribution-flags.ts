import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { ADDRESS_NOT_AN_IP, type IpAddress, readIpAddress } from '../../network/ip-address';
import { behaves } from '../../otp/behaviour';
import type { OtpRelease } from '../../otp/otp-release';
import { EPMD_PORT, isPort, PORT_OF_EPMD, PORT_OUT_OF_RANGE, PORT_RANGE_EMPTY } from './ports';
import { kernelParameter, type VmFlag, vmFlag } from './vm-flags';

/** Settings for listening and for finding other nodes, TLS aside. */
export interface DistributionInput {
  readonly otp: OtpRelease;
  readonly buffers: boolean;
  readonly firstPort?: number;
  readonly lastPort?: number;
  readonly interfaceAddress?: string;
  readonly epmdAddress?: string;
  readonly portWithoutEpmd?: number;
}

/** User-level socket buffer of a distribution connection, in bytes: ADR 15. */
const BUFFER_BYTES = 262_144;

/** The flags for these settings, in a fixed order. */
export function distributionFlags(input: DistributionInput): readonly VmFlag[] {
  return [
    ...(input.buffers ? bufferFlags() : []),
    ...interfaceFlags(input.interfaceAddress),
    ...(input.portWithoutEpmd === undefined ? portFlags(input) : flagsWithoutEpmd(input, input.portWithoutEpmd)),
    ...epmdFlags(input.epmdAddress),
  ];
}

function bufferFlags(): readonly VmFlag[] {
  const options = `[{buffer,${BUFFER_BYTES}}]`;
  return [kernelParameter('inet_dist_listen_options', options), kernelParameter('inet_dist_connect_options', options)];
}

function interfaceFlags(address: string | undefined): readonly VmFlag[] {
  if (address === undefined) return [];
  const { numbers } = checkedAddress('distribution interface', address);
  return [kernelParameter('inet_dist_use_interface', `{${numbers.join(',')}}`)];
}

function portFlags({ firstPort, lastPort = firstPort }: DistributionInput): readonly VmFlag[] {
  const subject = 'distribution ports';
  if (firstPort === undefined || lastPort === undefined) {
    return lastPort === undefined
      ? []
      : refuse(PORT_RANGE_EMPTY, { subject, detail: `only lastPort is given, ${lastPort}` });
  }
  checkPort('distribution.firstPort', firstPort);
  checkPort('distribution.lastPort', lastPort);
  if (lastPort < firstPort) refuse(PORT_RANGE_EMPTY, { subject, got: [firstPort, lastPort] });
  if (firstPort <= EPMD_PORT && EPMD_PORT <= lastPort) refuse(PORT_OF_EPMD, { subject, got: [firstPort, lastPort] });
  return [
    kernelParameter('inet_dist_listen_min', `${firstPort}`),
    kernelParameter('inet_dist_listen_max', `${lastPort}`),
  ];
}

/** Every node of the cluster listens on the same port, each at its own address, so no lookup is needed (OTP 23.1 and later). */
function flagsWithoutEpmd(
  { otp, firstPort, lastPort, epmdAddress }: DistributionInput,
  port: number,
): readonly VmFlag[] {
  checkPort('portWithoutEpmd', port);
  if (firstPort !== undefined || lastPort !== undefined || epmdAddress !== undefined) {
    refuse(EPMD_SETTINGS_IN_CONFLICT, { subject: 'portWithoutEpmd', got: port });
  }
  const noDaemon = vmFlag('start_epmd', 'false');
  return behaves(otp, 'kernelParametersReplaceEpmdFlags')
    ? [noDaemon, kernelParameter('erl_epmd_node_listen_port', `${port}`)]
    : [noDaemon, vmFlag('erl_epmd_port', `${port}`)];
}

export const EPMD_SETTINGS_IN_CONFLICT = rule({
  code: 'epmd-settings-in-conflict',
  severity: 'error',
  problem: 'is set together with ports or an address of epmd',
  expected: 'either portWithoutEpmd or the other settings',
  remedy: 'remove the other settings: without epmd every node listens on that one port',
  source: 'kernel(6), erl_epmd_node_listen_port; erl(1), -erl_epmd_port',
});

/** `-env` reaches the epmd that this VM starts; one that is already running keeps its addresses. */
function epmdFlags(address: string | undefined): readonly VmFlag[] {
  if (address === undefined) return [];
  checkedAddress('epmd address', address);
  return [vmFlag('env', 'ERL_EPMD_ADDRESS', address)];
}

function checkedAddress(subject: string, address: string): IpAddress {
  return readIpAddress(address) ?? refuse(ADDRESS_NOT_AN_IP, { subject, got: address });
}

function checkPort(subject: string, port: number): void {
  if (!isPort(port)) refuse(PORT_OUT_OF_RANGE, { subject, got: port });
}
