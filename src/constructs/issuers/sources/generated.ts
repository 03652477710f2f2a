import { ROOT_CA_USES } from '../../../model/pki/certificate-uses';
import { caLifetime, ROOT_CA_VALIDITY_HOURS } from '../../../model/pki/lifetime';
import { generationName } from '../../../model/plan/revocation';
import { PATH_LENGTHS } from '../../../model/terraform/provider-features';
import { terraformLiteral } from '../../../model/terraform/terraform-literal';
import { PrivateKey, SelfSignedCert } from '../../terraform/cdktf';
import { IDS } from '../../terraform/ids';
import { privateKeyConfig } from '../../terraform/private-key-config';
import { requireProvider } from '../../terraform/providers';
import { within } from '../../terraform/report';
import { requireTlsFeature } from '../../terraform/tls-provider-version';
import { signRequest } from '../tls-provider-signing';
import type { Source } from './source';

/** A root CA whose key Terraform makes. */
export const GENERATED: Source = {
  kind: 'generated',
  canSign: true,
  isNew: true,
  takes: ['commonName', 'keyAlgorithm', 'validityHours', 'maxPathLength'],
  define: (scope, { id, commonName, keyAlgorithm, validityHours: given = ROOT_CA_VALIDITY_HOURS, maxPathLength }) => {
    requireProvider(scope, 'tls');
    const { validityHours } = within(scope, () => caLifetime('root CA', given));
    const key = new PrivateKey(scope, IDS.PRIVATE_KEY, privateKeyConfig(keyAlgorithm));
    const certificate = new SelfSignedCert(scope, IDS.CERTIFICATE, {
      privateKeyPem: key.privateKeyPem,
      subject: [
        {
          commonName: terraformLiteral(commonName),
          // Generations of a CA mostly have one common name; this distinguishes their certificates in listings.
          organizationalUnit: `generation ${id}`,
        },
      ],
      allowedUses: [...ROOT_CA_USES],
      validityPeriodHours: validityHours,
      isCaCertificate: true,
      // Key ids distinguish two generations in one bundle.
      setSubjectKeyId: true,
      setAuthorityKeyId: true,
    });
    if (maxPathLength !== undefined) {
      requireTlsFeature(scope, PATH_LENGTHS);
      // The bindings of 4.1.0 do not know it.
      certificate.addOverride('max_path_length', maxPathLength);
    }
    const signer = { certificatePem: certificate.certPem, key: { pem: key.privateKeyPem }, validityHours };
    return {
      commonName,
      subject: generationName(commonName, id),
      trustPem: certificate.certPem,
      trustKey: certificate.friendlyUniqueId,
      certificatePem: certificate.certPem,
      // The serial number: a new certificate has a new one.
      identity: certificate.id,
      expiresAt: certificate.validityEndTime,
      validityHours,
      known: [],
      privateKeyResource: key,
      certificateResource: certificate,
      sign: (below, order) => signRequest(below, order, signer),
    };
  },
};
