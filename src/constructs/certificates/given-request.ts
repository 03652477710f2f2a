import type { Construct } from 'constructs';

import { isRequestSigned } from '../../crypto/request-signature';
import { describe, finding, refuse } from '../../model/findings/finding';
import type { CertificatePlan } from '../../model/plan/certificate-plan';
import { CERTIFICATE_WITHOUT_REQUEST } from '../../model/rules/certificates/keys-on-nodes';
import { judgeRequest, REQUEST_HOLDS_KEY, REQUEST_ILLEGAL } from '../../model/rules/certificates/request';
import {
  hostOf,
  REQUEST_NAMES_UNEXPECTED,
  type RequestExpectation,
} from '../../model/rules/certificates/request-names';
import { terraformLiteral } from '../../model/terraform/terraform-literal';
import { writePem } from '../../model/x509/pem-writer';
import { Fn, Op, type Precondition } from '../terraform/cdktf';
import { IDS } from '../terraform/ids';
import { guardPublicText, withoutPrivateKey } from '../terraform/public-text';
import { report } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { isToken } from '../terraform/tokens';

/** A request that was made on a node. */
export interface GivenRequest {
  readonly requestPem: string;
  /** Absent if only Terraform knows the request. */
  readonly publicKeyPem?: string;
  /** The resource with the conditions of Terraform. Absent if all is known at synth. */
  readonly conditions?: TerraformData;
}

/** Judges a request, and defines a resource with the conditions on what only Terraform knows. `pem` is absent if the request is missing. */
export function givenRequest(
  scope: Construct,
  plan: CertificatePlan,
  pem: string | undefined,
  preconditions: readonly Precondition[] = [],
): GivenRequest {
  if (pem === undefined) refuse(CERTIFICATE_WITHOUT_REQUEST, { subject: plan.subject });
  if (isToken(pem)) guardPublicText(scope, REQUEST_HOLDS_KEY, requestOf(plan), pem);
  const { requestPem, publicKeyPem, conditions } = isToken(pem)
    ? deferredRequest(withoutPrivateKey(scope, IDS.PUBLIC_TEXT, pem), plan)
    : knownRequest(scope, pem, plan);
  const all = [...preconditions, ...conditions];
  if (all.length === 0) return { requestPem, publicKeyPem };
  const resource = new TerraformData(scope, IDS.REQUEST, {
    input: { request_pem: requestPem },
    lifecycle: { precondition: all },
  });
  return { requestPem: resource.text('request_pem'), publicKeyPem, conditions: resource };
}

interface Judged extends Pick<GivenRequest, 'requestPem' | 'publicKeyPem'> {
  readonly conditions: readonly Precondition[];
}

/** The request in the one form that depends on its bytes alone, so that another editor or line end makes no new certificate. */
function knownRequest(scope: Construct, pem: string, plan: CertificatePlan): Judged {
  const expected = expectationOf(plan);
  const { findings, request, der } = judgeRequest(pem, expected, isRequestSigned);
  report(scope, findings);
  const host = plan.dnsNames.find(isToken);
  const named = request && host !== undefined ? hostOf(request, expected) : undefined;
  return {
    requestPem: writePem('CERTIFICATE REQUEST', der ?? new Uint8Array()),
    publicKeyPem: request && writePem('PUBLIC KEY', Buffer.from(request.publicKey.identity, 'hex')),
    conditions: host === undefined || named === undefined ? [] : [isHost(host, named, expected)],
  };
}

/** Terraform cannot read a request: it sees that the text is one, and whoever signs reads it. */
function deferredRequest(pem: string, plan: CertificatePlan): Judged {
  const isRequest = {
    condition: Fn.can(Fn.regex('^-----BEGIN (NEW )?CERTIFICATE REQUEST-----', pem)),
    errorMessage: describe(finding(REQUEST_ILLEGAL, { subject: requestOf(plan) })),
  };
  return { requestPem: pem, conditions: [isRequest] };
}

function isHost(host: string, named: string, { subject }: RequestExpectation): Precondition {
  return {
    condition: Op.eq(host, terraformLiteral(named)),
    errorMessage: describe(finding(REQUEST_NAMES_UNEXPECTED, { subject: `names in the ${subject}`, got: named })),
  };
}

function expectationOf(plan: CertificatePlan): RequestExpectation {
  const { commonName, dnsNames, ipAddresses, uses, keyAlgorithm } = plan;
  return {
    ...{ uses, keyAlgorithm, ipAddresses },
    subject: requestOf(plan),
    commonName: isToken(commonName) ? undefined : commonName,
    dnsNames: dnsNames.filter((name) => !isToken(name)),
    isHostDeferred: dnsNames.some(isToken),
  };
}

function requestOf({ subject }: CertificatePlan): string {
  return subject.replace(/^certificate/, 'request');
}
