import { type FlagUse, isPlaceholder } from '../../erlang/flags/flag-use';
import { EPMD_PORT, isPort, PORT_OF_EPMD, PORT_OUT_OF_RANGE, PORT_RANGE_EMPTY } from '../../erlang/flags/ports';
import { topics } from '../../erlang/flags/vm-flags';
import { type Finding, finding } from '../../findings/finding';
import { type IpAddress, ipAddressOf, readIpAddress } from '../../network/ip-address';
import type { InstalledNode } from '../../observed/files/installed-node';
import { interfaceFamilyFindings, interfaceHostFindings, type Listening } from './interfaces';

/** Findings about the ports and the address at which a node listens, and at which the epmd listens that it starts. */
export function listeningFindings({ label, host }: InstalledNode, uses: readonly FlagUse[]): readonly Finding[] {
  // Of a parameter that is given twice, the last value counts.
  const said = new Map(uses.flatMap(topics));
  return [...portFindings(label, said), ...interfaceFindings(label, said, host)];
}

type Said = ReadonlyMap<string, string>;

const [FIRST, LAST] = ['inet_dist_listen_min', 'inet_dist_listen_max'];
const INTERFACE = '-kernel inet_dist_use_interface';
const EPMD = '-env ERL_EPMD_ADDRESS';

/** The kernel passes over values that are no numbers, and a last port without a first. */
function portFindings(label: string, said: Said): readonly Finding[] {
  const [first, last = first] = [FIRST, LAST].map((parameter) => numberIn(said.get(`-kernel ${parameter}`)));
  if (first === undefined || last === undefined) return [];
  const subject = `${FIRST} and ${LAST} of ${label}`;
  const got = [first, last];
  const illegal = got.find((port) => !isPort(port));
  if (illegal !== undefined) return [finding(PORT_OUT_OF_RANGE, { subject, got: illegal })];
  if (last < first) return [finding(PORT_RANGE_EMPTY, { subject, got })];
  // In a wider range, the node takes another port than that of epmd.
  const isEpmds = first === EPMD_PORT && last === EPMD_PORT && said.get('-start_epmd') !== 'false';
  return isEpmds ? [finding(PORT_OF_EPMD, { subject, got })] : [];
}

function numberIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

function interfaceFindings(label: string, said: Said, host: string | undefined): readonly Finding[] {
  const node = listeningAt(INTERFACE, label, said, addressIn);
  const epmd = listeningAt(EPMD, label, said, readIpAddress);
  const protocol = said.get('-proto_dist');
  const mismatch =
    node === undefined || protocol === undefined || isPlaceholder(protocol)
      ? []
      : interfaceFamilyFindings(node, protocol);
  if (mismatch.length > 0 || host === undefined) return mismatch;
  return [node, epmd].flatMap((one) => (one === undefined ? [] : interfaceHostFindings(one, [host])));
}

function listeningAt(
  topic: string,
  label: string,
  said: Said,
  read: (text: string) => IpAddress | undefined,
): Listening | undefined {
  const got = said.get(topic);
  const address = got === undefined ? undefined : read(got);
  return got === undefined || address === undefined ? undefined : { subject: `${topic} of ${label}`, got, address };
}

/** `{127,0,0,1}` */
function addressIn(text: string): IpAddress | undefined {
  const numbers = /^\s*\{([\d,\s]*)\}\s*$/.exec(text)?.[1]?.split(',').map(Number);
  return numbers && ipAddressOf(numbers);
}
