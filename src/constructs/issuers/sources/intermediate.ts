import { Construct } from 'constructs';

import { ownValue } from '../../../model/api/own-values';
import { ROOT_CA_USES } from '../../../model/pki/certificate-uses';
import { intermediateLifetime, renewedLifetime, ROOT_CA_VALIDITY_HOURS } from '../../../model/pki/lifetime';
import { generationName } from '../../../model/plan/revocation';
import { commonNameFindings } from '../../../model/rules/certificates/declared';
import { CERTIFICATE_EXPIRES_SOON } from '../../../model/rules/certificates/validity';
import { terraformLiteral } from '../../../model/terraform/terraform-literal';
import { CertRequest, PrivateKey } from '../../terraform/cdktf';
import { IDS } from '../../terraform/ids';
import { privateKeyConfig } from '../../terraform/private-key-config';
import { requireProvider } from '../../terraform/providers';
import { report, within } from '../../terraform/report';
import type { ICertificateIssuer } from '../issuer';
import { issueFrom } from '../received';
import { signRequest } from '../tls-provider-signing';
import { trusted } from './known-certificates';
import type { Source } from './source';

/** A CA below another one. */
export interface IntermediateCaProps {
  /** What signs the certificate of the CA: another `CertificateAuthority`, or an issuer. Nodes trust what it has them trust. */
  readonly issuer: ICertificateIssuer;
}

/** A CA whose key Terraform makes and whose certificate another CA signs. Its certificate is renewed, with the same key, as those of nodes are. */
export function intermediateSource({ issuer }: IntermediateCaProps): Source {
  return {
    kind: 'intermediate',
    canSign: true,
    isNew: false,
    takes: ['commonName', 'keyAlgorithm', 'validityHours'],
    define: (scope, { id, commonName, keyAlgorithm, validityHours }) => {
      requireProvider(scope, 'tls');
      const subject = `CA generation "${id}"`;
      report(scope, commonNameFindings(subject, commonName, issuer.commonName));
      const lifetime = within(scope, () =>
        validityHours === undefined
          ? intermediateLifetime(subject, ROOT_CA_VALIDITY_HOURS)
          : renewedLifetime(subject, validityHours),
      );
      const key = new PrivateKey(scope, IDS.PRIVATE_KEY, privateKeyConfig(keyAlgorithm));
      const request = new CertRequest(scope, IDS.REQUEST, {
        privateKeyPem: key.privateKeyPem,
        subject: [{ commonName: terraformLiteral(commonName), organizationalUnit: `generation ${id}` }],
      });
      const order = ownValue('CertificateOrder', {
        ...{ subject, commonName, ...lifetime },
        requestPem: request.certRequestPem,
        isCertificateAuthority: true,
        uses: [...ROOT_CA_USES],
      });
      const issued = issueFrom(new Construct(scope, IDS.CERTIFICATE), issuer, order);
      const { certificatePem, chainPem = '', expiresAt } = issued;
      const signer = {
        ...{ certificatePem, key: { pem: key.privateKeyPem }, chainPem: `${certificatePem}${chainPem}` },
        // A certificate of its last renewal period is valid for at least so long.
        validityHours: lifetime.earlyRenewalHours,
      };
      const hours = Math.floor(lifetime.earlyRenewalHours / 2);
      return {
        ...trusted(scope, `trust of the issuer of ${subject}`, issuer.trust.bundlePem, issuer.trust.expiresAt),
        ...{ commonName, certificatePem, known: [] },
        subject: generationName(commonName, id),
        alarms:
          expiresAt === undefined
            ? []
            : [{ rule: CERTIFICATE_EXPIRES_SOON, subject: `certificate of ${subject}`, hours, expiresAt }],
        privateKeyResource: key,
        certificateResource: issued.resources[0],
        sign: (below, one) => signRequest(below, one, signer),
      };
    },
  };
}
