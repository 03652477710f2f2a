import type { DeliveredFile, DeliveredUnit } from '../../deliveries/delivered';
import { deliveredUnits } from '../../deliveries/registry';
import { LIST_DIRECTORY } from '../../files/tls-paths';
import type { Moment, TerraformResource, Values } from '../../terraform/resources';
import { readCrl } from '../../x509/crl-reader';
import { readPem } from '../../x509/pem-reader';
import { Certificates, type PemBodies, textOf, textsOf } from './certificates';
import { mayHoldMore, referencesIn } from './file-references';
import type { CaIdentity, Member } from './member';

/** What a plan shows of one moment. */
export interface PlanMoment {
  readonly certificates: Certificates;
  /** Members by the addresses of their certificates. */
  readonly members: ReadonlyMap<string, MemberAt>;
}

export interface MemberAt {
  readonly name: string;
  readonly member: Member;
  /** Addresses of the resources that write its files. */
  readonly resources: readonly string[];
}

/** Finds the members of a plan, which are nodes and tools: a member is a destination of a certificate that a CA signs. */
export function planMoment(moment: Moment, resources: readonly TerraformResource[], bodies: PemBodies): PlanMoment {
  const certificates = new Certificates(resources, moment, bodies);
  const keys = ofType('tls_private_key', resources);
  const requests = requestsOf(resources, moment);
  const members = deliveredUnits(resources, moment).flatMap((unit) => {
    const leaf = leafOf(unit, certificates);
    const values = leaf?.[moment];
    if (leaf === undefined || values === undefined) return [];
    const request = requests(leaf);
    const member: Member = {
      certificate: certificates.identityOf(leaf),
      issuer: certificates.issuerOf(leaf),
      isServer: isServer(values, leaf),
      names: namesOf(request?.[moment]),
      notAfter: textOf(values.validity_end_time),
      ...authoritiesOf(unit, leaf, certificates),
      keyAlgorithm: keyAlgorithmOf(request, moment, keys),
      bootFiles: bootFilesOf(unit),
      lists: listsOf(unit),
    };
    return [[leaf.address, { name: unit.name, member, resources: unit.resources }] as const];
  });
  return { certificates, members: new Map(members) };
}

/** Resources of one type by their addresses. */
function ofType(wanted: string, resources: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource> {
  return new Map(resources.filter(({ type }) => type === wanted).map((resource) => [resource.address, resource]));
}

/** The certificate that a unit is for. */
function leafOf({ files }: DeliveredUnit, certificates: Certificates): TerraformResource | undefined {
  const delivered = files.flatMap((file) => addressesIn(file, certificates));
  return delivered.map((one) => certificates.leaves.get(one)).find((one) => one !== undefined);
}

/** The CAs that a member sends are in the file of its certificate, and those that it trusts in others. One file may be for both. */
function authoritiesOf(
  { files }: DeliveredUnit,
  { address }: TerraformResource,
  certificates: Certificates,
): Pick<Member, 'trusts' | 'sends'> {
  const isOwn = (file: DeliveredFile): boolean => addressesIn(file, certificates).includes(address);
  const own = files.filter(isOwn);
  const sends = authoritiesIn(own, certificates);
  const trusts = authoritiesIn(
    files.filter((file) => !isOwn(file)),
    certificates,
  );
  return { sends: own.some(mayHoldMore) ? undefined : sends, trusts: trusts.size === 0 ? sends : trusts };
}

function authoritiesIn(files: readonly DeliveredFile[], certificates: Certificates): ReadonlySet<CaIdentity> {
  const { identities } = certificates;
  return new Set([
    ...files.flatMap((file) => addressesIn(file, certificates).flatMap((one) => identities.get(one) ?? [])),
    ...files.flatMap(({ content = '' }) => certificates.othersIn(content)),
  ]);
}

/** Addresses of the certificates in a file. */
function addressesIn(file: DeliveredFile, certificates: Certificates): readonly string[] {
  return [...referencesIn(file), ...certificates.addressesIn(file.content ?? '')];
}

/** Finds the signing request of a certificate by its text, or by a reference in the configuration. */
function requestsOf(
  resources: readonly TerraformResource[],
  moment: Moment,
): (leaf: TerraformResource) => TerraformResource | undefined {
  const addresses = ofType('tls_cert_request', resources);
  const byText = new Map([...addresses.values()].map((one) => [textOf(one[moment]?.cert_request_pem), one]));
  return (leaf) =>
    byText.get(textOf(leaf[moment]?.cert_request_pem) ?? '') ??
    leaf.configured.expressions
      .get('cert_request_pem')
      ?.references.map((one) => addresses.get(one))
      .find((one) => one !== undefined);
}

/** A certificate without a list of uses is valid for everything (RFC 5280, section 4.2.1.12). */
function isServer(values: Values, { configured }: TerraformResource): boolean {
  const given = textsOf(values.allowed_uses ?? configured.expressions.get('allowed_uses')?.value) ?? [];
  const uses = given.filter((one) => /_auth$|any_extended/.test(one));
  return uses.length === 0 || uses.includes('server_auth') || uses.includes('any_extended');
}

function namesOf(request: Values | undefined): readonly string[] | undefined {
  if (request === undefined) return undefined;
  const [hosts, addresses] = [textsOf(request.dns_names ?? []), textsOf(request.ip_addresses ?? [])];
  return hosts && addresses && [...new Set([...hosts, ...addresses])].sort();
}

/** The key algorithm of a signing request, or that of its key if the request does not exist yet. */
function keyAlgorithmOf(
  request: TerraformResource | undefined,
  moment: Moment,
  keys: ReadonlyMap<string, TerraformResource>,
): string | undefined {
  const references = request?.configured.expressions.get('private_key_pem')?.references ?? [];
  const key = references.map((one) => keys.get(one)).find((one) => one !== undefined);
  return textOf(request?.[moment]?.key_algorithm) ?? textOf(key?.[moment]?.algorithm);
}

/** All files without PEM, now and after the apply, are boot files. */
function bootFilesOf({ files }: DeliveredUnit): ReadonlyMap<string, string> | undefined {
  const texts = files.flatMap(({ name, content, references }) =>
    content === undefined || content.includes('-----BEGIN ') || referencesIn({ name, content, references }).length > 0
      ? []
      : [[name, content] as const],
  );
  return texts.length === 0 && files.some(({ content }) => content === undefined) ? undefined : new Map(texts);
}

function listsOf({ files }: DeliveredUnit): ReadonlySet<string> | undefined {
  const lists = files
    .filter(({ name }) => name.startsWith(`${LIST_DIRECTORY}/`))
    .map(({ content = '' }) => {
      const [block] = readPem(content).blocks;
      return block && readCrl(block.der)?.issuer;
    });
  const known = lists.filter((one) => one !== undefined);
  return known.length === 0 || known.length < lists.length ? undefined : new Set(known);
}
