import type { Option } from '../../erlang/options/option-file-reader';
import type { Side } from '../../erlang/options/ssl-option';
import { optionsNaming } from '../../erlang/options/ssl-option-table';
import { isAtom, valuesOf } from '../../erlang/options/tls-settings';
import type { Term } from '../../erlang/terms/term';
import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { Releases } from '../../otp/releases';

/** Whether a side verifies the other node, requires its certificate, and has CAs to verify it with. */
export function verificationFindings(
  side: Side,
  options: readonly Option[],
  releases: Releases,
  subject: string,
): readonly Finding[] {
  if (!verifies(side, valuesOf('verify', options), releases)) return [finding(PEER_NOT_VERIFIED, { subject })];
  const required = valuesOf('fail_if_no_peer_cert', options);
  const isRequired = required.length > 0 && required.every((one) => isAtom(one, 'true') || one.kind === 'call');
  const isOptional = side === 'server' && !isRequired && !releases.every('clientVerifiesByDefault');
  const trusts = [...optionsNaming('trust'), 'cacerts'].some((name) => valuesOf(name, options).length > 0);
  return [
    ...(isOptional ? [finding(CLIENT_CERTIFICATE_NOT_REQUIRED, { subject })] : []),
    ...(trusts ? [] : [finding(TRUST_ANCHORS_MISSING, { subject })]),
  ];
}

/** From OTP 26 on, a client verifies unless it is told not to. If the option is given twice, either value may count. */
function verifies(side: Side, given: readonly Term[], releases: Releases): boolean {
  if (given.length === 0) return side === 'client' && releases.every('clientVerifiesByDefault');
  return !given.some((one) => isAtom(one, 'verify_none'));
}

export const PEER_NOT_VERIFIED = rule({
  code: 'peer-not-verified',
  severity: 'error',
  problem: 'does not verify the other node',
  expected: '{verify,verify_peer} on both sides',
  remedy: 'set verify to verify_peer, and cacertfile to the CA of the cluster',
  inErlang: 'nothing: every client that knows the cookie connects',
  source: 'docs/in-erlang.md',
});

export const CLIENT_CERTIFICATE_NOT_REQUIRED = rule({
  code: 'client-certificate-not-required',
  severity: 'error',
  problem: 'admits nodes without a certificate',
  expected:
    '{verify,verify_peer} and {fail_if_no_peer_cert,true} on the server side; OTP 25 and earlier do not imply the latter',
  remedy: 'add both options, and restart the node: it reads the option file at boot',
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
