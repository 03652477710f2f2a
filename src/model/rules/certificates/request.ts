import { type Finding, finding } from '../../findings/finding';
import { type Rule, rule } from '../../findings/rule';
import { keyText } from '../../pki/openssl-request';
import { readPem } from '../../x509/pem-reader';
import { readPrivateKey } from '../../x509/private-key-reader';
import { publicKeyText } from '../../x509/public-key-reader';
import { readRequest, type RequestFacts } from '../../x509/request-reader';
import { nameFindings, PRINT_REQUEST_AGAIN, type RequestExpectation, useFindings } from './request-names';

export interface JudgedRequest {
  readonly findings: readonly Finding[];
  /** Absent if the text is no request. */
  readonly request?: RequestFacts;
  readonly der?: Uint8Array;
}

/** Judges a request that is known at synth. Its text is never shown: a user may have put a key in its place. */
export function judgeRequest(
  pem: string,
  expected: RequestExpectation,
  isSigned: (request: RequestFacts) => boolean | undefined,
): JudgedRequest {
  const { subject } = expected;
  const refused = (broken: Rule, detail?: string): JudgedRequest => ({
    findings: [finding(broken, { subject, detail })],
  });
  const { blocks, problem } = readPem(pem);
  if (pem.includes('PRIVATE KEY-----') || blocks.some((one) => readPrivateKey(one) !== undefined)) {
    return refused(REQUEST_HOLDS_KEY);
  }
  const [block, ...more] = blocks;
  if (problem !== undefined || block === undefined) return refused(REQUEST_ILLEGAL, problem);
  if (more.length > 0 || !LABELS.includes(block.label)) {
    return refused(REQUEST_ILLEGAL, `it holds ${blocks.map(({ label }) => label).join(', ')}`);
  }
  const request = readRequest(block.der);
  if (request === undefined) return refused(REQUEST_ILLEGAL, 'it cannot be decoded');
  if (isSigned(request) !== true) return refused(REQUEST_SIGNATURE_WRONG, request.signatureAlgorithm);
  return { findings: contentFindings(request, expected), request, der: block.der };
}

const LABELS = ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'];

function contentFindings(request: RequestFacts, expected: RequestExpectation): readonly Finding[] {
  const { subject, keyAlgorithm } = expected;
  const key = publicKeyText(request.publicKey);
  const wanted = keyText(keyAlgorithm);
  return [
    ...nameFindings(request, expected),
    ...(key === wanted
      ? []
      : [finding(REQUEST_KEY_UNEXPECTED, { subject: `key in the ${subject}`, got: key, expected: wanted })]),
    ...useFindings(request, expected),
  ];
}

const SOURCE = 'test/model/rules/certificates/request.test.ts';

export const REQUEST_HOLDS_KEY = rule({
  code: 'request-holds-key',
  severity: 'error',
  problem: 'holds a private key',
  expected: 'the request alone, which is public',
  remedy:
    'remove the key from the source and from its history, treat it as leaked, and make a new one on the node (sh NODE.sh --request --new-key)',
  source: SOURCE,
});

export const REQUEST_ILLEGAL = rule({
  code: 'request-illegal',
  severity: 'error',
  problem: 'is no certificate request',
  expected: 'one block CERTIFICATE REQUEST',
  remedy: PRINT_REQUEST_AGAIN,
  source: `RFC 2986; RFC 7468 section 7; ${SOURCE}`,
});

export const REQUEST_SIGNATURE_WRONG = rule({
  code: 'request-signature-wrong',
  severity: 'error',
  problem: 'is not signed by its own key',
  expected: 'a request as openssl made it',
  remedy: PRINT_REQUEST_AGAIN,
  source: `RFC 2986 section 4.2; ${SOURCE}`,
});

export const REQUEST_KEY_UNEXPECTED = rule({
  code: 'request-key-unexpected',
  severity: 'error',
  problem: 'is another kind of key than declared',
  expected: 'a key of keyAlgorithm',
  remedy: 'deploy, and let the script make a new key (sh NODE.sh --request), or change keyAlgorithm',
  source: SOURCE,
});
