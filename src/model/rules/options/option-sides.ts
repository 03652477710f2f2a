import { namesFor, offerIn } from '../../erlang/options/algorithm-offers';
import { meantOption, SSL_OPTION_UNKNOWN } from '../../erlang/options/near-option';
import type { Option } from '../../erlang/options/option-file-reader';
import { SSL_OPTION_WRONG_VALUE, wrongValue } from '../../erlang/options/option-values';
import type { Side } from '../../erlang/options/ssl-option';
import { isForeignOption, isInTable, optionsNaming } from '../../erlang/options/ssl-option-table';
import { valueOf } from '../../erlang/options/tls-settings';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { InstalledNode, InstalledSide } from '../../observed/files/installed-node';
import type { Releases } from '../../otp/releases';
import { kernelTlsFindings } from './kernel-tls';
import { plainValue, tableRow, verdictFindings } from './verdicts';
import { circumstancesOf, lesseningFindings, verificationFindings } from './verification';

/** Judges the options of one side of a node. */
export function sideFindings(node: InstalledNode, installed: InstalledSide, releases: Releases): readonly Finding[] {
  const { side, options } = installed;
  const subject = `${side} side of ${node.label}`;
  const names = options.map(([name]) => name);
  // Options that are not there may be in a part of the flags that is not known.
  const isWhole = node.optionFile !== undefined || node.flags?.mayHoldMore !== true;
  return [
    ...options.flatMap((option) => givenFindings(option, side, options, releases, node.label)),
    ...(isWhole
      ? wholeFindings(installed, releases, subject)
      : lesseningFindings(side, options, circumstancesOf(options, releases), subject)),
    ...[...new Set(names.filter((name, index) => names.indexOf(name) < index))].map((name) =>
      finding(OPTION_GIVEN_TWICE, { subject: `${name} on the ${subject}` }),
    ),
    ...(node.optionFile !== undefined && !names.includes('versions') ? [finding(VERSIONS_NOT_SET, { subject })] : []),
  ];
}

/** Judges all options of a side together. */
function wholeFindings({ side, options }: InstalledSide, releases: Releases, subject: string): readonly Finding[] {
  const isGiven = options.some(([name]) => [...optionsNaming('certificate'), 'cert'].includes(name));
  return [
    ...verificationFindings(side, options, releases, subject),
    ...kernelTlsFindings(side, options, releases, subject),
    ...(namesSuitesFor13(options, releases) ? [] : [finding(NO_CIPHER_SUITE_FOR_TLS_1_3, { subject })]),
    ...(isGiven || hasPairs(options) ? [] : [finding(CERTIFICATE_OPTION_MISSING, { subject })]),
  ];
}

/** Whether OTP knows an option, takes its value, and takes it on that side. */
function givenFindings(
  [name, term]: Option,
  side: Side,
  options: readonly Option[],
  releases: Releases,
  label: string,
): readonly Finding[] {
  const subject = `${side} option "${name}" of ${label}`;
  if (!isInTable(name) && !isForeignOption(name)) {
    const code = side === 'client' ? SSL_OPTION_UNKNOWN : SSL_OPTION_WITHOUT_EFFECT;
    return [finding(code, { subject, detail: meantOption(name) })];
  }
  const value = plainValue(term);
  const wrong = wrongValue(name, tableRow({ name, side, value })?.kind, term);
  if (wrong !== undefined) return [finding(SSL_OPTION_WRONG_VALUE, { subject, detail: wrong })];
  const use = { side, name, value, ...circumstancesOf(options, releases) };
  // An option without effect does no harm.
  return verdictFindings(use, ['error'], { subject });
}

export const SSL_OPTION_WITHOUT_EFFECT = rule({
  code: 'ssl-option-without-effect',
  severity: 'warning',
  problem: 'is not an option that OTP knows',
  expected: 'an option of the ssl application, spelled as in its documentation',
  remedy: 'check the spelling: on the server side OTP ignores unknown options',
  inErlang: 'nothing',
  source: 'docs/in-erlang.md',
});

export const OPTION_GIVEN_TWICE = rule({
  code: 'option-given-twice',
  severity: 'warning',
  problem: 'is given twice on one side',
  expected: 'each option once',
  remedy: 'remove one: up to OTP 25 the first one counts, from 26 on the last one',
  inErlang: 'nothing',
  source: 'run on OTP 25 and 26; docs/in-erlang.md',
});

export const CERTIFICATE_OPTION_MISSING = rule({
  code: 'certificate-option-missing',
  severity: 'error',
  problem: 'has no certificate to present',
  expected: 'certfile, and keyfile where the key is in another file',
  remedy: 'name the files',
  inErlang:
    'where it dials, the other node logs "certificate_required"; where it is dialled, it logs "cert_and_key_required", up to OTP 25 a crash',
  source: 'docs/in-erlang.md',
});

export const VERSIONS_NOT_SET = rule({
  code: 'versions-not-set',
  severity: 'warning',
  problem: 'leaves the TLS version to the release',
  expected: "{versions,['tlsv1.3']}, or with 'tlsv1.2' for older nodes",
  remedy: 'name the versions: the default was 1.2 alone up to OTP 28',
  inErlang: 'nothing',
  source: '`dist_defaults/1` in `erlang/otp:lib/ssl/src/inet_tls_dist.erl`; docs/in-erlang.md',
});

export const NO_CIPHER_SUITE_FOR_TLS_1_3 = rule({
  code: 'no-cipher-suite-for-tls-1-3',
  severity: 'error',
  problem: 'speaks TLS 1.3 beside another version, and names no cipher suite for it',
  expected: 'ciphers, where they are given, with a suite of TLS 1.3, such as TLS_AES_256_GCM_SHA384',
  remedy: 'remove ciphers, add such a suite, or enable TLS 1.2 alone',
  inErlang: '"no_suitable_cipher" or nothing: with each node that speaks TLS 1.3, this one included',
  source: 'RFC 8446, appendix B.4: suites of TLS 1.3 and of TLS 1.2 are different ones; docs/in-erlang.md',
});

/** Whether the suites cover TLS 1.3. With one version alone, the defaults of the release replace suites that are missing for it. */
function namesSuitesFor13(options: readonly Option[], releases: Releases): boolean {
  const suites = offerIn('ciphers', options, releases);
  if (suites === undefined || suites.versions.length === 1 || !suites.versions.includes('tlsv1.3')) return true;
  return suites.names.length === 0 || namesFor('tlsv1.3', suites).length > 0;
}

/** Whether certificates are given by `certs_keys`, as files or as their content. */
function hasPairs(options: readonly Option[]): boolean {
  const pairs = valueOf('certs_keys', options);
  return pairs !== undefined && !(pairs.kind === 'list' && pairs.elements.length === 0);
}
