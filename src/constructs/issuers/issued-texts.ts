import type { Construct } from 'constructs';

import { describe, finding } from '../../model/findings/finding';
import { TRUST_PEM_ILLEGAL } from '../../model/rules/certificates/handed-in';
import {
  ISSUED_FOR_ANOTHER_KEY,
  ISSUED_FOR_OTHER_USES,
  ISSUED_WITHOUT_NAME,
  usesText,
} from '../../model/rules/certificates/issued';
import { contextTag } from '../../model/x509/der-reader';
import { encoded } from '../../model/x509/der-writer';
import type { Precondition } from '../terraform/cdktf';
import { expression, operand, quoted } from '../terraform/expression';
import { guardPublicText } from '../terraform/public-text';
import { shared } from '../terraform/shared-texts';
import { isToken } from '../terraform/tokens';
import type { CertificateOrder, IssuedCertificate, TrustMaterial } from './issuer';

/**
 * The certificate and its chain in a PEM text that only Terraform knows: an expression with the certificate first, and further certificates in
 * order. Each text ends with a newline, or is empty. Certificates that nodes trust are left out of the chain.
 */
export function certificateTexts(
  scope: Construct,
  pem: string,
  trust: TrustMaterial,
): Pick<IssuedCertificate, 'certificatePem' | 'chainPem'> {
  guardPublicText(scope, TRUST_PEM_ILLEGAL, 'trustPem', trust.bundlePem);
  const text = `replace(${pem}, "\\r", "")`;
  const trusted = withoutSpace(commonText(scope, trust.bundlePem));
  const isIntermediate = `position > 0 && !strcontains(${trusted}, ${withoutSpace('one')})`;
  return {
    certificatePem: expression(`format("%s\\n", regex(${BLOCK}, ${text}))`),
    chainPem: expression(
      `join("", [for position, one in regexall(${BLOCK}, ${text}) : format("%s\\n", one) if ${isIntermediate}])`,
    ),
  };
}

const BLOCK = quoted('(?s)-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----');

/** A text that all orders have in common, as an operand. Known text is written once for the stack. */
function commonText(scope: Construct, text: string): string {
  const reference = isToken(text) ? text : shared(scope, 'trust', text);
  return /^\$\{(.*)\}$/s.exec(reference)?.[1] ?? operand(reference);
}

function withoutSpace(text: string): string {
  return `replace(${text}, ${quoted('/\\s+/')}, "")`;
}

/**
 * What Terraform can tell of a certificate: whether it is for the key, the names and the uses of an order. Terraform has no reader of DER, but it can
 * look for bytes: Base64 becomes a text with one character for each byte, in which the public key, a name or the identifier of a use appear as they
 * are. Of a certificate that was judged at synth, the key alone is left.
 */
export function judgements(order: CertificateOrder, certificate: string, isJudged = false): Precondition[] {
  const { subject, publicKeyPem, dnsNames = [], uses, isCertificateAuthority = false } = order;
  const der = bytes(certificate);
  const judgement = (condition: string, errorMessage: string): Precondition => ({
    condition: expression(condition),
    errorMessage,
  });
  const ofKey =
    publicKeyPem === undefined || (isJudged && !isToken(publicKeyPem))
      ? []
      : [
          judgement(
            `strcontains(${der}, ${bytes(operand(publicKeyPem))})`,
            describe(finding(ISSUED_FOR_ANOTHER_KEY, { subject })),
          ),
        ];
  if (isJudged) return ofKey;
  const ofNames = dnsNames
    .filter((name) => !isToken(name))
    .map((name) =>
      judgement(
        // An issuer may change the case of a name.
        `strcontains(lower(${der}), ${quoted(dnsName(name).toLowerCase())})`,
        describe(finding(ISSUED_WITHOUT_NAME, { subject, got: name })),
      ),
    );
  if (isCertificateAuthority) return [...ofKey, ...ofNames];
  const message = describe(finding(ISSUED_FOR_OTHER_USES, { subject, detail: usesText(uses) }));
  return [...ofKey, ...ofNames, judgement(hasUses(der, uses), message)];
}

function hasUses(der: string, uses: readonly string[]): string {
  const [extension, server, client] = [EXTENDED_KEY_USAGE, SERVER_AUTH, CLIENT_AUTH].map(
    (identifier) => `strcontains(${der}, ${quoted(identifier)})`,
  );
  return uses.includes('server_auth') ? `(${server} && ${client}) || !${extension}` : `${client} && !${server}`;
}

/** A dNSName in DER (RFC 5280 section 4.2.1.6): one character for each byte. */
function dnsName(name: string): string {
  const bytesOfName = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return String.fromCharCode(...encoded(contextTag(2, false), bytesOfName));
}

/** Object identifiers in DER (RFC 5280 section 4.2.1.12): id-ce-extKeyUsage, id-kp-serverAuth, id-kp-clientAuth. */
const EXTENDED_KEY_USAGE = '\u0006\u0003\u0055\u001d\u0025';
const SERVER_AUTH = '\u0006\u0008\u002b\u0006\u0001\u0005\u0005\u0007\u0003\u0001';
const CLIENT_AUTH = '\u0006\u0008\u002b\u0006\u0001\u0005\u0005\u0007\u0003\u0002';

/** The first block of a PEM text as bytes: one character for each. */
function bytes(pem: string): string {
  const body = `regex(${quoted('(?s)-----BEGIN [A-Z ]+-----(.+?)-----END')}, ${pem})[0]`;
  return `textdecodebase64(${withoutSpace(body)}, "ISO-8859-1")`;
}
