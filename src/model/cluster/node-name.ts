import { refuse } from '../errors';
import { ipVersion } from './ip-address';

/**
 * What the part after `@` is. TLS verifies this part and nothing else (`inet_tls_dist` sends it as SNI and checks it against the
 * peer's SAN). `deferred` stands for a host that only Terraform learns, such as an instance's private DNS name.
 */
export type HostKind = 'dns' | 'ipv4' | 'ipv6' | 'deferred';

export interface Host {
  readonly kind: HostKind;
  readonly text: string;
}

/** One Erlang node, `name@host`. */
export interface NodeName {
  /** The part before `@`. */
  readonly name: string;
  readonly host: Host;
  /** The whole, as the user typed it. */
  readonly text: string;
}

/** An atom holds at most 255 characters, and a node name is an atom (`MAXATOMLEN` in ERTS). */
const LONGEST_NODE_NAME = 255;

const SUBJECT = 'node name';

/** Reads `name@host`, or refuses it with the reason. */
export function parseNodeName(text: string): NodeName {
  if (text.length > LONGEST_NODE_NAME) refuse('node-name-too-long', { subject: SUBJECT, got: text });
  const { name, host } = splitNodeName(text);
  return Object.freeze({ name, host: parseHost(host, text), text });
}

/** A node whose host is a Terraform token: only the part before `@` can be judged now. */
export function deferredNodeName(text: string): NodeName {
  const { name, host } = splitNodeName(text);
  return Object.freeze({ name, host: { kind: 'deferred', text: host } as const, text });
}

function splitNodeName(text: string): { name: string; host: string } {
  const at = text.indexOf('@');
  if (at < 0 || at === text.length - 1) refuse('node-name-without-host', { subject: SUBJECT, got: text });
  const name = text.slice(0, at);
  checkName(name, text);
  return { name, host: text.slice(at + 1) };
}

/**
 * `net_kernel` takes exactly these characters before the `@`. A leading dash is legal there too, but `-name -x@h` is two flags to the
 * VM: no carrier can bring such a name to a node.
 */
function checkName(name: string, text: string): void {
  if (!/^[0-9A-Za-z_][0-9A-Za-z_-]*$/.test(name)) refuse('node-name-illegal-name', { subject: SUBJECT, got: text });
}

function parseHost(host: string, text: string): Host {
  const version = ipVersion(host);
  if (version !== undefined) return { kind: version === 4 ? 'ipv4' : 'ipv6', text: host };
  checkDnsName(host, text);
  return { kind: 'dns', text: host };
}

/** Labels as RFC 1123 section 2.1 has them, and `_`, which OTP resolves and matches as well (run on 25, 27 and 29). */
const LABEL = /^[0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?$/;
const LONGEST_DNS_NAME = 253;

/** Whether OTP resolves and matches such a name. */
export function isDnsName(host: string): boolean {
  return host.length <= LONGEST_DNS_NAME && host.split('.').every((label) => LABEL.test(label));
}

function checkDnsName(host: string, text: string): void {
  if (!isDnsName(host)) refuse('node-name-illegal-host', { subject: SUBJECT, got: text });
  // "10.0.0" or "1.2.3.256" is no IP address to Erlang, and no top-level domain is a number: a typing error.
  if (/^[0-9.]+$/.test(host)) refuse('node-name-not-an-address', { subject: SUBJECT, got: text });
}

/** A host without a dot belongs to a short name (`-sname`); a VM started with one kind cannot connect to the other. */
export function isShortName(node: NodeName): boolean {
  return node.host.kind === 'dns' && !node.host.text.includes('.');
}
