import type { DeliveredUnit } from '../../deliveries/delivered';
import { deliveredUnits } from '../../deliveries/registry';
import type { Moment, TerraformResource, Values } from '../../terraform/resources';
import type { Signatures } from '../files/material';
import { Certificates, type PemBodies, textOf, textsOf } from './certificates';
import { foreignMember } from './foreign-member';
import type { Member } from './member';
import { addressesIn, authoritiesOf, bootFilesOf, listsOf } from './unit-files';

/** What a plan shows of one moment. */
export interface PlanMoment {
  readonly certificates: Certificates;
  readonly members: readonly MemberAt[];
}

export interface MemberAt {
  readonly name: string;
  /** Address of its certificate, by which it is the same at both moments. Absent if that is not in a resource of the tls provider. */
  readonly address?: string;
  readonly member: Member;
  /** Addresses of the resources that write its files. */
  readonly resources: readonly string[];
}

/** Finds the members of a plan, which are nodes and tools: a member is a destination of certificates. */
export function planMoment(
  moment: Moment,
  resources: readonly TerraformResource[],
  bodies: PemBodies,
  signatures: Signatures,
): PlanMoment {
  const certificates = new Certificates(resources, moment, bodies);
  const keys = ofType('tls_private_key', resources);
  const requests = requestsOf(resources, moment);
  const members = deliveredUnits(resources, moment).flatMap((unit): MemberAt | readonly [] => {
    const leaf = leafOf(unit, certificates);
    const values = leaf?.[moment];
    const { name, resources: writers } = unit;
    if (leaf === undefined || values === undefined) {
      const member = foreignMember(unit, certificates, bodies, signatures);
      return member === undefined ? [] : { name, resources: writers, member };
    }
    const request = requests(leaf);
    const member: Member = {
      certificate: certificates.identityOf(leaf),
      issuer: certificates.issuerOf(leaf),
      isServer: isServer(values, leaf),
      names: namesOf(request?.[moment]),
      notAfter: textOf(values.validity_end_time),
      ...authoritiesOf(unit, (file) => addressesIn(file, certificates).includes(leaf.address), certificates),
      keyAlgorithm: keyAlgorithmOf(request, moment, keys),
      bootFiles: bootFilesOf(unit),
      lists: listsOf(unit),
    };
    return { name, address: leaf.address, resources: writers, member };
  });
  return { certificates, members: members.flat() };
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
