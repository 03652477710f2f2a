import { rule } from '../findings/rule';

/**
 * An IP address, whatever notation it was read from. Two addresses are the same if their texts are. An IPv4-mapped address such as
 * `::ffff:10.0.0.1` is an IPv6 address and differs from `10.0.0.1`, as in Erlang's `inet`.
 */
export interface IpAddress {
  readonly version: 4 | 6;
  /** Elements of Erlang's `inet:ip_address()`: four octets, or eight groups of 16 bits. */
  readonly numbers: readonly number[];
  /** Canonical form: dotted decimal, or RFC 5952. */
  readonly text: string;
}

/** Reads the strict forms that `inet:parse_strict_address/1` accepts (RFC 4291 section 2.2). Absent if `text` is none of them. */
export function readIpAddress(text: string): IpAddress | undefined {
  const octets = readIpv4(text);
  if (octets !== undefined) return ipAddress(octets);
  const groups = readIpv6(text);
  return groups && ipAddress(groups);
}

/** The address that four or sixteen octets in network order stand for, as in a certificate. */
export function ipAddressOfBytes(bytes: Uint8Array): IpAddress | undefined {
  if (bytes.length === 4) return ipAddress([...bytes]);
  if (bytes.length !== 16) return undefined;
  return ipAddress(Array.from({ length: 8 }, (_, at) => (bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)));
}

/** The address with these elements, as Erlang writes it. Absent if there is none. */
export function ipAddressOf(numbers: readonly number[]): IpAddress | undefined {
  const most = { 4: 0xff, 8: 0xffff }[numbers.length];
  if (most === undefined || !numbers.every((one) => Number.isInteger(one) && one >= 0 && one <= most)) return undefined;
  return ipAddress(numbers);
}

/** Whether a program that listens at this address listens on every interface. */
export function isUnspecified({ numbers }: IpAddress): boolean {
  return numbers.every((one) => one === 0);
}

/** Whether only programs of the same machine reach this address. */
export function isLoopback({ version, numbers, text }: IpAddress): boolean {
  return version === 4 ? numbers[0] === 127 : text === '::1';
}

/** A host in the form in which hosts are compared: addresses in canonical form, DNS names in lower case. */
export function canonicalHost(host: string): string {
  return readIpAddress(host)?.text ?? host.toLowerCase();
}

/** Whether this is an IPv4 address in IPv6 notation (RFC 4291 section 2.5.5.2). */
export function isIpv4Mapped({ version, numbers }: IpAddress): boolean {
  return version === 6 && numbers.slice(0, 5).every((group) => group === 0) && numbers[5] === 0xffff;
}

function ipAddress(numbers: readonly number[]): IpAddress {
  const address = { version: numbers.length === 4 ? 4 : 6, numbers } as const;
  return { ...address, text: address.version === 4 ? numbers.join('.') : ipv6Text({ ...address, text: '' }) };
}

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups as `::`, and mapped addresses with their IPv4 part. */
function ipv6Text(address: IpAddress): string {
  const { numbers } = address;
  if (isIpv4Mapped(address)) {
    const octets = numbers.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
    return `::ffff:${octets.join('.')}`;
  }
  const { start, length } = longestZeroRun(numbers);
  const hexadecimal = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');
  if (length < 2) return hexadecimal(numbers);
  return `${hexadecimal(numbers.slice(0, start))}::${hexadecimal(numbers.slice(start + length))}`;
}

/** The first of several runs of the same length (RFC 5952 section 4.2.3). */
function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    const end = groups.findIndex((group, at) => at >= start && group !== 0);
    const length = (end < 0 ? groups.length : end) - start;
    if (length > longest.length) longest = { start, length };
  }
  return longest;
}

function readIpv4(text: string): readonly number[] | undefined {
  const octets = text.split('.');
  const isLegal =
    octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
  return isLegal ? octets.map(Number) : undefined;
}

/** Eight groups; at most one `::`; the last two groups may be written as an IPv4 address. */
function readIpv6(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = readGroups(head, tail === undefined);
  const right = readGroups(tail ?? '', true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...Array<number>(missing).fill(0), ...right];
}

function readGroups(half: string, mayEndInIpv4: boolean): readonly number[] | undefined {
  if (half === '') return [];
  const groups = half.split(':');
  const ends = mayEndInIpv4 ? readIpv4(groups.at(-1) ?? '') : undefined;
  const hexadecimal = ends === undefined ? groups : groups.slice(0, -1);
  if (!hexadecimal.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return [...hexadecimal.map((group) => parseInt(group, 16)), ...(ends === undefined ? [] : groupsOf(ends))];
}

/** The groups that are written as an IPv4 address. */
function groupsOf(octets: readonly number[]): readonly number[] {
  return (ipAddressOfBytes(Uint8Array.of(...Array<number>(12).fill(0), ...octets))?.numbers ?? []).slice(6);
}

export const ADDRESS_NOT_AN_IP = rule({
  code: 'address-not-an-ip',
  severity: 'error',
  problem: 'is not an IP address',
  expected: 'an IPv4 or IPv6 literal',
  remedy: 'write the address itself, not a name',
  source: 'RFC 4291 section 2.2; parse_strict_address/1 in erlang/otp:lib/kernel/src/inet.erl',
});
