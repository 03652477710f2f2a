import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { readIpAddress } from '../network/ip-address';

/**
 * The kind of the part after `@`. TLS verifies only this part: `inet_tls_dist` sends it as SNI and compares it with the peer's SAN.
 * `deferred` is a host that only Terraform knows, such as an instance's private DNS name.
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
  /** The full name, as the user wrote it. */
  readonly text: string;
}

/** An atom holds at most 255 characters, and a node name is an atom (`MAXATOMLEN` in ERTS). */
const LONGEST_NODE_NAME = 255;

const SUBJECT = 'node name';

/** Reads `name@host`, or refuses it. */
export function parseNodeName(text: string): NodeName {
  if (text.length > LONGEST_NODE_NAME) refuse(NODE_NAME_TOO_LONG, { subject: SUBJECT, got: text });
  const { name, host } = splitNodeName(text);
  return Object.freeze({ name, host: parseHost(host, text), text });
}

export const NODE_NAME_TOO_LONG = rule({
  code: 'node-name-too-long',
  severity: 'error',
  problem: 'is longer than an Erlang atom can be',
  expected: 'at most 255 characters',
  remedy: 'shorten the name or the host',
  source: 'Erlang Efficiency Guide, System Limits: an atom has at most 255 characters',
});

/** A node whose host is a Terraform token. Only the part before `@` is checked here. */
export function deferredNodeName(text: string): NodeName {
  const { name, host } = splitNodeName(text);
  return Object.freeze({ name, host: { kind: 'deferred', text: host } as const, text });
}

function splitNodeName(text: string): { name: string; host: string } {
  const at = text.indexOf('@');
  if (at < 0 || at === text.length - 1) refuse(NODE_NAME_WITHOUT_HOST, { subject: SUBJECT, got: text });
  const name = text.slice(0, at);
  checkName(name, text);
  return { name, host: text.slice(at + 1) };
}

export const NODE_NAME_WITHOUT_HOST = rule({
  code: 'node-name-without-host',
  severity: 'error',
  problem: 'has no host part',
  expected: '"name@host", e.g. "couchdb@db1.example.com"',
  remedy: 'add the host under which the other nodes reach it: that part is what TLS verifies',
  source: 'erlang/otp:lib/ssl/src/inet_tls_dist.erl, which verifies the part after the @',
});

/**
 * `net_kernel` accepts exactly these characters before the `@`. It also accepts a leading dash, but the VM reads `-name -x@h` as two flags,
 * so no file can give a node such a name.
 */
function checkName(name: string, text: string): void {
  if (!/^[0-9A-Za-z_][0-9A-Za-z_-]*$/.test(name)) refuse(NODE_NAME_ILLEGAL_NAME, { subject: SUBJECT, got: text });
}

export const NODE_NAME_ILLEGAL_NAME = rule({
  code: 'node-name-illegal-name',
  severity: 'error',
  problem: 'has a part before "@" that no Erlang VM takes',
  expected: 'letters, digits, "_" and "-", not beginning with "-"',
  remedy: 'rename the node',
  source: 'erlang/otp:lib/kernel/src/net_kernel.erl; test/real/laws/node-names.test.ts',
});

function parseHost(host: string, text: string): Host {
  const address = readIpAddress(host);
  if (address !== undefined) return { kind: address.version === 4 ? 'ipv4' : 'ipv6', text: host };
  checkDnsName(host, text);
  return { kind: 'dns', text: host };
}

/** Labels as RFC 1123 section 2.1 has them, and `_`, which OTP resolves and matches as well (run on 25, 27 and 29). */
export const DNS_LABEL = '[0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?';
const LABEL = new RegExp(`^${DNS_LABEL}$`);
const LONGEST_DNS_NAME = 253;
const NUMBER = '(0[xX][0-9A-Fa-f]+|[0-9]+)';
/** Numbers between dots, in octal or hexadecimal too: resolvers read some of these as addresses (`inet_aton`), and none is a DNS name. */
export const NUMBERS_AND_DOTS = `^${NUMBER}([.]${NUMBER})*$`;

/** Whether OTP resolves and matches such a name. */
export function isDnsName(host: string): boolean {
  return host.length <= LONGEST_DNS_NAME && host.split('.').every((label) => LABEL.test(label));
}

function checkDnsName(host: string, text: string): void {
  if (!isDnsName(host)) refuse(NODE_NAME_ILLEGAL_HOST, { subject: SUBJECT, got: text });
  // Nodes dial some of them as another address than the certificate has, and do not find the others. No top-level domain is a number.
  if (new RegExp(NUMBERS_AND_DOTS).test(host)) refuse(NODE_NAME_NOT_AN_ADDRESS, { subject: SUBJECT, got: text });
}

export const NODE_NAME_ILLEGAL_HOST = rule({
  code: 'node-name-illegal-host',
  severity: 'error',
  problem: 'has a host that is neither a DNS name nor an IP address',
  expected: 'labels of letters, digits, "-" and "_", without a final dot, or an IPv4 or IPv6 literal',
  remedy: 'write an international name in its ASCII form ("xn--…"), and one node for each host instead of a wildcard',
  source: 'RFC 1123 section 2.1; test/real/laws/node-names.test.ts',
});

export const NODE_NAME_NOT_AN_ADDRESS = rule({
  code: 'node-name-not-an-address',
  severity: 'error',
  problem: 'has a host of numbers that is no IPv4 address in its usual form',
  expected: 'four decimal numbers from 0 to 255 without leading zeros',
  remedy: 'correct the address, or use a DNS name',
  source: 'inet:parse_strict_address/1 in erlang/otp:lib/kernel/src/inet.erl; test/model/cluster/node-name.test.ts',
});

/** A host without a dot belongs to a short name (`-sname`); a VM started with one kind cannot connect to the other. */
export function isShortName(node: NodeName): boolean {
  return node.host.kind === 'dns' && !node.host.text.includes('.');
}
