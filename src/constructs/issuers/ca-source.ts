import { checkCall } from '../../model/api/check-call';
import type { ICertificateIssuer } from './issuer';
import { certificateSource } from './sources/certificate';
import { issuerSource } from './sources/external';
import { GENERATED } from './sources/generated';
import { type ImportedCaProps, importedSource } from './sources/imported';
import { type IntermediateCaProps, intermediateSource } from './sources/intermediate';
import type { Source } from './sources/source';

/**
 * Where the key of a CA generation is, and who signs with it. All sources go through the same rollover, so that a cluster moves from any of them to
 * any other one (`docs/custody.md`).
 */
export class CaSource {
  /** Terraform makes a key and a root certificate. The Terraform state contains the key. */
  public static generated(): CaSource {
    return new CaSource(GENERATED);
  }

  /**
   * A CA that nodes trust, and that does not sign here: of a hand-made CA, or of a cluster that joins.
   *
   * `certificatePem`: the certificate of the CA, or several, as PEM: a text or a token.
   */
  public static certificate(certificatePem: string): CaSource {
    checkCall('CaSource.certificate', certificatePem);
    return new CaSource(certificateSource(certificatePem));
  }

  /** A CA that exists already, whose key Terraform is given. */
  public static imported(props: ImportedCaProps): CaSource {
    checkCall('CaSource.imported', props);
    return new CaSource(importedSource(props));
  }

  /** A CA below another one: Terraform makes the key, and the issuer signs the CA's certificate. Nodes trust the root, and send both certificates. */
  public static intermediate(props: IntermediateCaProps): CaSource {
    checkCall('CaSource.intermediate', props);
    return new CaSource(intermediateSource(props));
  }

  /** Somebody else signs the certificates of nodes and tools. The Terraform state contains no key of the CA. */
  public static issuer(issuer: ICertificateIssuer): CaSource {
    checkCall('CaSource.issuer', issuer);
    return new CaSource(issuerSource(issuer));
  }

  /** Name of the factory: `generated`, `certificate`, `imported`, `intermediate` or `issuer`. */
  public readonly kind: string;

  /** Only this function can reach the key, because `private` properties can be read at run time. @internal */
  public readonly _source: () => Source;

  private constructor(source: Source) {
    this.kind = source.kind;
    this._source = () => source;
  }
}
