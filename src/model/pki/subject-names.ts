import { isDnsName, type NodeName } from '../cluster/node-name';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { ADDRESS_NOT_AN_IP, isIpv4Mapped, readIpAddress } from '../network/ip-address';
import { keptByTerraform } from '../terraform/terraform-text';
import { namesInCertificate, type SharedIdentity } from './shared-identity';

/** The names in a certificate. */
export interface SubjectNames {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

export interface SubjectNameOptions {
  readonly commonName?: string;
  readonly additionalDnsNames?: readonly string[];
  readonly additionalIpAddresses?: readonly string[];
}

/** RFC 5280 appendix A.1, `ub-common-name`. OTP cannot decode a certificate with a longer name, but Terraform and Go issue one. */
export const LONGEST_COMMON_NAME = 64;

/**
 * The names for the certificate of `node`. `inet_tls_dist` compares the host part of the node name that the client connects to with the
 * SAN, and in current patch releases never with the CN (CVE-2026-42790).
 *
 * An IP literal is in the SAN twice. OTP up to 26.2.1 compares it with the dNSName entries, and later releases compare it with the
 * iPAddress entries, so a certificate for all releases needs both.
 */
export function subjectNames(node: NodeName, options: SubjectNameOptions = {}): SubjectNames {
  const { kind, text: host } = node.host;
  return {
    commonName: commonName(options.commonName ?? host, `certificate of node "${node.text}"`, kind === 'deferred'),
    ...alternativeNames([], [node], options),
  };
}

/** The names for a certificate that many nodes show. `subject`: the certificate, in messages. */
export function sharedSubjectNames(
  { names, commonName: given, nodes }: SharedIdentity,
  subject: string,
  options: SubjectNameOptions = {},
): SubjectNames {
  const shared = namesInCertificate(names);
  return {
    commonName: commonName(given ?? options.commonName ?? shared[0] ?? '', subject),
    ...alternativeNames(shared, nodes, options),
  };
}

function alternativeNames(
  names: readonly string[],
  nodes: readonly NodeName[],
  { additionalDnsNames = [], additionalIpAddresses = [] }: SubjectNameOptions,
): Pick<SubjectNames, 'dnsNames' | 'ipAddresses'> {
  const addresses = nodes.filter(({ host: { kind } }) => kind === 'ipv4' || kind === 'ipv6');
  return {
    dnsNames: unique([...names, ...nodes.map(({ host }) => host.text), ...additionalDnsNames.map(dnsName)]),
    ipAddresses: unique([
      ...addresses.map(({ host }) => ipAddress('host of the node name', host.text)),
      ...additionalIpAddresses.map((one) => ipAddress('additionalIpAddresses', one)),
    ]),
  };
}

function dnsName(name: string): string {
  return isDnsName(name) ? name : refuse(SAN_NOT_A_DNS_NAME, { subject: 'additionalDnsNames', got: name });
}

export const SAN_NOT_A_DNS_NAME = rule({
  code: 'san-not-a-dns-name',
  severity: 'error',
  problem: 'is no DNS name',
  expected: 'labels of letters, digits, "-" and "_", without a wildcard',
  remedy: 'list every name: Erlang distribution does not match wildcards',
  source: 'public_key:pkix_verify_hostname/3, which matches wildcards only with a match_fun; docs/distribution.md',
});

function ipAddress(subject: string, text: string): string {
  const address = readIpAddress(text) ?? refuse(ADDRESS_NOT_AN_IP, { subject, got: text });
  return isIpv4Mapped(address) ? refuse(ADDRESS_IPV4_MAPPED, { subject, got: text }) : text;
}

export const ADDRESS_IPV4_MAPPED = rule({
  code: 'address-ipv4-mapped',
  severity: 'error',
  problem: 'is an IPv4 address in IPv6 notation',
  expected: 'an IPv4 address in dotted form, or another IPv6 address',
  remedy: 'write the IPv4 address itself, with -proto_dist inet_tls for a node name',
  inErlang: 'from OTP 27 on "hostname_check_failed": the certificate holds the IPv4 address, and the two differ',
  source:
    'marshalSANs in golang/go:src/crypto/x509/x509.go, by which Terraform writes such an address with four octets; test/real/ip-addresses.test.ts',
});

/** A common name that OTP can decode. Terraform checks a name that only it knows (`isDeferred`). */
export function commonName(name: string, subject: string, isDeferred = false): string {
  if (isDeferred) return name;
  if (name === '') refuse(COMMON_NAME_EMPTY, { subject });
  const excess = excessiveLength(name);
  if (excess !== undefined) refuse(COMMON_NAME_TOO_LONG, { subject, got: name, detail: excess });
  return keptByTerraform(`common name of the ${subject}`, name);
}

/** The length of a common name that is too long, in words. Absent for every other one. RFC 5280 counts characters, not UTF-16 units. */
export function excessiveLength(name: string): string | undefined {
  const { length } = [...name];
  return length > LONGEST_COMMON_NAME ? `${length} characters` : undefined;
}

export const COMMON_NAME_EMPTY = rule({
  code: 'common-name-empty',
  severity: 'error',
  problem: 'has an empty common name',
  expected: 'one to 64 characters',
  remedy: 'leave commonName out, or give it a value',
  source: 'RFC 5280 section 4.1.2.4 and appendix A.1: a common name has at least one character',
});

export const COMMON_NAME_TOO_LONG = rule({
  code: 'common-name-too-long',
  severity: 'error',
  problem: 'has a common name too long for some OTP releases to decode',
  expected: 'at most 64 characters',
  remedy: 'choose a short common name (commonName): the host stays in the SAN, which is what TLS verifies',
  inErlang: 'OTP 28 before 28.4 and 29.0 before 29.0.3 cannot decode it, and no connection forms; other releases can',
  source: 'RFC 5280 appendix A.1, ub-common-name; erlang/otp issues 10606 and 11240; docs/in-erlang.md',
});

/** Keeps the order, because to Terraform a new order of SAN entries is a new certificate. */
function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
