import { type Finding, finding } from '../errors';
import { readCertificate } from '../pki/certificate-reader';
import { hostFindings } from './installed-host-checks';
import type { Judgement } from './installed-judgement';
import { validityFindings } from './installed-validity-checks';

/** What a client heard of a node that listens. */
export interface ProbedNode {
  /** For people. */
  readonly label: string;
  readonly host: string;
  /** Undefined where no port is known. */
  readonly port?: number;
  /** Why nobody answers. Undefined where somebody listens. */
  readonly absence?: string;
  /** TLS versions that it takes, the newest first, by Erlang's names. None where it speaks no TLS. */
  readonly versions: readonly string[];
  readonly cipher?: string;
  /** DER, its own certificate first. */
  readonly certificates: readonly Uint8Array[];
  /** Whether it refuses a client that shows no certificate. Undefined where it closed the connection and did not say why. */
  readonly demandsCertificate?: boolean;
}

/** What is wrong with a node that listens, as far as a client without a certificate can tell. */
export function probeFindings(node: ProbedNode, judgement: Judgement): readonly Finding[] {
  const { label, host, absence, versions, certificates, demandsCertificate } = node;
  if (absence !== undefined) return [finding('probe-without-answer', { subject: label, detail: absence })];
  if (versions.length === 0) return [finding('probe-without-tls', { subject: label })];
  const [der] = certificates;
  const leaf = der && readCertificate(der);
  const shown = `certificate of ${label}`;
  return [
    ...(demandsCertificate !== false ? [] : [finding('probe-admits-anybody', { subject: label })]),
    ...(leaf === undefined
      ? []
      : [...validityFindings(shown, leaf, judgement), ...hostFindings(shown, leaf, host, [undefined], judgement.otp)]),
  ];
}
