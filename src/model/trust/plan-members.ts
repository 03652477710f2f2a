import { bodyOf, certificateOf, Certificates, textOf, textsOf } from './certificates';
import { type DeliveredUnit, deliveredUnits } from './delivered-units';
import type { CaGenerationFacts, CaIdentity, Member, MemberChange } from './member';
import type { Moment, TerraformResource, Values } from './terraform-resources';

/** Who shows and trusts what, before and after. */
export interface TrustChange {
  readonly members: readonly MemberChange[];
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
}

/** Finds the nodes and the tools of a plan: whoever is delivered a certificate that a CA of the plan signs. */
export function trustChange(resources: readonly TerraformResource[]): TrustChange {
  const [before, after] = [membersAt('before', resources), membersAt('after', resources)];
  const addresses = [...new Set([...before.members.keys(), ...after.members.keys()])].sort();
  const members = addresses.map((address) => {
    const [old, next] = [before.members.get(address), after.members.get(address)];
    return { name: (next ?? old)?.name ?? address, before: old?.member, after: next?.member };
  });
  return { members, generations: new Map([...before.generations, ...after.generations]) };
}

/** The members of one moment. */
export interface MembersAt {
  /** By the address of their certificate. */
  readonly members: ReadonlyMap<string, { readonly name: string; readonly member: Member }>;
  readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;
}

export function membersAt(moment: Moment, resources: readonly TerraformResource[]): MembersAt {
  const certificates = new Certificates(resources, moment);
  const leaves = new Map(resources.filter(({ type }) => type === 'tls_locally_signed_cert').map(byAddress));
  const requests = requestsOf(resources, moment);
  const members = deliveredUnits(resources, moment).flatMap((unit) => {
    const delivered = addressesIn(unit, certificates);
    const leaf = [...delivered].map((one) => leaves.get(one)).find((one) => one !== undefined);
    const values = leaf?.[moment];
    if (leaf === undefined || values === undefined) return [];
    const member: Member = {
      certificate: certificateOf(leaf, moment),
      issuer: issuerOf(leaf, moment, certificates),
      isServer: isServer(values, leaf),
      names: namesOf(requests(leaf)?.[moment]),
      notAfter: textOf(values.validity_end_time),
      trusts: new Set([...delivered].flatMap((one) => certificates.identities.get(one) ?? [])),
      bootFiles: bootFilesOf(unit),
    };
    return [[leaf.address, { name: unit.name, member }] as const];
  });
  return { members: new Map(members), generations: certificates.generations };
}

function byAddress(resource: TerraformResource): readonly [string, TerraformResource] {
  return [resource.address, resource];
}

/** Addresses of the certificates in these files. */
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

/** The request behind a certificate: by its text, or by what the configuration refers to. */
function requestsOf(
  resources: readonly TerraformResource[],
  moment: Moment,
): (leaf: TerraformResource) => TerraformResource | undefined {
  const all = resources.filter(({ type }) => type === 'tls_cert_request');
  const byText = new Map(all.map((one) => [textOf(one[moment]?.cert_request_pem), one]));
  const addresses = new Map(all.map(byAddress));
  return (leaf) =>
    byText.get(textOf(leaf[moment]?.cert_request_pem) ?? '') ??
    leaf.configured.expressions
      .get('cert_request_pem')
      ?.references.map((one) => addresses.get(one))
      .find((one) => one !== undefined);
}

/** Without a list of uses a certificate is for everything (RFC 5280, section 4.2.1.12). */
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

/** Whatever holds no PEM is read at boot. */
function bootFilesOf({ files }: DeliveredUnit): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ name, content }) =>
      content === undefined || /-----BEGIN |\$\{/.test(content) ? [] : [[name, content] as const],
    ),
  );
}
