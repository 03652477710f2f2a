import { readIpAddress } from '../../model/network/ip-address';
import type { ProbedNode } from '../../model/rules/probe/probed-node';
import { UsageError } from '../command';
import { systemErrorText } from '../system-error';
import { EPMD_PORT, nodesOf, portOf } from './epmd';
import { observe } from './handshake';

/** Running nodes to probe: one by its name or by its port, or every node that epmd of a host knows. */
export interface ProbeTarget {
  readonly label: string;
  readonly host: string;
  readonly name?: string;
  readonly port?: number;
  readonly epmdPort: number;
}

/** `host`, `name@host`, `host:port`, or `[address]:port` for IPv6. An IPv6 address may also stand alone, without brackets. */
export function probeTarget(text: string, env: Readonly<Record<string, string | undefined>>): ProbeTarget {
  const target = { label: text, epmdPort: portIn('ERL_EPMD_PORT=', env.ERL_EPMD_PORT ?? String(EPMD_PORT)) };
  if (isIpv6(text)) return { ...target, host: text };
  const [, name, nodeHost = ''] = /^([^@:\s]+)@([^@\s]+)$/.exec(text) ?? [];
  if (name !== undefined) return { ...target, host: hostOfNode(text, name, nodeHost), name };
  const { host, digits } = addressIn(text);
  return digits === undefined
    ? { ...target, host }
    : { ...target, host, port: portIn(`--probe=${text}: port `, digits) };
}

function addressIn(text: string): { readonly host: string; readonly digits?: string } {
  const [, bracketed, plain, digits] = /^(?:\[([^\][\s]+)\]|([^:@[\]\s]+))(?::(.*))?$/.exec(text) ?? [];
  if (plain !== undefined) return { host: plain, digits };
  if (bracketed !== undefined && isIpv6(bracketed)) return { host: bracketed, digits };
  throw new UsageError(`--probe=${text} is not host, name@host, host:port, or [address]:port with an IPv6 address`);
}

/** A node's name has an address without brackets, and no port: epmd knows it. */
function hostOfNode(text: string, name: string, host: string): string {
  if (!/[[\]:]/.test(host) || isIpv6(host)) return host;
  const [, address, plain] = /^\[([^\][]*)\]|^([^:]*)/.exec(host) ?? [];
  const bare = address ?? plain ?? host;
  throw new UsageError(
    `--probe=${text} is not the name of a node: its host is without brackets and port (${name}@${bare}); for a port, give host:port or [address]:port`,
  );
}

/** Also one with a zone: `fe80::1%eth0`. */
function isIpv6(text: string): boolean {
  return text.includes(':') && readIpAddress(text.replace(/%.*/, '')) !== undefined;
}

const LAST_PORT = 65_535;

function portIn(what: string, digits: string): number {
  const port = Number(digits);
  if (/^\d+$/.test(digits) && port >= 1 && port <= LAST_PORT) return port;
  throw new UsageError(`${what}${digits} is not a port: use 1 to ${LAST_PORT}`);
}

/** The nodes as a client without a certificate sees them. */
export async function probe(target: ProbeTarget): Promise<readonly ProbedNode[]> {
  try {
    return await Promise.all((await listenersOf(target)).map(probed));
  } catch (error) {
    const { label, host, epmdPort } = target;
    return [silent(label, host, `epmd at port ${epmdPort}: ${systemErrorText(error)}`)];
  }
}

interface NodeListener {
  readonly label: string;
  readonly host: string;
  /** Absent if epmd does not know the node. */
  readonly port?: number;
}

/** Rejects if epmd is needed and does not answer. */
async function listenersOf({ label, host, name, port, epmdPort }: ProbeTarget): Promise<readonly NodeListener[]> {
  const epmd = { host, port: epmdPort };
  if (port !== undefined) return [{ label, host, port }];
  if (name !== undefined) return [{ label, host, port: await portOf(name, epmd) }];
  const nodes = await nodesOf(epmd);
  return nodes.length === 0
    ? [{ label, host }]
    : nodes.map((one) => ({ label: `${one.name}@${host}`, host, port: one.port }));
}

async function probed({ label, host, port }: NodeListener): Promise<ProbedNode> {
  if (port === undefined) return silent(label, host, label === host ? 'epmd knows no node' : 'epmd knows no such node');
  return { label, host, port, ...(await observe({ host, port })) };
}

function silent(label: string, host: string, absence: string): ProbedNode {
  return { label, host, absence, versions: [], certificates: [], requiresCertificate: false };
}
