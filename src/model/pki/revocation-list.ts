import { documentation } from '../findings/documentation';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { type CrlFacts, readCrl } from '../x509/crl-reader';
import { readPem } from '../x509/pem-reader';
import { writePem } from '../x509/pem-writer';

/** A revocation list whose text is known at synth. */
export interface DeclaredList {
  readonly facts: CrlFacts;
  /** Milliseconds since 1970. */
  readonly nextUpdate: number;
  /** Nothing but its block: OTP fails on text before it. */
  readonly pem: string;
}

/** Reads lists, each as PEM. Text around the block, as `openssl crl -text` prints it, is left out. */
export function declaredLists(subject: string, texts: readonly string[]): readonly DeclaredList[] {
  const lists = texts.map((text, index) => declaredList(`${subject}[${index}]`, text));
  const issuers = lists.map(({ facts }) => facts.issuer);
  const again = lists.find(({ facts }, index) => issuers.indexOf(facts.issuer) < index);
  if (again !== undefined) refuse(REVOCATION_LIST_REPEATED, { subject, got: again.facts.issuerText });
  return lists;
}

/** The text is left out of messages: it may be a key. */
function declaredList(subject: string, text: string): DeclaredList {
  const { blocks, problem } = readPem(text);
  const [block, ...others] = blocks;
  if (block === undefined || problem !== undefined)
    return refuse(REVOCATION_LIST_ILLEGAL, { subject, detail: problem });
  const wrong = blocks.find(({ label }) => label !== 'X509 CRL');
  if (wrong !== undefined) return refuse(REVOCATION_LIST_ILLEGAL, { subject, detail: `it has a ${wrong.label}` });
  if (others.length > 0) return refuse(REVOCATION_LIST_ILLEGAL, { subject, detail: `it has ${blocks.length} lists` });
  const facts = readCrl(block.der);
  const { nextUpdate } = facts ?? {};
  if (facts !== undefined && nextUpdate !== undefined && !facts.isDelta) {
    return { facts, nextUpdate, pem: writePem(block.label, block.der) };
  }
  return refuse(REVOCATION_LIST_ILLEGAL, { subject, detail: whyIllegal(facts) });
}

function whyIllegal(facts: CrlFacts | undefined): string {
  if (facts === undefined) return 'it cannot be decoded';
  return facts.isDelta ? 'it has only changes to another list' : 'it has no next update, without which OTP fails';
}

export const REVOCATION_LIST_ILLEGAL = rule({
  code: 'revocation-list-illegal',
  severity: 'error',
  problem: 'is no revocation list that OTP takes',
  expected: 'PEM with one block "X509 CRL": a complete list, with a next update',
  remedy: 'give the text that erlang-tls crl, openssl ca -gencrl or your CA printed',
  source: 'docs/revocation.md; test/constructs/refusals.test.ts',
});

export const REVOCATION_LIST_REPEATED = rule({
  code: 'revocation-list-repeated',
  severity: 'error',
  problem: 'has two lists of one CA',
  expected: 'one list for each CA: of several, OTP goes by the last one alone',
  remedy:
    'keep the newest list; CAs that share a name cannot have lists, because OTP finds lists by the name of the CA',
  source: 'docs/revocation.md; docs/in-erlang.md, crl-hidden',
});

export const REVOCATION_LIST_MISSING = rule({
  code: 'revocation-list-missing',
  severity: 'error',
  problem: 'signs certificates that nodes show, and has no revocation list',
  expected: 'a list of each such CA on every node, before the first node shows a certificate of the CA',
  remedy: `make one with erlang-tls crl, and deploy it while the generation is only trusted (${documentation('revocation')}); the first deploy of a cluster has no lists yet: add revocation in the second`,
  inErlang: '{bad_crls,no_relevant_crls}: every node is refused',
  source: 'docs/in-erlang.md, crl-missing; test/real/revocation.test.ts',
});

export const REVOCATION_LIST_OF_ANOTHER_KEY = rule({
  code: 'revocation-list-of-another-key',
  severity: 'error',
  problem: 'is signed with another key than that of the CA',
  expected: 'a list that the CA in the list of generations has signed',
  remedy: 'make the list with the key of this CA: another CA may have the same name',
  inErlang: '{bad_crls,…}: every node is refused',
  source: 'docs/in-erlang.md, crl-missing: a revocation list of another CA with the same name',
});

export const REVOCATION_DECLARED_TWICE = rule({
  code: 'revocation-declared-twice',
  severity: 'error',
  problem: 'is given beside revocation',
  expected: 'revocation for lists that the library delivers, or tls.crlDirectory for lists that something else brings',
  remedy: 'leave out one of the two: a node reads one directory',
  source: 'test/constructs/refusals.test.ts',
});

export const REVOCATION_HASH_ILLEGAL = rule({
  code: 'revocation-hash-illegal',
  severity: 'error',
  problem: 'is no hash of the name of a CA',
  expected: 'eight hexadecimal digits in lower case',
  remedy: 'take what openssl x509 -noout -subject_hash -in ca.pem prints',
  source: 'erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl; test/constructs/refusals.test.ts',
});
