import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import type { PemContent } from '../../observed/files/material';

/** Damage to a PEM file. A missing file is reported elsewhere. */
export function damageFindings({ file, problem }: PemContent): readonly Finding[] {
  return problem === undefined || file.kind !== 'file'
    ? []
    : [finding(PEM_DAMAGED, { subject: file.path, detail: problem })];
}

export const PEM_DAMAGED = rule({
  code: 'pem-damaged',
  severity: 'error',
  problem: 'is a damaged PEM file',
  expected: 'blocks of Base64 between BEGIN and END lines',
  remedy: 'install the whole file again, in one step',
  inErlang:
    'for a trust bundle "decoding error", where the node is dialled; for a certificate nothing on either side up to OTP 27, and later a crash of pubkey_pem',
  source: 'RFC 7468; decode_pem_entries in erlang/otp:lib/public_key/src/pubkey_pem.erl; docs/in-erlang.md',
});

export const PEM_WITHOUT_CERTIFICATE = rule({
  code: 'pem-without-certificate',
  severity: 'error',
  problem: 'holds no certificate',
  expected: 'a block CERTIFICATE, in PEM form and not DER',
  remedy: 'correct the path; key and certificate may have been exchanged',
  inErlang:
    'where the node is dialled, it logs "decoding error" (OTP 29), "illegal_parameter_in_client_hello" (27) or a crash (25); where it dials, often neither node logs anything',
  source: 'docs/in-erlang.md',
});
