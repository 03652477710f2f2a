import { type Moment, placeOf, type TerraformResource } from '../../terraform/resources';
import { type CertificateFacts, readCertificate } from '../../x509/certificate-reader';
import { readPem } from '../../x509/pem-reader';
import { hasIssued } from '../files/chain';
import type { Signatures } from '../files/material';
import type { CaIdentity } from './member';

/** The certificates in texts, each as its body: text that does not depend on line breaks. Each text is read once: many nodes have the same CAs. */
export class PemBodies {
  private readonly texts = new Map<string, readonly string[]>();
  private readonly ders = new Map<string, Uint8Array>();
  private readonly facts = new Map<string, CertificateFacts>();

  public in(text: string): readonly string[] {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const blocks = readPem(text).blocks.filter(({ label }) => label === 'CERTIFICATE');
    const bodies = blocks.map(({ der }) => {
      const body = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''));
      this.ders.set(body, der);
      return body;
    });
    this.texts.set(text, bodies);
    return bodies;
  }

  /** The certificate that signed another one, among those that were met here. */
  public issuerOf(signed: CertificateFacts, signatures: Signatures): string | undefined {
    return [...this.ders.keys()].find((body) => {
      const one = this.certificate(body);
      return one !== undefined && hasIssued(one, signed, signatures);
    });
  }

  /** Absent if the text was not met here, or is no certificate. */
  public certificate(body: string): CertificateFacts | undefined {
    const known = this.facts.get(body);
    const der = this.ders.get(body);
    if (known !== undefined || der === undefined) return known;
    const facts = readCertificate(der);
    if (facts !== undefined) this.facts.set(body, facts);
    return facts;
  }
}

/** The certificates of a plan or a state at one moment. They map PEM texts to resources, and CAs to identities. */
export class Certificates {
  /** Identities by the addresses of the CAs' certificates. */
  public readonly identities: ReadonlyMap<string, CaIdentity>;
  /** The certificates of CAs, by their addresses. */
  public readonly authorities: ReadonlyMap<string, TerraformResource>;
  /** The other ones, by their addresses. */
  public readonly leaves: ReadonlyMap<string, TerraformResource>;

  private readonly addresses: ReadonlyMap<string, string>;

  public constructor(
    resources: readonly TerraformResource[],
    private readonly moment: Moment,
    private readonly bodies: PemBodies,
  ) {
    const all = resources.filter(({ type }) => type === 'tls_self_signed_cert' || type === 'tls_locally_signed_cert');
    const byAddress = (some: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource> =>
      new Map(some.map((one) => [one.address, one]));
    this.authorities = byAddress(all.filter((one) => isAuthority(one, moment)));
    this.leaves = byAddress(all.filter((one) => !isAuthority(one, moment)));
    this.addresses = new Map(
      all.flatMap((one) => {
        const pem = textOf(one[moment]?.cert_pem);
        return pem === undefined ? [] : [[this.bodyOf(pem), one.address] as const];
      }),
    );
    this.identities = new Map([...this.authorities].map(([address, one]) => [address, this.identityOf(one)]));
  }

  /** Identifies a certificate by its text, or by its address if the plan is yet to create it. */
  public identityOf(resource: TerraformResource): string {
    const pem = textOf(resource[this.moment]?.cert_pem);
    return pem === undefined ? `new ${placeOf(resource)}` : this.bodyOf(pem);
  }

  /** The CA that signs a certificate. */
  public issuerOf(signed: TerraformResource): CaIdentity {
    const given = textOf(signed[this.moment]?.ca_cert_pem);
    const address =
      given === undefined
        ? signed.configured.expressions.get('ca_cert_pem')?.references.find((one) => this.identities.has(one))
        : this.addresses.get(this.bodyOf(given));
    const unknown = given === undefined ? `unknown issuer of ${placeOf(signed)}` : this.bodyOf(given);
    return this.identities.get(address ?? '') ?? unknown;
  }

  /** The addresses of the certificates in a text. */
  public addressesIn(text: string): readonly string[] {
    return this.bodies.in(text).flatMap((body) => this.addresses.get(body) ?? []);
  }

  /** Certificates in a text that belong to no resource, such as those of an external CA. */
  public othersIn(text: string): readonly CaIdentity[] {
    return this.bodies.in(text).filter((body) => !this.addresses.has(body));
  }

  private bodyOf(pem: string): string {
    return this.bodies.in(pem)[0] ?? pem;
  }
}

/** Whether a certificate is that of a CA: of a root, which signs itself, or of a CA below another one. */
function isAuthority({ type, configured, ...resource }: TerraformResource, moment: Moment): boolean {
  const given = resource[moment]?.is_ca_certificate ?? configured.expressions.get('is_ca_certificate')?.value;
  return type === 'tls_self_signed_cert' || given === true;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of texts. Absent if the value is anything else. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}
