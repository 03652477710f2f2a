import type { DeliveredUnit } from '../../deliveries/delivered';
import { deliveredUnits } from '../../deliveries/registry';
import type { Moment, TerraformResource, Values } from '../../terraform/resources';
import { bodyOf, certificateOf, Certificates, textOf, textsOf } from './certificates';
import { clustersOf, declaredClusters } from './clusters';
import type { CaGenerationFacts, CaIdentity, Cluster, Member } from './member';

/** The certificates that members present and trust, before and after the apply. */
export interface TrustChange {
  readonly clusters: readonly Cluster[];
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
}

/** Finds the members of a plan, which are nodes and tools: a member is a destination of a certificate that a CA of the plan signs. */
export function trustChange(resources: readonly TerraformResource[]): TrustChange {
  const [before, after] = [membersAt('before', resources), membersAt('after', resources)];
  const generations = new Map([...before.generations, ...after.generations]);
  const declared = declaredClusters(resources);
  const lost = new Set(resources.filter(({ isLost }) => isLost === true).map(({ address }) => address));
  const addresses = [...new Set([...before.members.keys(), ...after.members.keys()])].sort();
  const members = addresses.map((address) => {
    const [old, next] = [before.members.get(address), after.members.get(address)];
    const written = next?.resources ?? [];
    return {
      name: (next ?? old)?.name ?? address,
      before: old?.member,
      after: next?.member,
      isWrittenAgain: written.some((one) => lost.has(one)),
      cluster: firstOf(declared, [...written, ...(old?.resources ?? [])]),
    };
  });
  return { clusters: clustersOf(members, generations), generations };
}

/** The value of the first key that has one. */
function firstOf(values: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  return keys.map((one) => values.get(one)).find((one) => one !== undefined);
}

interface MembersAt {
  /** Members by the addresses of their certificates. */
  readonly members: ReadonlyMap<
    string,
    { readonly name: string; readonly member: Member; readonly resources: readonly string[] }
  >;
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
}

function membersAt(moment: Moment, resources: readonly TerraformResource[]): MembersAt {
  const certificates = new Certificates(resources, moment);
  const leaves = ofType('tls_locally_signed_cert', resources);
  const keys = ofType('tls_private_key', resources);
  const requests = requestsOf(resources, moment);
  const members = deliveredUnits(resources, moment).flatMap((unit) => {
    const delivered = addressesIn(unit, certificates);
    const leaf = [...delivered].map((one) => leaves.get(one)).find((one) => one !== undefined);
    const values = leaf?.[moment];
    if (leaf === undefined || values === undefined) return [];
    const request = requests(leaf);
    const member: Member = {
      certificate: certificateOf(leaf, moment),
      issuer: issuerOf(leaf, moment, certificates),
      isServer: isServer(values, leaf),
      names: namesOf(request?.[moment]),
      notAfter: textOf(values.validity_end_time),
      trusts: new Set([
        ...[...delivered].flatMap((one) => certificates.identities.get(one) ?? []),
        ...unit.files.flatMap(({ content = '' }) => certificates.othersIn(content)),
      ]),
      keyAlgorithm: keyAlgorithmOf(request, moment, keys),
      bootFiles: bootFilesOf(unit),
    };
    return [[leaf.address, { name: unit.name, member, resources: unit.resources }] as const];
  });
  return { members: new Map(members), generations: certificates.generations };
}

/** Resources of one type by their addresses. */
function ofType(wanted: string, resources: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource> {
  return new Map(resources.filter(({ type }) => type === wanted).map((resource) => [resource.address, resource]));
}

/** Addresses of the certificates in the files. */
function addressesIn({ files }: DeliveredUnit, certificates: Certificates): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ content = '', references = [] }) => [...references, ...certificates.addressesIn(content)]),
  );
}

function issuerOf(leaf: TerraformResource, moment: Moment, certificates: Certificates): CaIdentity {
  const given = textOf(leaf[moment]?.ca_cert_pem);
  const address =
    given === undefined
      ? leaf.configured.expressions.get('ca_cert_pem')?.references.find((one) => certificates.identities.has(one))
      : certificates.addressOf(given);
  const unknown = given === undefined ? `unknown issuer of ${leaf.address}` : bodyOf(given);
  return certificates.identities.get(address ?? '') ?? unknown;
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
  const texts = files.flatMap(({ name, content, references = [] }) =>
    content === undefined || content.includes('-----BEGIN ') || references.some((one) => content.includes(one))
      ? []
      : [[name, content] as const],
  );
  return texts.length === 0 && files.some(({ content }) => content === undefined) ? undefined : new Map(texts);
}
