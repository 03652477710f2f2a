import type { ProbedNode } from '../model/checks/probe-checks';
import { printable } from '../model/errors';
import { dayText } from '../model/pki/calendar';
import { readCertificate } from '../model/pki/certificate-reader';
import { UsageError } from './command';
import { EPMD_PORT, portOf } from './epmd';
import { type Heard, listenTo } from './handshake';

/** A running node, by its name or by where it listens. */
export interface ProbeTarget {
  readonly label: string;
  readonly host: string;
  /** Undefined where epmd has to be asked. */
  readonly port?: number;
  readonly name: string;
  readonly epmdPort: number;
}

const DEADLINE_MS = 5000;
const LAST_PORT = 65_535;

/** `name@host`, `host:port`, or `[address]:port` for IPv6. */
export function probeTarget(text: string, env: Readonly<Record<string, string | undefined>>): ProbeTarget {
  const epmdPort = Number(env.ERL_EPMD_PORT ?? EPMD_PORT);
  const [, name, nodeHost] = /^([^@:]+)@(.+)$/.exec(text) ?? [];
  if (name !== undefined && nodeHost !== undefined) return { label: text, host: nodeHost, name, epmdPort };
  const { host, port } = listenerIn(text);
  return { label: text, host, port, name: '', epmdPort };
}

function listenerIn(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]|([^:@]+)):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host !== undefined && port >= 1 && port <= LAST_PORT) return { host, port };
  throw new UsageError(`--probe=${text} is neither name@host nor host:port`);
}

/** What a client without a certificate hears of the node, and the same for people. */
export async function probe(target: ProbeTarget): Promise<{ readonly node: ProbedNode; readonly text: string }> {
  const { label, host, name, epmdPort } = target;
  const port = target.port ?? (await portOf(name, host, epmdPort, DEADLINE_MS).catch(() => undefined));
  const heard = port === undefined ? undefined : await listenTo({ host, port });
  const { isOpen = false, versions = [], certificates = [], demandsCertificate = false } = heard ?? {};
  const node = { label, host, isOpen, versions, certificates, demandsCertificate };
  return { node, text: heard === undefined || versions.length === 0 ? '' : description(label, heard) };
}

function description(label: string, { listener, versions, cipher, certificates, demandsCertificate }: Heard): string {
  const [der] = certificates;
  const leaf = der && readCertificate(der);
  const names = [...(leaf?.dnsNames ?? []), ...(leaf?.ipAddresses ?? [])].join(', ');
  const lines = [
    `${label}, port ${listener.port}: ${versions.join(', ')}; ${cipher ?? ''}`,
    ...(leaf === undefined
      ? []
      : [`  certificate for ${names}, of ${leaf.issuer.text}, until ${dayText(leaf.notAfter)}`]),
    `  a client certificate is ${demandsCertificate ? 'demanded' : 'not demanded'}`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
