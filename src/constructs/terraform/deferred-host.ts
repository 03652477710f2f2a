import type { NodeName } from '../../model/cluster/node-name';
import { LONGEST_COMMON_NAME, type SubjectNames } from '../../model/pki/subject-names';
import type { IPlatformProfile, PlainTextPattern } from '../../model/platforms/profile';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { Fn, Op, type Precondition, Token } from './cdktf';
import { splitAtTokens } from './tokens';

/**
 * The iPAddress entries of a certificate. For a host that only Terraform knows, Terraform decides if it is an address, by the same rule as
 * `subjectNames`.
 */
export function ipAddresses({ host }: NodeName, names: SubjectNames): string[] | undefined {
  if (host.kind !== 'deferred') return names.ipAddresses.length === 0 ? undefined : [...names.ipAddresses];
  const address = joined(host.text);
  return Token.asList(Fn.conditional(isAddress(host.text), [address, ...names.ipAddresses], [...names.ipAddresses]));
}

const LABEL = '[0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?';

/** The DNS names that `parseNodeName` accepts. */
const DNS_NAME = `^${LABEL}([.]${LABEL})*$`;
const ONLY_NUMBERS = '^[0-9.]+$';
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** Without leading zeros, which `cidrhost` would accept. */
const IPV4 = `^${OCTET}([.]${OCTET}){3}$`;

/** The checks of `parseNodeName` and of common names for a host that only Terraform knows. Terraform makes them as soon as it knows the host. */
export function hostPreconditions(
  { host }: NodeName,
  names: SubjectNames,
  issuerCommonName: string,
): Precondition[] | undefined {
  if (host.kind !== 'deferred') return undefined;
  const legalHost = {
    condition: Op.or(isAddress(host.text), matches(DNS_NAME, host.text)),
    errorMessage: 'node-name-illegal-host: the host is neither a DNS name nor an IP address.',
  };
  const noHalfAddress = {
    condition: Op.or(matches(IPV4, host.text), Op.not(matches(ONLY_NUMBERS, host.text))),
    errorMessage: 'node-name-not-an-address: the host is digits and dots and no IPv4 address.',
  };
  const notMapped = {
    condition: Op.not(isIpv4Mapped(host.text)),
    errorMessage: 'address-ipv4-mapped: the host is an IPv4 address in IPv6 notation.',
  };
  const ofHost = [legalHost, noHalfAddress, notMapped];
  return names.commonName === host.text
    ? [...ofHost, ...commonNamePreconditions(joined(host.text), issuerCommonName)]
    : ofHost;
}

function commonNamePreconditions(host: string, issuerCommonName: string): Precondition[] {
  return [
    {
      condition: Op.lte(Fn.lengthOf(host), LONGEST_COMMON_NAME),
      errorMessage: `common-name-too-long: the host has more than ${LONGEST_COMMON_NAME} characters; set commonName to a short name.`,
    },
    {
      condition: Op.neq(host, terraformLiteral(issuerCommonName)),
      errorMessage:
        'common-name-equals-issuer: the host is also the common name of the CA; set commonName to another one.',
    },
  ];
}

/** The checks that a platform makes of a node name at synth, for a host that only Terraform knows. */
export function platformPreconditions(
  node: NodeName,
  { protoDist, plainTextNodes = [] }: IPlatformProfile,
): Precondition[] {
  if (node.host.kind !== 'deferred') return [];
  return [
    addressFamily(node.host.text, protoDist),
    ...plainTextNodes.map((pattern) => noPlainText(node.text, pattern)),
  ];
}

/** Only an IPv6 address can have a prefix of 128 bits; an IPv4 address can have one of 32 bits at most. */
function addressFamily(host: string, protoDist: string): Precondition {
  const isIpv6 = hasPrefix(host, 128);
  return {
    condition: protoDist === 'inet6_tls' ? Op.or(isIpv6, Op.not(hasPrefix(host, 32))) : Op.not(isIpv6),
    errorMessage: `node-address-family-mismatch: the host is an address of the other IP version than -proto_dist ${protoDist}.`,
  };
}

function noPlainText(nodeName: string, { pattern, expression }: PlainTextPattern): Precondition {
  return {
    condition: Op.not(matches(expression, nodeName)),
    errorMessage: `node-listens-in-plain-text: the pattern ${pattern} matches this node, which would listen in plain text for everybody.`,
  };
}

/** `cidrhost` accepts an address with its full prefix length, and nothing else. */
function isAddress(host: string): ReturnType<typeof Op.or> {
  return Op.or(hasPrefix(host, 32), hasPrefix(host, 128));
}

/** `cidrhost` writes such an address, with the prefix length of an IPv6 address, as an IPv4 address. */
function isIpv4Mapped(host: string): ReturnType<typeof Fn.can> {
  return Fn.can(Fn.regex(IPV4, firstHost(host, 128)));
}

function hasPrefix(host: string, bits: number): ReturnType<typeof Fn.can> {
  return Fn.can(firstHost(host, bits));
}

function firstHost(host: string, bits: number): string {
  return Fn.cidrhost(joined(host, `/${bits}`), 0);
}

function matches(expression: string, text: string): ReturnType<typeof Fn.can> {
  return Fn.can(Fn.regex(expression, joined(text)));
}

/** Text with tokens as an argument of a function. CDKTF warns about templates there, so Terraform joins the parts. */
function joined(...texts: string[]): string {
  const parts = texts.flatMap(splitAtTokens);
  return parts.length === 1 ? (parts[0] ?? '') : Fn.join('', parts);
}
