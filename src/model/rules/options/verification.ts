import type { Option } from '../../erlang/options/option-file-reader';
import {
  type Lessening,
  type Side,
  type SslOptionRow,
  verdictOf,
  type VersionSet,
} from '../../erlang/options/ssl-option';
import { lesseningsOf, optionsNaming } from '../../erlang/options/ssl-option-table';
import { valuesOf, versionsOf } from '../../erlang/options/tls-settings';
import { versionSets } from '../../erlang/options/tls-versions';
import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import { behaves } from '../../otp/behaviour';
import type { OtpRelease } from '../../otp/otp-release';
import { Releases } from '../../otp/releases';
import { type OptionUse, plainValue, tableRow } from './verdicts';

/** Whether a side verifies the other node, requires its certificate, and has CAs to verify it with. */
export function verificationFindings(
  side: Side,
  options: readonly Option[],
  releases: Releases,
  subject: string,
): readonly Finding[] {
  const lessened = lessenings(side, options, circumstancesOf(options, releases));
  const isGiven = (name: string): boolean => valuesOf(name, options).length > 0;
  const verifies = isGiven('verify') || (side === 'client' && releases.every('clientVerifiesByDefault'));
  if (!verifies || lessened.some(({ option }) => option === 'verify')) return [finding(PEER_NOT_VERIFIED, { subject })];
  const isOptional =
    side === 'server' && !isGiven('fail_if_no_peer_cert') && !releases.every('clientVerifiesByDefault');
  const trusts = [...optionsNaming('trust'), 'cacerts'].some(isGiven);
  return [
    ...(isOptional ? [finding(CLIENT_CERTIFICATE_NOT_REQUIRED, { subject })] : []),
    ...lessened.map((one) => lesseningFinding(one, subject)),
    ...(trusts ? [] : [finding(TRUST_ANCHORS_MISSING, { subject })]),
  ];
}

/** The findings about options alone by which a side verifies less than by default. */
export function lesseningFindings(
  side: Side,
  options: readonly Option[],
  circumstances: Circumstances,
  subject: string,
): readonly Finding[] {
  return lessenings(side, options, circumstances).map((one) => lesseningFinding(one, subject));
}

type Circumstances = Pick<OptionUse, 'releases' | 'versionsOn'>;

/** The releases, and the versions that these options enable on each. */
export function circumstancesOf(options: readonly Option[], releases: Releases): Circumstances {
  return { releases, versionsOn: (otp) => versionSets(versionsOf(options, Releases.only(otp))) };
}

interface LessVerified extends Lessening {
  readonly option: string;
}

/** Options by which a side verifies less than by the default of one of the releases. If one is given twice, either value may count. */
function lessenings(side: Side, options: readonly Option[], circumstances: Circumstances): readonly LessVerified[] {
  return options.flatMap(([option, value]) => {
    const row = tableRow({ side, name: option, value: plainValue(value) });
    return lesseningsOf(option, side)
      .filter((one) => one.holds(value) && isEffective(one, row, circumstances))
      .map((one) => ({ ...one, option }));
  });
}

function isEffective(
  { where, belowTls13 }: Lessening,
  row: SslOptionRow | undefined,
  { releases, versionsOn }: Circumstances,
): boolean {
  const hasEffect = (otp: OtpRelease, versions: VersionSet): boolean =>
    (row === undefined || verdictOf(row, otp, versions) === 'ok') && !(belowTls13 === true && versions === '1.3 only');
  return releases.all.some(
    (otp) => (where === undefined || behaves(otp, where)) && versionsOn(otp).some((one) => hasEffect(otp, one)),
  );
}

function lesseningFinding({ option, admits, effect }: LessVerified, subject: string): Finding {
  if (option === 'fail_if_no_peer_cert') return finding(CLIENT_CERTIFICATE_NOT_REQUIRED, { subject });
  return finding(RULES[admits], { subject: `${option} on the ${subject}`, detail: effect });
}

export const PEER_NOT_VERIFIED = rule({
  code: 'peer-not-verified',
  severity: 'error',
  problem: 'does not verify the other node',
  expected: '{verify,verify_peer} on both sides',
  remedy:
    'set verify to verify_peer, and cacertfile to the CA of the cluster; take out any other option that the message names',
  inErlang: 'nothing: every client that knows the cookie connects',
  source: 'docs/in-erlang.md',
});

export const PEER_VERIFIED_LESS = rule({
  code: 'peer-verified-less',
  severity: 'warning',
  problem: 'verifies less of the other node than the default',
  expected: 'a certificate that a trusted CA issued for the host that is dialled',
  remedy:
    'take the option out, unless the cluster needs it (Identity.shared does); then make sure that its CAs issue certificates for nodes of this cluster alone',
  inErlang: 'nothing: the connection forms',
  source: 'docs/ssl-options.md; docs/in-erlang.md',
});

export const VERIFICATION_NOT_EXAMINED = rule({
  code: 'verification-not-examined',
  severity: 'warning',
  problem: 'lets a function decide about the other node',
  expected: 'verification by OTP itself, or by inet_tls_dist:verify_client/3',
  remedy: 'read the function: this check does not, and it may let in anybody',
  inErlang: 'nothing: the connection forms or not, as the function decides',
  source: 'erlang/otp:lib/ssl/src/ssl.erl, verify_fun, partial_chain and customize_hostname_check; docs/in-erlang.md',
});

const RULES: Readonly<Record<Lessening['admits'], Rule>> = {
  anyone: PEER_NOT_VERIFIED,
  others: PEER_VERIFIED_LESS,
  unknown: VERIFICATION_NOT_EXAMINED,
};

export const CLIENT_CERTIFICATE_NOT_REQUIRED = rule({
  code: 'client-certificate-not-required',
  severity: 'error',
  problem: 'admits nodes without a certificate',
  expected:
    '{verify,verify_peer} and {fail_if_no_peer_cert,true} on the server side; OTP 25 and earlier do not imply the latter',
  remedy: 'set both options, and restart the node: it reads the option file at boot',
  inErlang: 'nothing: a client that knows the cookie connects without a certificate',
  source: 'release notes of ssl 11.0 (OTP 26.0); docs/in-erlang.md; test/real/probe.test.ts',
});

export const TRUST_ANCHORS_MISSING = rule({
  code: 'trust-anchors-missing',
  severity: 'error',
  problem: 'verifies the other node but has no trust anchors',
  expected: 'cacertfile with the CA of the cluster',
  remedy: 'name the CA certificate',
  inErlang: 'no connection forms; from OTP 26 on, the dialling side logs nothing',
  source: 'docs/in-erlang.md',
});
