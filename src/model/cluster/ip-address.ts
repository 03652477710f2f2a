import { rule } from '../findings/rule';
/** Which kind of IP literal `text` is, in the strict forms that `inet:parse_strict_address/1` takes; `undefined` for anything else. */
export function ipVersion(text: string): 4 | 6 | undefined {
  if (isIpv4(text)) return 4;
  return isIpv6(text) ? 6 : undefined;
}

function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
}

/** RFC 4291 section 2.2: eight groups, at most one `::`, the last two groups possibly as an IPv4 address. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map(countGroups);
  if (groups.includes(undefined)) return false;
  const total = groups.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return halves.length === 2 ? total <= 7 && !endsInIpv4(halves[0] ?? '') : total === 8;
}

function countGroups(half: string): number | undefined {
  if (half === '') return 0;
  const groups = half.split(':');
  const last = groups.at(-1) ?? '';
  const hexadecimal = endsInIpv4(half) ? groups.slice(0, -1) : groups;
  if (!hexadecimal.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return isIpv4(last) ? hexadecimal.length + 2 : hexadecimal.length;
}

function endsInIpv4(half: string): boolean {
  return isIpv4(half.split(':').at(-1) ?? '');
}

/** The `{A,B,C,D}` or `{A,B,C,D,E,F,G,H}` that Erlang calls an `inet:ip_address()`, as its numbers. */
export function ipAddressNumbers(text: string): readonly number[] {
  return isIpv4(text) ? text.split('.').map(Number) : ipv6Numbers(text);
}

function ipv6Numbers(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const left = groupNumbers(head);
  if (tail === undefined) return left;
  const right = groupNumbers(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function groupNumbers(half: string): readonly number[] {
  if (half === '') return [];
  return half.split(':').flatMap((group) => {
    if (!isIpv4(group)) return [parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

export const ADDRESS_NOT_AN_IP = rule({
  code: 'address-not-an-ip',
  severity: 'error',
  problem: 'is no IP address',
  expected: 'an IPv4 or IPv6 literal',
  remedy: 'write the address itself, not a name',
});
