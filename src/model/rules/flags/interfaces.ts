import { type Finding, finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { rule } from '../../findings/rule';
import { type IpAddress, isIpv4Mapped, isLoopback, isUnspecified, readIpAddress } from '../../network/ip-address';
import { ipVersionOf } from '../../platforms/registry';
import { OTP_PROTOCOLS } from '../../platforms/tls-protocol';

/** The one address at which nodes listen, or the epmd beside them. */
export interface Listening {
  readonly subject: string;
  readonly address: IpAddress;
  /** The address as it was given. */
  readonly got: string;
}

/** Judges whether a node with this protocol can listen at an address. */
export function interfaceFamilyFindings({ subject, address, got }: Listening, protocol: string): readonly Finding[] {
  const isRight = address.version === ipVersionOf(protocol) && !isIpv4Mapped(address);
  return isRight ? [] : [finding(INTERFACE_FAMILY_MISMATCH, { subject, got, detail: `-proto_dist ${protocol}` })];
}

export const INTERFACE_FAMILY_MISMATCH = rule({
  code: 'interface-family-mismatch',
  severity: 'error',
  problem: 'is an address of the other IP version than the distribution protocol',
  expected: OTP_PROTOCOLS.map(({ name, ipVersion }) => `IPv${ipVersion} literals with ${name}`).join(', '),
  remedy: 'use an address of that version, or the other protocol',
  inErlang: 'the node does not boot: "register/listen error: badarg"; at an IPv4-mapped address, nobody finds it',
  source: 'kernel(6), inet_dist_use_interface; docs/in-erlang.md',
});

/**
 * Judges whether others reach nodes on these hosts at that address. What a name means, only a resolver knows, and all names of a test on one machine
 * may be loopback addresses: that is a warning. So is another address, since a router may translate it, though not from or to loopback.
 */
export function interfaceHostFindings(
  { subject, address, got }: Listening,
  hosts: readonly string[],
): readonly Finding[] {
  if (isUnspecified(address)) return [];
  const addresses = hosts.flatMap((host) => readIpAddress(host) ?? []);
  const elsewhere = addresses.filter(({ text }) => text !== address.text);
  const isReal = elsewhere.length < addresses.length || [address, ...elsewhere].some(isLoopback);
  if (elsewhere.length > 0) {
    const detail = dialled(elsewhere.map(({ text }) => text));
    return [finding(isReal ? INTERFACE_NOT_OF_HOST : INTERFACE_OF_ONE_HOST, { subject, got, detail })];
  }
  const names = hosts.filter((host) => readIpAddress(host) === undefined && !/(?:^|\.)localhost$/i.test(host));
  const isDoubtful = isLoopback(address) ? names.length > 0 : new Set(names).size > 1;
  return isDoubtful ? [finding(INTERFACE_OF_ONE_HOST, { subject, got, detail: dialled(names) })] : [];
}

function dialled(hosts: readonly string[]): string {
  return `other nodes dial ${nameList([...new Set(hosts)])}`;
}

export const INTERFACE_NOT_OF_HOST = rule({
  code: 'interface-not-of-host',
  severity: 'error',
  problem: 'is the only address that is listened at, and other nodes dial another one',
  expected: 'the address in the node name, or none for every interface',
  remedy: 'leave the address out, or name the one that the other nodes dial',
  inErlang:
    'the node boots, and nobody connects to it; if its machine does not have the address, it does not boot (eaddrnotavail)',
  source: 'kernel(6), inet_dist_use_interface; docs/in-erlang.md',
});

export const INTERFACE_OF_ONE_HOST = rule({
  code: 'interface-of-one-host',
  severity: 'warning',
  problem: 'is the only address that is listened at, and may not be the one that other nodes dial',
  expected: 'none for every interface, or an address to which each of these hosts leads',
  remedy: 'leave the address out: one setting is for every node, and nodes on several machines have several addresses',
  inErlang:
    'the node boots, and nobody connects to it; if its machine does not have the address, it does not boot (eaddrnotavail)',
  source: 'kernel(6), inet_dist_use_interface; docs/in-erlang.md',
});
