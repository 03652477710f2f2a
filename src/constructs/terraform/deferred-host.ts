import {
  DNS_LABEL,
  NODE_NAME_ILLEGAL_HOST,
  NODE_NAME_NOT_AN_ADDRESS,
  type NodeName,
  NUMBERS_AND_DOTS,
} from '../../model/cluster/node-name';
import { describe, type Evidence, finding } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import {
  ADDRESS_IPV4_MAPPED,
  COMMON_NAME_TOO_LONG,
  LONGEST_COMMON_NAME,
  type SubjectNames,
} from '../../model/pki/subject-names';
import type { IPlatformProfile, PlainTextPattern } from '../../model/platforms/profile';
import { ipVersionOf } from '../../model/platforms/registry';
import { COMMON_NAME_EQUALS_ISSUER } from '../../model/rules/certificates/declared';
import { NODE_LISTENS_IN_PLAIN_TEXT } from '../../model/rules/flags/plain-text-listener';
import { NODE_ADDRESS_FAMILY_MISMATCH } from '../../model/rules/nodes/node-names';
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

/** The alternative names of a request in the words of `openssl`. A host that only Terraform knows gets there what `ipAddresses` gives it. */
export function requestedNames({ host }: NodeName, { dnsNames, ipAddresses: addresses }: SubjectNames): string {
  const isDeferred = host.kind === 'deferred';
  const known = [
    ...dnsNames.filter((name) => !isDeferred || name !== host.text).map((name) => `DNS:${name}`),
    ...addresses.map((address) => `IP:${address}`),
  ].join(',');
  if (!isDeferred) return known;
  const name = onlyHostCharacters(host.text);
  const address = Token.asString(Fn.conditional(isAddress(host.text), Fn.join('', [',IP:', name]), ''));
  return `DNS:${name}${address}${known === '' ? '' : `,${known}`}`;
}

/** A host in the configuration file of another program, which has other characters for itself. The conditions refuse a host that has any. */
export function onlyHostCharacters(host: string): string {
  return Fn.replace(joined(host), '/[^0-9A-Za-z.:_-]/', '');
}

/** The DNS names that `parseNodeName` accepts. */
const DNS_NAME = `^${DNS_LABEL}([.]${DNS_LABEL})*$`;
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
/** Without leading zeros, which `cidrhost` would accept. */
const IPV4 = `^${OCTET}([.]${OCTET}){3}$`;

/** The checks of `parseNodeName` and of common names for a host that only Terraform knows. Terraform makes them as soon as it knows the host. */
export function hostPreconditions(
  { host }: NodeName,
  names: SubjectNames,
  issuerCommonName: string | undefined,
): Precondition[] | undefined {
  if (host.kind !== 'deferred') return undefined;
  const legalHost = {
    condition: Op.or(isAddress(host.text), matches(DNS_NAME, host.text)),
    errorMessage: message(NODE_NAME_ILLEGAL_HOST, 'node name'),
  };
  const noHalfAddress = {
    condition: Op.or(matches(IPV4, host.text), Op.not(matches(NUMBERS_AND_DOTS, host.text))),
    errorMessage: message(NODE_NAME_NOT_AN_ADDRESS, 'node name'),
  };
  const notMapped = {
    condition: Op.not(isIpv4Mapped(host.text)),
    errorMessage: message(ADDRESS_IPV4_MAPPED, 'host of the node name'),
  };
  const ofHost = [legalHost, noHalfAddress, notMapped];
  return names.commonName === host.text
    ? [...ofHost, ...commonNamePreconditions(joined(host.text), issuerCommonName)]
    : ofHost;
}

function commonNamePreconditions(host: string, issuerCommonName: string | undefined): Precondition[] {
  const notLong = {
    condition: Op.lte(Fn.lengthOf(host), LONGEST_COMMON_NAME),
    errorMessage: message(COMMON_NAME_TOO_LONG, 'certificate of the node'),
  };
  if (issuerCommonName === undefined) return [notLong];
  return [
    notLong,
    {
      condition: Op.neq(host, terraformLiteral(issuerCommonName)),
      errorMessage: message(COMMON_NAME_EQUALS_ISSUER, 'common name of the certificate of the node'),
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
    condition: ipVersionOf(protoDist) === 6 ? Op.or(isIpv6, Op.not(hasPrefix(host, 32))) : Op.not(isIpv6),
    errorMessage: message(NODE_ADDRESS_FAMILY_MISMATCH, 'node name', { detail: `-proto_dist ${protoDist}` }),
  };
}

function noPlainText(nodeName: string, { pattern, expression }: PlainTextPattern): Precondition {
  return {
    condition: Op.not(matches(expression, nodeName)),
    errorMessage: message(NODE_LISTENS_IN_PLAIN_TEXT, 'plainTextNodes', {
      got: pattern,
      detail: 'it matches this node',
    }),
  };
}

/** The words of a rule, without the value that only Terraform knows. */
function message(rule: Rule, subject: string, evidence: Omit<Evidence, 'subject'> = {}): string {
  return describe(finding(rule, { subject, ...evidence }));
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
