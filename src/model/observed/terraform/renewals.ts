import type { TerraformResource } from '../../terraform/resources';
import { HOUR } from '../../x509/calendar';
import { readCertificate } from '../../x509/certificate-reader';
import { readPem } from '../../x509/pem-reader';
import type { Signatures } from '../files/material';

/**
 * The times from which the next apply renews certificates, by fingerprint: `early_renewal_hours` before expiry
 * (`hashicorp/terraform-provider-tls:internal/provider/common_cert.go`). Certificates without early renewal are absent.
 */
export function renewalsIn(
  resources: readonly TerraformResource[],
  { fingerprint }: Signatures,
): ReadonlyMap<string, number> {
  const issued = resources.filter(({ type }) => type === 'tls_locally_signed_cert');
  return new Map(
    issued.flatMap(({ before }) => {
      const { cert_pem: pem, early_renewal_hours: hours } = before ?? {};
      const [block] = typeof pem === 'string' ? readPem(pem).blocks : [];
      const certificate = block && readCertificate(block.der);
      if (certificate === undefined || typeof hours !== 'number' || hours <= 0) return [];
      return [[fingerprint(certificate), certificate.notAfter - hours * HOUR] as const];
    }),
  );
}
