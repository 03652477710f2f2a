import type { Construct } from 'constructs';

import { SIGNATURES } from '../../crypto/signatures';
import { checkCall } from '../../model/api/check-call';
import { describe, type Finding, finding, refuse } from '../../model/findings/finding';
import type { Rule } from '../../model/findings/rule';
import { commonNameFindings } from '../../model/rules/certificates/declared';
import {
  CERTIFICATE_NOT_HANDED_IN,
  HANDED_IN_PEM_ILLEGAL,
  handedInFindings,
} from '../../model/rules/certificates/handed-in';
import { orderFindings } from '../../model/rules/certificates/issued';
import { issuedChainFindings } from '../../model/rules/certificates/issued-chain';
import { CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID } from '../../model/rules/certificates/validity';
import { secondsText } from '../../model/x509/calendar';
import type { CertificateFacts } from '../../model/x509/certificate-reader';
import { certificatesOf } from '../../model/x509/pem-certificates';
import { type Precondition, Token } from '../terraform/cdktf';
import { expression, operand } from '../terraform/expression';
import { IDS } from '../terraform/ids';
import { guardPublicText, withoutPrivateKey } from '../terraform/public-text';
import { report, within } from '../terraform/report';
import { TerraformData } from '../terraform/terraform-data';
import { isToken, terraformText, withFinalNewline } from '../terraform/tokens';
import { withFinalNewlines } from './final-newlines';
import { handedInTrust } from './handed-in-trust';
import { certificateTexts, judgements } from './issued-texts';
import type { CertificateOrder, ICertificateIssuer, IssuedCertificate, TrustMaterial } from './issuer';

/** Properties of `SignedOutside`. */
export interface SignedOutsideProps {
  /**
   * The certificates, by the ids of the nodes and with `tools` for the tools. Each is PEM: the certificate first, then each intermediate CA in
   * order, without the root. In a cluster, a node without one waits. A `NodeCertificate` of your own has the id of its construct.
   */
  readonly certificatePems: Record<string, string>;
  /** Certificates that nodes have to trust, as PEM: the root. */
  readonly trustPem: string;
  /**
   * Common name of the CA that signs.
   *
   * @default - not known at synth
   */
  readonly commonName?: string;
}

/**
 * Somebody signs the requests outside of Terraform: Active Directory Certificate Services, step-ca, easy-rsa, `openssl ca`, a person. The
 * certificates are handed in as PEM. They are public, and may be committed.
 *
 * A certificate that is known at synth is judged there against its order and the trusted CAs: key, names, uses, signatures, order of the chain.
 * Terraform judges its validity in each plan, and the key if Terraform makes it.
 *
 * Defines, for each certificate: one `terraform_data` with the PEM. The state contains no key of the CA.
 *
 * Renewal: hand in a new certificate. The alarm of a cluster tells when one is due (`docs/issuers.md`).
 */
export class SignedOutside implements ICertificateIssuer {
  public readonly commonName?: string;
  public readonly trust: TrustMaterial;
  public readonly issuesOnlyFor?: string[];

  private readonly certificates: ReadonlyMap<string, string>;
  private readonly trusted?: readonly CertificateFacts[];

  public constructor(props: SignedOutsideProps) {
    checkCall('new SignedOutside', props);
    const { trustPem, certificatePems, commonName } = props;
    this.commonName = commonName;
    this.trust = handedInTrust('trustPem of SignedOutside', trustPem);
    this.trusted = isToken(trustPem) ? undefined : certificatesOf(trustPem);
    this.certificates = new Map(Object.entries(certificatePems));
    this.issuesOnlyFor = [...this.certificates.keys()];
  }

