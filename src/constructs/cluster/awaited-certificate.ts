import { Construct } from 'constructs';

import { finding } from '../../model/findings/finding';
import type { CertificatePlan } from '../../model/plan/certificate-plan';
import { CERTIFICATE_AWAITED } from '../../model/rules/certificates/handed-in';
import { makeRequest, type OrderContext } from '../certificates/ordered-certificate';
import { attribute } from '../terraform/attribute';
import { TerraformOutput } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { report } from '../terraform/report';

/**
 * The certificate of a member for which the issuer has none yet. Unless the key stays on the node, Terraform makes it, and the request, which an
 * output shows, so that somebody can sign it. The certificate will have that key: its address stays.
 */
export function awaitCertificate(
  scope: Construct,
  member: string,
  plan: CertificatePlan,
  context: Omit<OrderContext, 'issuer' | 'requestId'>,
): void {
  const detail = context.key?.isOnNode === true ? 'of its own request' : requestShown(scope, plan, context);
  report(scope, [finding(CERTIFICATE_AWAITED, { subject: member, detail, nodes: [{ label: member }] })]);
}

/** How to see the request. */
function requestShown(
  scope: Construct,
  plan: CertificatePlan,
  context: Omit<OrderContext, 'issuer' | 'requestId'>,
): string {
  const certificate = new Construct(scope, IDS.CERTIFICATE);
  const { request } = makeRequest(certificate, plan, context);
  const output = new TerraformOutput(certificate, IDS.AWAITED, { value: attribute(request, 'cert_request_pem') });
  return `terraform output -raw ${output.friendlyUniqueId}`;
}
