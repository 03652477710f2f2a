import type { Moment, TerraformResource, Values } from '../../terraform/resources';
import { readPem } from '../../x509/pem-reader';
import type { CaGenerationFacts, CaIdentity } from './member';

/** The certificates of a plan, or of a state, at one moment: which resource a PEM text belongs to, and what each CA is known by. */
export class Certificates {
  /** By the addresses of the CAs' certificates. */
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

  /** The address of the resource that has this certificate; undefined where none has. */
  public addressOf(pem: string): string | undefined {
    return this.addresses.get(bodyOf(pem));
  }

  /** The addresses of the certificates in a text. */
  public addressesIn(text: string): readonly string[] {
    return bodiesIn(text).flatMap((body) => this.addresses.get(body) ?? []);
  }

  /** Certificates in a text that no resource has, such as those of a CA from elsewhere. */
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

/** What a certificate is told from others by. One that is made anew in this plan is nobody's yet, and so its address has to do. */
export function certificateOf({ address, ...resource }: TerraformResource, moment: Moment): string {
  const pem = textOf(resource[moment]?.cert_pem);
  return pem === undefined ? `new ${address}` : bodyOf(pem);
}

/** What of a PEM text is the same however it is wrapped. */
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

/** A list of texts; undefined where it is another list, or none. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

function nameOf({ subject }: Values, address: string): string {
  const first: unknown = Array.isArray(subject) ? subject[0] : undefined;
  const { common_name: commonName, organizational_unit: unit } = (first ?? {}) as Values;
  return [commonName, unit].filter((part) => typeof part === 'string' && part !== '').join(', ') || address;
}
