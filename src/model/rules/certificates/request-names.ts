import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { readIpAddress } from '../../network/ip-address';
import type { KeyAlgorithm } from '../../pki/key-algorithm';
import { requestedUses } from '../../pki/openssl-request';
import type { RequestFacts } from '../../x509/request-reader';

/** For every rule about requests. */
export const PRINT_REQUEST_AGAIN =
  'print the request again with the script of this node (sh NODE.sh --request), and hand that in';

const SOURCE = 'test/model/rules/certificates/request.test.ts';

/** What a request has to ask for. */
export interface RequestExpectation {
  /** Name of the request in messages: `request of node "couchdb@db1.example.com"`. */
  readonly subject: string;
  /** Absent if only Terraform knows it. */
  readonly commonName?: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly uses: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  /** Whether only Terraform knows the host of the node: then the request names one host more than `dnsNames`. */
  readonly isHostDeferred: boolean;
}

/** The host of a node that only Terraform knows, as its request names it. Absent if it names none, or several. */
export function hostOf({ dnsNames }: RequestFacts, expected: RequestExpectation): string | undefined {
  const [host, ...others] = dnsNames.filter((name) => !expected.dnsNames.includes(name));
  return others.length === 0 ? host : undefined;
}

export function nameFindings(request: RequestFacts, expected: RequestExpectation): readonly Finding[] {
  const host = expected.isHostDeferred ? hostOf(request, expected) : undefined;
  const wanted = namesText(expectedNames(expected, host));
  const got = namesText({ ...request, commonName: onlyCommonName(request) });
  const lacksHost = expected.isHostDeferred && host === undefined;
  if (got === wanted && request.otherNames === 0 && !lacksHost) return [];
  const detail = request.otherNames === 0 ? undefined : `and ${request.otherNames} of another kind, such as a URI`;
  const subject = `names in the ${expected.subject}`;
  return [finding(REQUEST_NAMES_UNEXPECTED, { subject, got, detail, expected: wanted })];
}

/** The names with the host that only Terraform knows, as the request has it. An address is there in both forms. */
function expectedNames({ commonName, dnsNames, ipAddresses }: RequestExpectation, host: string | undefined): Names {
  const hosts = host === undefined ? [] : [host];
  const addresses = [...hosts.filter((one) => readIpAddress(one) !== undefined), ...ipAddresses];
  return { commonName: commonName ?? host, dnsNames: [...hosts, ...dnsNames], ipAddresses: addresses.map(canonical) };
}

/** The common name, if the subject has nothing else; otherwise the whole subject. */
function onlyCommonName({ subject: { text, commonName } }: RequestFacts): string {
  return text === `CN=${commonName ?? ''}` ? (commonName ?? '') : text;
}

interface Names {
  readonly commonName?: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/** `CN=db1.example.com, DNS:db1.example.com, IP:10.0.0.1`, whatever the order of the names. */
function namesText({ commonName = '', dnsNames, ipAddresses }: Names): string {
  const sorted = (kind: string, names: readonly string[]): string[] =>
    [...new Set(names)].sort().map((name) => `${kind}:${name}`);
  return [`CN=${commonName}`, ...sorted('DNS', dnsNames), ...sorted('IP', ipAddresses)].join(', ');
}

function canonical(address: string): string {
  return readIpAddress(address)?.text ?? address;
}

export const REQUEST_NAMES_UNEXPECTED = rule({
  code: 'request-names-unexpected',
  severity: 'error',
  problem: 'are not the names of this node',
  expected: 'exactly the names that the stack asks for',
  remedy: `${PRINT_REQUEST_AGAIN}; the script has the names since the last deploy`,
  source: SOURCE,
});

/** A request without uses is right: whoever signs adds them. */
export function useFindings(request: RequestFacts, { subject, uses }: RequestExpectation): readonly Finding[] {
  const { keyUsage, extendedKeyUsage } = requestedUses(uses);
  const wanted = usesText([...keyUsage, ...extendedKeyUsage]);
  const got = [
    ...(request.isCa ? ['CA'] : []),
    ...(request.keyUsage ?? keyUsage),
    ...(request.extendedKeyUsage ?? extendedKeyUsage),
  ];
  if (usesText(got) === wanted) return [];
  return [
    finding(REQUEST_USES_UNEXPECTED, { subject: `uses in the ${subject}`, got: usesText(got), expected: wanted }),
  ];
}

function usesText(uses: readonly string[]): string {
  return [...uses].sort().join(', ');
}

export const REQUEST_USES_UNEXPECTED = rule({
  code: 'request-uses-unexpected',
  severity: 'error',
  problem: 'are other uses than the stack asks for',
  expected: 'the uses of a node, or of the tools',
  remedy: PRINT_REQUEST_AGAIN,
  source: SOURCE,
});
