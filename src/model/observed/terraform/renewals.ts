import type { TerraformResource, Values } from '../../terraform/resources';
import { HOUR } from '../../x509/calendar';
import { readCertificate } from '../../x509/certificate-reader';
import { readPem } from '../../x509/pem-reader';
import type { Signatures } from '../files/material';

/** Where a resource that renews its certificate has it, and how many hours before expiry that is due. Absent if it renews none. */
type Renewal = (values: Values) => { readonly pem: unknown; readonly hours: unknown };

/**
 * The resources of which a plan replaces what is due: `hashicorp/terraform-provider-tls:internal/provider/common_cert.go`, and
 * `hashicorp/terraform-provider-vault:vault/resource_pki_secret_backend_sign.go`. Other issuers are renewed by a calendar (`docs/issuers.md`).
 */
const RENEWED: Readonly<Record<string, Renewal>> = {
  tls_locally_signed_cert: ({ cert_pem: pem, early_renewal_hours: hours }) => ({ pem, hours }),
  vault_pki_secret_backend_sign: ({ certificate: pem, auto_renew: isRenewed, min_seconds_remaining: seconds }) => ({
    pem,
    hours: isRenewed === true && typeof seconds === 'number' ? seconds / 3600 : undefined,
  }),
};

/** The times from which the next apply renews certificates, by fingerprint. Certificates without early renewal are absent. */
export function renewalsIn(
  resources: readonly TerraformResource[],
  { fingerprint }: Signatures,
): ReadonlyMap<string, number> {
  return new Map(
    resources.flatMap(({ type, before = {} }) => {
      const { pem, hours } = RENEWED[type]?.(before) ?? {};
      const [block] = typeof pem === 'string' ? readPem(pem).blocks : [];
      const certificate = block && readCertificate(block.der);
      if (certificate === undefined || typeof hours !== 'number' || hours <= 0) return [];
      return [[fingerprint(certificate), certificate.notAfter - hours * HOUR] as const];
    }),
  );
}
