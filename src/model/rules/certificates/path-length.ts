import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';
import { isSelfIssued } from '../../observed/files/chain';
import type { CertificateFacts } from '../../x509/certificate-reader';

/**
 * Intermediate CAs, the lowest first, with more CAs below them than they allow. OTP ignores the path length of the root. `further`: CAs below the
 * lowest one that are yet to be made.
 */
export function pathLengthFindings(
  path: string,
  intermediates: readonly CertificateFacts[],
  further = 0,
): readonly Finding[] {
  return intermediates.flatMap(({ pathLength, subject }, below) => {
    // Self-issued certificates do not count (RFC 5280 section 4.2.1.9).
    const count = further + intermediates.slice(0, below).filter((ca) => !isSelfIssued(ca)).length;
    if (pathLength === undefined || count <= pathLength) return [];
    return [
      finding(PATH_LENGTH_EXCEEDED, { subject: `${subject.text} in ${path}`, detail: `${count} of ${pathLength}` }),
    ];
  });
}

export const PATH_LENGTH_EXCEEDED = rule({
  code: 'path-length-exceeded',
  severity: 'error',
  problem: 'has more CAs below it than its path length allows',
  expected: 'at most as many CAs between it and the certificate of the node as its basic constraints allow',
  remedy: 'use a CA with a greater path length, or leave out an intermediate CA',
  inErlang: 'the other node logs "max_path_length_reached"',
  source: 'RFC 5280 section 4.2.1.9; docs/in-erlang.md',
});
