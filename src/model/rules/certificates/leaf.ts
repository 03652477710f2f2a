import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { versionsOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import type { Releases } from '../../otp/releases';
import { COMMON_NAME_TOO_LONG, excessiveLength } from '../../pki/subject-names';
import type { CertificateFacts } from '../../x509/certificate-reader';
import { extensionFindings } from './extensions';
import { publicKeyFindings } from './key-types';
import { signingFindings, useFindings } from './key-uses';
import { signatureFindings } from './signatures';

/** Whether OTP accepts a certificate that a side shows: its uses, its names, its key and its signature. */
export function leafFindings(
  subject: string,
  leaf: CertificateFacts,
  side: Side,
  options: readonly Option[],
  releases: Releases,
): readonly Finding[] {
  return [
    ...useFindings(subject, leaf, side),
    ...signingFindings(subject, leaf),
    ...commonNameFindings(subject, leaf, releases),
    ...publicKeyFindings(subject, leaf.publicKey, side, options, { releases, versions: versionsOf(options, releases) }),
    ...signatureFindings(subject, leaf, releases),
    ...extensionFindings(subject, leaf, releases),
  ];
}

function commonNameFindings(
  subject: string,
  { subject: { commonName = '' } }: CertificateFacts,
  releases: Releases,
): readonly Finding[] {
  const detail = excessiveLength(commonName);
  if (detail === undefined || !releases.some('rejectsLongCommonName')) return [];
  return [finding(COMMON_NAME_TOO_LONG, { subject, detail })];
}