  /** The certificate that was handed in for the order, judged. */
  public issue(scope: Construct, order: CertificateOrder): IssuedCertificate {
    checkCall('SignedOutside.issue', scope, order);
    const { subject } = order;
    const id = ownerOf(scope);
    const given = this.certificates.get(id);
    if (given === undefined) {
      const detail = `certificatePems has no ${JSON.stringify(id)}`;
      return within(scope, () => refuse(CERTIFICATE_NOT_HANDED_IN, { subject, detail }));
    }
    const known = isToken(given) ? undefined : this.judged(scope, order, given);
    guardPublicText(scope, HANDED_IN_PEM_ILLEGAL, subject, given);
    const pem = withoutPrivateKey(scope, IDS.PUBLIC_TEXT, given);
    const [leaf] = known ?? [];
    const data = new TerraformData(scope, IDS.RESOURCE, {
      input: { pem: terraformText(withFinalNewline(pem)), ...(leaf && validityOf(leaf)) },
      lifecycle: {
        precondition: [
          ...(known ? [] : [isPem(subject, pem)]),
          ...judgements(order, operand(pem), known !== undefined),
        ],
        postcondition: leaf && validityConditions(subject, leaf),
      },
    });
    return withFinalNewlines({
      ...certificateTexts(scope, data.text('pem'), this.trust),
      expiresAt: leaf && secondsText(leaf.notAfter),
      resources: [data],
    });
  }

  private judged(scope: Construct, order: CertificateOrder, pem: string): readonly CertificateFacts[] {
    const { subject, dnsNames = [], ipAddresses = [], uses, commonName, isCertificateAuthority = false } = order;
    const publicKeyPem =
      order.publicKeyPem !== undefined && isToken(order.publicKeyPem) ? undefined : order.publicKeyPem;
    report(scope, handedInFindings(subject, pem));
    const certificates = certificatesOf(pem);
    const [leaf] = certificates;
    const findings: readonly Finding[] =
      leaf === undefined
        ? []
        : [
            ...orderFindings(
              {
                ...{ subject, uses, isCertificateAuthority, publicKeyPem },
                names: [...dnsNames, ...(Token.isUnresolved(ipAddresses) ? [] : ipAddresses)].filter(
                  (name) => !isToken(name),
                ),
              },
              leaf,
            ),
            ...(isToken(commonName) ? [] : commonNameFindings(subject, commonName, leaf.issuer.commonName)),
            ...(this.trusted === undefined ? [] : issuedChainFindings(subject, certificates, this.trusted, SIGNATURES)),
          ];
    report(scope, findings);
    return certificates;
  }
}

/** What the other conditions take for granted. */
function isPem(subject: string, pem: string): Precondition {
  return {
    condition: expression(`can(regex("-----BEGIN CERTIFICATE-----", ${operand(pem)}))`),
    errorMessage: describe(finding(HANDED_IN_PEM_ILLEGAL, { subject })),
  };
}

/** Id of the node, or of the tools, in a cluster; of the construct elsewhere. */
function ownerOf({ node: { id, scope } }: Construct): string {
  return id === IDS.CERTIFICATE && scope !== undefined ? scope.node.id : id;
}

/** RFC 3339 times, by their names in the resource. */
function validityOf({ notBefore, notAfter }: CertificateFacts): Record<string, string> {
  return { not_before: secondsText(notBefore), not_after: secondsText(notAfter) };
}

/** Terraform's clock judges. A condition has to refer to some object, so that the times are in the resource. */
function validityConditions(subject: string, leaf: CertificateFacts): Precondition[] {
  const { not_before: begin, not_after: end } = validityOf(leaf);
  const judged = (condition: string, rule: Rule, got: string | undefined): Precondition => ({
    condition: expression(condition),
    errorMessage: describe(finding(rule, { subject, got })),
  });
  return [
    judged('timecmp(plantimestamp(), self.input.not_before) >= 0', CERTIFICATE_NOT_YET_VALID, begin),
    judged('timecmp(plantimestamp(), self.input.not_after) < 0', CERTIFICATE_EXPIRED, end),
  ];
}
