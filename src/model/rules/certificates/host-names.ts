import type { Option } from '../../erlang/options/option-file-reader';
import { isAtom, textIn, valueOf } from '../../erlang/options/tls-settings';
import { isWildcardMatch, matchFunIn } from '../../erlang/options/wildcard-match';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readIpAddress } from '../../network/ip-address';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';

/** Whether a certificate names the host by which other nodes dial the node. */
export function hostFindings(
  subject: string,
  leaf: CertificateFacts,
  ownHost: string | undefined,
  /** Client options of the other nodes. Absent for a node without any. */
  diallers: readonly (readonly Option[] | undefined)[],
  releases: Releases,
): readonly Finding[] {
  return diallers.flatMap((client) => {
    const matches = nameRule(client, releases);
    if (matches === undefined) return [];
    const host = comparedHost(ownHost, client, releases);
    const named = namesOf(leaf, releases);
    const names = [...named.dnsNames, ...named.ipAddresses];
    if (host === undefined ? names.length > 0 : isNamed(host, named, matches, releases)) return [];
    const detail = host === undefined ? 'it has no alternative name' : `it names ${names.join(', ') || 'no host'}`;
    return [finding(HOST_NOT_IN_CERTIFICATE, { subject, got: host, detail })];
  });
}

/** Whether a node shows a certificate that is meant for several nodes: one with the names that the node itself expects of others. */
export function isForManyNodes({ dnsNames }: CertificateFacts, client: readonly Option[] | undefined): boolean {
  const expected = textIn(valueOf('server_name_indication', client));
  if (expected !== undefined) return dnsNames.some((name) => isSameName(name, expected));
  return takesWildcards(client) && dnsNames.some((name) => name.startsWith('*'));
}

export const HOST_NOT_IN_CERTIFICATE = rule({
  code: 'host-not-in-certificate',
  severity: 'error',
  problem: 'does not name the host of the node',
  expected:
    'a subject alternative name that equals the part after "@" of the node name, without a wildcard; for an address, a DNS name and an IP address',
  remedy: 'issue a certificate with that name; the common name counts only up to OTP 25',
  inErlang: '"hostname_check_failed", or "missing_subject_altnames", at the node that dials; it can dial itself',
  source:
    'RFC 6125 section 6; verify_hostname in erlang/otp:lib/ssl/src/ssl_certificate.erl; test/real/ip-addresses.test.ts; docs/in-erlang.md',
});

type Names = Pick<CertificateFacts, 'dnsNames' | 'ipAddresses'>;

/** Up to OTP 25, the common name counts if there are no alternative names. */
function namesOf({ dnsNames, ipAddresses, subject }: CertificateFacts, releases: Releases): Names {
  const hasNames = dnsNames.length > 0 || ipAddresses.length > 0;
  if (hasNames || !releases.every('commonNameStandsForHost')) return { dnsNames, ipAddresses };
  return { dnsNames: subject.commonName === undefined ? [] : [subject.commonName], ipAddresses };
}

/** From OTP 26 on, a client may ask for one name in place of each host. */
function comparedHost(
  host: string | undefined,
  client: readonly Option[] | undefined,
  releases: Releases,
): string | undefined {
  const asked = textIn(valueOf('server_name_indication', client));
  return releases.every('serverNameReplacesHost') ? (asked ?? host) : host;
}

/** Whether a name of a certificate stands for a host. */
type NameRule = (name: string, host: string) => boolean;

/**
 * The way in which the dialling side compares names. Absent if it does not compare them, which is possible from OTP 26 on, or if it uses a
 * function that is not known here.
 */
function nameRule(client: readonly Option[] | undefined, releases: Releases): NameRule | undefined {
  const name = valueOf('server_name_indication', client);
  if (isAtom(name, 'disable') && releases.some('serverNameReplacesHost')) return undefined;
  // Some releases compare the one name, some the other.
  if (textIn(name) !== undefined && releases.differIn('serverNameReplacesHost')) return undefined;
  if (takesWildcards(client)) return isSameOrWildcard;
  return valueOf('customize_hostname_check', client) === undefined ? isSameName : undefined;
}

function takesWildcards(client: readonly Option[] | undefined): boolean {
  const customized = valueOf('customize_hostname_check', client);
  return customized !== undefined && isWildcardMatch(matchFunIn(customized));
}

/** The names are equal, apart from upper and lower case. */
const isSameName: NameRule = (name, host) => name.toLowerCase() === host.toLowerCase();

/** One asterisk in the first label stands for any part of it (`verify_hostname_match_wildcard/2` in `erlang/otp:lib/public_key/src/public_key.erl`). */
const isSameOrWildcard: NameRule = (name, host) => {
  const [pattern = '', ...domain] = labels(name);
  const [label = '', ...hostDomain] = labels(host);
  const [start = '', end, ...more] = pattern.split('*');
  if (more.length > 0 || domain.join('.') !== hostDomain.join('.')) return false;
  if (end === undefined) return pattern === label;
  return label.length >= start.length + end.length && label.startsWith(start) && label.endsWith(end);
};

function labels(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split('.')
    .filter((label) => label !== '');
}

/** OTP compared an address with DNS names up to 26.2.1, and compares it with addresses since. */
function isNamed(host: string, { dnsNames, ipAddresses }: Names, matches: NameRule, releases: Releases): boolean {
  const isDns = dnsNames.some((name) => matches(name, host));
  const address = readIpAddress(host);
  if (address === undefined) return isDns;
  const isIp = ipAddresses.includes(address.text);
  const asDnsName = isDns || !releases.some('comparesAddressAsDnsName');
  return asDnsName && (isIp || !releases.some('comparesAddressAsAddress'));
}
