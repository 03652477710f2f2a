import type { Option } from '../../erlang/options/option-file-reader';
import { isAtom, valueOf } from '../../erlang/options/tls-settings';
import { documentation } from '../../findings/documentation';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { type Chain, isSelfIssued } from '../../observed/files/chain';
import type { InstalledSide } from '../../observed/files/installed-node';
import { isWhole, type PemContent } from '../../observed/files/material';
import type { Releases } from '../../otp/releases';
import type { CertificateFacts } from '../../x509/certificate-reader';
import type { Judgement } from '../judgement';
import { extensionFindings } from './extensions';
import { useFindings } from './key-uses';
import { constraintFindings } from './name-constraints';
import { pathLengthFindings } from './path-length';
import { signatureFindings } from './signatures';
import { canSignCertificates } from './trust-bundle';
import { unrelatedFindings } from './unrelated-certificates';
import { outlivingFindings, validityFindings } from './validity';

/** Whether a certificate that a side shows leads to a CA that the verifying side trusts, and whether all CAs on the way may sign it. */
export function chainFindings(
  path: string,
  chain: Chain,
  { side, material }: Pick<InstalledSide, 'side' | 'material'>,
  verifier: Pick<InstalledSide, 'options' | 'material'> | undefined,
  judgement: Judgement,
): readonly Finding[] {
  const [leaf, issuer] = chain;
  const root = chain.at(-1) ?? leaf;
  const bundle = verifier?.material.trust;
  const subject = `certificate in ${path}`;
  if (isSelfIssued(leaf)) return [finding(CERTIFICATE_SELF_ISSUED, { subject, got: leaf.subject.text })];
  if (!isWhole(bundle)) return [];
  const { fingerprint } = judgement.signatures;
  const has = (trust: PemContent | undefined, one: CertificateFacts): boolean =>
    trust?.certificates.some((other) => fingerprint(other) === fingerprint(one)) ?? false;
  if (!isSelfIssued(root) || !has(bundle, root)) {
    const broken = isSelfIssued(root) || chain.length === 1 ? ISSUER_NOT_TRUSTED : CHAIN_INCOMPLETE;
    return [finding(broken, { subject, detail: `issued by ${root.issuer.text}` })];
  }
  const intermediates = chain.slice(1, -1);
  return [
    ...intermediates.flatMap((ca) => {
      const name = `${ca.subject.text} in ${path}`;
      // The validity of a CA that is in a trust bundle as well is judged there.
      const isInBundle = has(material.trust, ca) || has(bundle, ca);
      return [
        ...(isInBundle ? [] : validityFindings(name, ca, judgement)),
        ...(canSignCertificates(ca) ? [] : [finding(ISSUER_NOT_A_CA, { subject: name })]),
        ...(allowsAnyPurpose(verifier?.options, judgement.releases) ? [] : useFindings(name, ca, side)),
        ...signatureFindings(name, ca, judgement.releases),
        ...extensionFindings(name, ca, judgement.releases),
      ];
    }),
    ...pathLengthFindings(path, intermediates),
    ...unrelatedFindings(subject, chain, material, judgement),
    ...outlivingFindings(subject, leaf, issuer, judgement),
    ...constraintFindings(subject, leaf, intermediates, judgement.releases),
  ];
}

export const CHAIN_INCOMPLETE = rule({
  code: 'chain-incomplete',
  severity: 'error',
  problem: 'does not lead to a root CA',
  expected: 'certfile with the certificate first, then each intermediate CA, and cacertfile with the root',
  remedy: 'append the missing certificates to certfile',
  inErlang: '"Unknown CA"',
  source: 'RFC 8446 section 4.4.2; RFC 5280 section 6.1; docs/in-erlang.md',
});

export const ISSUER_NOT_TRUSTED = rule({
  code: 'issuer-not-trusted',
  severity: 'error',
  problem: 'is signed by a CA that the same node does not trust',
  expected:
    "a trust bundle with the CA of the node's own certificate, since the other nodes have the same bundle, or an intermediate CA in certfile that leads to it",
  remedy: `if that CA is an intermediate one, append the issuing CA's certificate to certfile; otherwise install ca.pem and node.pem of the same deploy (${documentation('rotation')})`,
  inErlang: 'the other node logs "Unknown CA"',
  source: 'RFC 5280 section 6.1; docs/in-erlang.md',
});

export const ISSUER_NOT_A_CA = rule({
  code: 'issuer-not-a-ca',
  severity: 'error',
  problem: 'signed a certificate and is not a CA',
  expected:
    'CAs behind the first certificate in certfile: basic constraints CA:TRUE, and key usage, if any, with keyCertSign',
  remedy: 'have the certificate signed by a CA',
  inErlang: 'the other node logs "missing_basic_constraint"',
  source: 'RFC 5280 sections 4.2.1.3 and 4.2.1.9; docs/in-erlang.md',
});

export const CERTIFICATE_SELF_ISSUED = rule({
  code: 'certificate-self-issued',
  severity: 'error',
  problem: 'has the same name as its issuer',
  expected: 'a certificate that is signed by a CA with another name',
  remedy: 'have it signed by a CA: OTP rejects a self-signed certificate of a node, trusted or not',
  inErlang: 'the other node logs "Bad Certificate", from OTP 27 on with "selfsigned_peer"',
  source: 'docs/in-erlang.md',
});

/** Whether the verifying side accepts intermediate CAs of any extended key usage. */
function allowsAnyPurpose(options: readonly Option[] | undefined, releases: Releases): boolean {
  return releases.every('takesAnyCaPurpose') && isAtom(valueOf('allow_any_ca_purpose', options), 'true');
}
