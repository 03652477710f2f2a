import { isDnsName, type NodeName, NUMBERS_AND_DOTS } from '../cluster/node-name';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';

/** The names in a certificate that many nodes show, in place of the host of one. */
export type SharedNames =
  | {
      /** One name, which every node expects of every other one, whatever host it dials. */
      readonly serverName: string;
    }
  | {
      /** Names such as `*.example.com`, which nodes are told to match with the host that they dial. */
      readonly wildcards: readonly string[];
    };

/** A key and a certificate that many nodes show. */
export interface SharedIdentity {
  /** Name of the identity in the construct tree, in Terraform addresses and in the output directory. */
  readonly id: string;
  readonly names: SharedNames;
  readonly commonName?: string;
  /** Whether node names have a domain. Absent if the names of nodes say it. */
  readonly longNames?: boolean;
  /** Nodes whose hosts the certificate names as well: other nodes may not expect the shared names yet. */
  readonly nodes: readonly NodeName[];
}

/** The name that nodes expect. */
export function sharedByName(serverName: string): SharedNames {
  const isName = isDnsName(serverName) && !new RegExp(NUMBERS_AND_DOTS).test(serverName);
  return isName ? { serverName } : refuse(SERVER_NAME_ILLEGAL, { subject: 'serverName', got: serverName });
}

export const SERVER_NAME_ILLEGAL = rule({
  code: 'server-name-illegal',
  severity: 'error',
  problem: 'is no DNS name',
  expected: 'labels of letters, digits, "-" and "_", without a wildcard, and no address',
  remedy: 'choose a name, such as "cluster.example.internal": no resolver has to know it',
  source: 'RFC 6066 section 3: the name in a TLS handshake is a DNS name, and no address',
});

/** The wildcards that nodes match. */
export function sharedByWildcards(wildcards: readonly string[]): SharedNames {
  const illegal = wildcards.find((one) => !one.startsWith('*.') || !isDnsName(one.slice('*.'.length)));
  if (illegal !== undefined || wildcards.length === 0) {
    refuse(WILDCARD_ILLEGAL, { subject: 'wildcards', got: illegal ?? wildcards });
  }
  return { wildcards: [...wildcards] };
}

export const WILDCARD_ILLEGAL = rule({
  code: 'wildcard-illegal',
  severity: 'error',
  problem: 'is no wildcard for the hosts of a domain',
  expected: 'an asterisk and a dot before the domain of the hosts, such as "*.eu-west-1.compute.internal"',
  remedy: 'list one wildcard for each domain: the asterisk stands for one label, and for no part of an address',
  source:
    'verify_hostname_match_wildcard/2 in erlang/otp:lib/public_key/src/public_key.erl; test/real/shared-identity.test.ts',
});

/** The names, as the certificate has them. */
export function namesInCertificate(names: SharedNames): readonly string[] {
  return 'serverName' in names ? [names.serverName] : names.wildcards;
}
