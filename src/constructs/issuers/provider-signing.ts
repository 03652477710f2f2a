import type { Construct } from 'constructs';

import { expression } from '../terraform/expression';
import { IDS } from '../terraform/ids';
import { PlainResource } from '../terraform/plain-resource';
import { withFinalNewlines } from './final-newlines';
import { certificateTexts, judgements } from './issued-texts';
import type { CertificateOrder, IssuedCertificate, TrustMaterial } from './issuer';

/** How the resource of a provider signs, and where in it the certificate is. */
export interface SigningResource {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Provider with its alias. */
  readonly provider?: string;
  /** Attribute with the certificate, as PEM. More certificates may follow it. */
  readonly certificate: string;
  /** Text with CA certificates, as an expression of an attribute. Absent if the certificate's attribute has them. */
  readonly chain?: (attribute: (name: string) => string) => string;
  /** End of validity, as an expression of an attribute. Absent if the provider does not tell it. */
  readonly expiresAt?: (attribute: (name: string) => string) => string;
}

/**
 * Defines a resource that signs an order, directly below `scope`. Terraform judges what the issuer made of the order, as soon as it knows the
 * certificate and before anything is delivered.
 */
export function signByProvider(
  scope: Construct,
  order: CertificateOrder,
  trust: TrustMaterial,
  { type, attributes, provider, certificate, chain, expiresAt }: SigningResource,
): IssuedCertificate {
  const lifecycle = {
    // The certificate in the state stays there until its successor is issued.
    createBeforeDestroy: true,
    postcondition: judgements(order, `self.${certificate}`),
  };
  const resource = new PlainResource(scope, IDS.RESOURCE, { type, attributes, provider, lifecycle });
  const text = (name: string): string => resource.text(name);
  const pem = chain === undefined ? text(certificate) : `join("\\n", [${text(certificate)}, ${chain(text)}])`;
  return withFinalNewlines({
    ...certificateTexts(scope, pem, trust),
    expiresAt: expiresAt && expression(expiresAt(text)),
    resources: [resource],
  });
}
