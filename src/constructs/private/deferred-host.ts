import { Fn, Op, type Precondition, Token } from 'cdktf';

import type { NodeName } from '../../model/cluster/node-name';
import { terraformLiteral } from '../../model/files/terraform-literal';
import { LONGEST_COMMON_NAME, type SubjectNames } from '../../model/pki/subject-names';
import type { PlainTextPattern } from '../../model/platforms/profile';

/**
 * The iPAddress entries of a certificate: for a host that only Terraform knows, Terraform decides whether it is an address, by the rule
 * that `subjectNames` follows for the others.
 */
export function ipAddresses({ host }: NodeName, names: SubjectNames): string[] | undefined {
  if (host.kind !== 'deferred') return names.ipAddresses.length === 0 ? undefined : [...names.ipAddresses];
  return Token.asList(Fn.conditional(isAddress(host.text), [host.text, ...names.ipAddresses], [...names.ipAddresses]));
}

const LABEL = '[0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?';

/** A DNS name as `parseNodeName` takes it. */
const DNS_NAME = `^${LABEL}([.]${LABEL})*$`;

/** What `parseNodeName` and the checks on common names refuse at synth, refused by Terraform as soon as it knows the host. */
export function hostPreconditions(
  { host }: NodeName,
  names: SubjectNames,
  issuerCommonName: string,
): Precondition[] | undefined {
  if (host.kind !== 'deferred') return undefined;
  const isLegal = Op.or(isAddress(host.text), Fn.can(Fn.regex(DNS_NAME, host.text)));
  const legalHost = {
    condition: isLegal,
    errorMessage: 'node-name-illegal-host: the host is neither a DNS name nor an IP address.',
  };
  return names.commonName === host.text
    ? [legalHost, ...commonNamePreconditions(host.text, issuerCommonName)]
    : [legalHost];
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

/** That no pattern of plain-text nodes matches a node of the cluster whose host is known to Terraform only. */
export function plainTextPreconditions(node: NodeName, patterns: readonly PlainTextPattern[]): Precondition[] {
  if (node.host.kind !== 'deferred') return [];
  return patterns.map(({ pattern, expression }) => ({
    condition: Op.not(Fn.can(Fn.regex(expression, node.text))),
    errorMessage: `plain-text-matches-own-node: the pattern ${pattern} matches this node, which would listen in plain text for everybody.`,
  }));
}

/** `cidrhost` takes an address with its full prefix length and nothing else. */
function isAddress(host: string): ReturnType<typeof Op.or> {
  return Op.or(Fn.can(Fn.cidrhost(`${host}/32`, 0)), Fn.can(Fn.cidrhost(`${host}/128`, 0)));
}
