import { type CertificateFacts, readCertificate } from '../../x509/certificate-reader';

/** A listening node as a client without a certificate sees it. */
export interface ProbedNode {
  /** Name in messages. */
  readonly label: string;
  readonly host: string;
  /** Absent if no port is known. */
  readonly port?: number;
  /** Why nobody answers. Absent if somebody listens. */
  readonly absence?: string;
  /** TLS versions that the node accepts, newest first, by Erlang's names. Empty if it does not speak TLS. */
  readonly versions: readonly string[];
  readonly cipher?: string;
  /** DER, its own certificate first. */
  readonly certificates: readonly Uint8Array[];
  /** Whether it rejects a client that shows no certificate. Absent if it closed the connection without an alert. */
  readonly requiresCertificate?: boolean;
}

/** The certificate that the node presents. Absent if it presents none. */
export function shownCertificate({ certificates: [der] }: ProbedNode): CertificateFacts | undefined {
  return der && readCertificate(der);
}
