import type { Moment, TerraformResource, Values } from '../../terraform/resources';
import { readPem } from '../../x509/pem-reader';
import type { CaGenerationFacts, CaIdentity } from './member';

/** The certificates of a plan or a state at one moment. They map PEM texts to resources, and CAs to identities. */
export class Certificates {
  /** Identities by the addresses of the CAs' certificates. */
  public readonly identities: ReadonlyMap<string, CaIdentity>;
  public readonly generations: ReadonlyMap<CaIdentity, CaGenerationFacts>;

  private readonly addresses: ReadonlyMap<string, string>;

  public constructor(resources: readonly TerraformResource[], moment: Moment) {
    const authorities = resources.filter(({ type }) => type === 'tls_self_signed_cert');
    const leaves = resources.filter(({ type }) => type === 'tls_locally_signed_cert');
    this.addresses = new Map(
      [...authorities, ...leaves].flatMap((one) => {
        const pem = textOf(one[moment]?.cert_pem);
        return pem === undefined ? [] : [[bodyOf(pem), one.address] as const];
      }),
    );
    this.identities = new Map(authorities.map((one) => [one.address, certificateOf(one, moment)]));
    this.generations = new Map(authorities.flatMap((one) => this.factsOf(one, one[moment])));
  }

  /** Address of the resource with this certificate. Absent if there is none. */
  public addressOf(pem: string): string | undefined {
    return this.addresses.get(bodyOf(pem));
  }

  /** The addresses of the certificates in a text. */
  public addressesIn(text: string): readonly string[] {
    return bodiesIn(text).flatMap((body) => this.addresses.get(body) ?? []);
  }

  /** Certificates in a text that belong to no resource, such as those of an external CA. */
  public othersIn(text: string): readonly CaIdentity[] {
    return bodiesIn(text).filter((body) => !this.addresses.has(body));
  }

  private factsOf(
    { address }: TerraformResource,
    values: Values | undefined,
  ): readonly (readonly [CaIdentity, CaGenerationFacts])[] {
    const identity = this.identities.get(address);
    if (values === undefined || identity === undefined) return [];
    return [[identity, { identity, name: nameOf(values, address), notAfter: textOf(values.validity_end_time) }]];
  }
}

/** Identifies a certificate by its text, or by its address if the plan is yet to create it. */
export function certificateOf({ address, ...resource }: TerraformResource, moment: Moment): string {
  const pem = textOf(resource[moment]?.cert_pem);
  return pem === undefined ? `new ${address}` : bodyOf(pem);
}

/** The part of a PEM text that does not depend on line breaks. */
export function bodyOf(pem: string): string {
  return bodiesIn(pem)[0] ?? pem;
}

function bodiesIn(text: string): readonly string[] {
  return readPem(text)
    .blocks.filter(({ label }) => label === 'CERTIFICATE')
    .map(({ der }) => btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join('')));
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of texts. Absent if the value is anything else. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

function nameOf({ subject }: Values, address: string): string {
  const first: unknown = Array.isArray(subject) ? subject[0] : undefined;
  const { common_name: commonName, organizational_unit: unit } = (first ?? {}) as Values;
  return [commonName, unit].filter((part) => typeof part === 'string' && part !== '').join(', ') || address;
}
