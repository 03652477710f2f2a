import { haveOneInCommon, offerIn } from '../../erlang/options/algorithm-offers';
import { comparesNames, type DistOptionsInput, givenOptions, nodeOptions } from '../../erlang/options/dist-options';
import { meantOption, SSL_OPTION_UNKNOWN } from '../../erlang/options/near-option';
import { propertyTerm } from '../../erlang/options/option-values';
import { type Side, SIDES } from '../../erlang/options/ssl-option';
import { NEGOTIATED_OPTIONS, optionRow } from '../../erlang/options/ssl-option-table';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { Releases } from '../../otp/releases';
import { NO_COMMON_ALGORITHM } from './agreement';
import { kernelTlsFindings } from './kernel-tls';
import { sharedNameFindings } from './shared-names';
import { verdictFindings } from './verdicts';
import { lesseningFindings } from './verification';

/** The user's own options that this release rejects or ignores. */
export function optionFindings(input: DistOptionsInput): readonly Finding[] {
  const given = SIDES.flatMap((side) =>
    givenOptions(side, input).flatMap(({ option, value }) => givenFindings(side, option, value, input)),
  );
  const findings = [...listFindings(input), ...sharedNameFindings(input), ...given];
  // Options that are refused may not be readable as terms.
  return findings.some(isError) ? findings : [...findings, ...togetherFindings(input)];
}

function listFindings({ crlCheck, crlDirectory }: DistOptionsInput): readonly Finding[] {
  if (crlCheck === undefined || crlDirectory !== undefined) return [];
  return [finding(CRL_CHECK_WITHOUT_LISTS, { subject: 'crlCheck', got: crlCheck.name })];
}

export const CRL_CHECK_WITHOUT_LISTS = rule({
  code: 'crl-check-without-lists',
  severity: 'error',
  problem: 'is given without revocation lists',
  expected: 'revocation, or tls.crlDirectory, beside it',
  remedy: 'give the lists, or leave out crlCheck',
  inErlang: '{bad_crls,no_relevant_crls}: every node is refused',
  source: 'docs/in-erlang.md: crl_check without crl_cache',
});

/** The same for the nodes of a cluster, which dial each other with these options. */
export function clusterOptionFindings(input: DistOptionsInput): readonly Finding[] {
  const findings = optionFindings(input);
  return findings.some(isError) ? findings : [...findings, ...disagreements(input)];
}

function disagreements(input: DistOptionsInput): readonly Finding[] {
  const { client, server } = nodeOptions(input);
  const releases = Releases.only(input.otp);
  return NEGOTIATED_OPTIONS.flatMap(([option, what]) => {
    const [dialled, accepted] = [offerIn(option, client, releases), offerIn(option, server, releases)];
    if (dialled === undefined || accepted === undefined || haveOneInCommon(dialled, accepted)) return [];
    const detail = `clientOptions have the ${what}s ${dialled.names.join(', ')}, serverOptions ${accepted.names.join(', ')}`;
    return [finding(NO_COMMON_ALGORITHM, { subject: 'every node of the cluster', detail })];
  });
}

/** Options that each are right, and do not go with each other. */
function togetherFindings(input: DistOptionsInput): readonly Finding[] {
  const options = nodeOptions(input);
  return SIDES.flatMap((side) =>
    kernelTlsFindings(side, options[side] ?? [], Releases.only(input.otp), `${side} option "ktls"`),
  );
}

function givenFindings(
  side: Side,
  name: string,
  value: unknown,
  { otp, versions, sharedNames }: DistOptionsInput,
): readonly Finding[] {
  const row = optionRow(name, side, value);
  if (row === undefined) return [unofferedFinding(side, name)];
  const writtenFrom =
    sharedNames !== undefined && side === 'client' && comparesNames(name) ? 'identity' : row.writtenFrom;
  if (writtenFrom !== undefined) {
    const detail = `it is written from ${writtenFrom}`;
    return [finding(SSL_OPTION_WRITTEN_BY_LIBRARY, { subject: `${side} option`, got: name, detail })];
  }
  const circumstances = { releases: Releases.only(otp), versionsOn: () => [versions._set] };
  const evidence = { subject: `${side} option "${name}"`, got: value };
  const rejected = verdictFindings({ side, name, value, ...circumstances }, ['ignored', 'error'], evidence);
  if (rejected.length > 0) return rejected;
  return lesseningFindings(side, [[name, propertyTerm(row, value)]], circumstances, `${side} side`);
}

export const SSL_OPTION_WRITTEN_BY_LIBRARY = rule({
  code: 'ssl-option-written-by-library',
  severity: 'error',
  problem: 'is written by the library',
  expected: 'an option that has no property of its own',
  remedy: 'set that property instead',
  source: 'docs/ssl-options.md: an option that is given twice counts once, and which one differs by release',
});

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** The value is left out of the message: it may be a password. */
function unofferedFinding(side: Side, option: string): Finding {
  const evidence = { subject: `${side} option`, got: option };
  return optionRow(option, side) === undefined
    ? finding(SSL_OPTION_UNKNOWN, { ...evidence, detail: meantOption(option) })
    : finding(SSL_OPTION_FORM_NOT_OFFERED, evidence);
}

export const SSL_OPTION_FORM_NOT_OFFERED = rule({
  code: 'ssl-option-form-not-offered',
  severity: 'error',
  problem: 'has a value of a form that this library does not offer',
  expected: 'a fun without arguments for password, files alone in certs_keys, and session_tickets other than manual',
  remedy: 'name a function instead of a secret ("fun my_module:password/0"), or choose another value',
  source: 'docs/ssl-options.md: the forms that are safe in a file and were run on real nodes',
});
