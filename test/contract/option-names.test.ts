/** Everything that is to be known about a TLS option stands in its row: no other code lists options, and few may name one. */
import * as ts from 'typescript';

import { SSL_OPTIONS } from '../../src/model/erlang/options/ssl-option-table';
import { readRepository } from './repository';

const ROWS = 'src/model/erlang/options/rows/';

const NAMES: ReadonlySet<string> = new Set(SSL_OPTIONS.map(({ name }) => name));

/** Options that code names, and why it has to. */
const REASONS: Readonly<Record<string, string>> = {
  certfile: 'the library writes it, from a property of its own',
  keyfile: 'the library writes it, from a property of its own',
  cacertfile: 'the library writes it, from a property of its own',
  verify: 'the library writes it, and a rule judges its value',
  fail_if_no_peer_cert: 'the library writes it, and a rule judges its value',
  versions: 'the library writes it, and what else is legal depends on it',
  crl_check: 'the library writes it, and rules about revocation judge it',
  crl_cache: 'the library writes it, and rules about revocation judge it',
  certs_keys: 'its value holds files and options of its own',
  password: 'the key that it opens is judged by it',
  depth: 'the length of a chain is judged by it',
  server_name_indication: 'the names of certificates are judged by it, and the library writes it for a shared identity',
  customize_hostname_check:
    'the names of certificates are judged by it, and the library writes it for a shared identity',
  allow_any_ca_purpose: 'the uses of CAs are judged by it',
  ciphers: 'its suites are for versions and for kinds of keys',
  signature_algs: 'its schemes are for kinds of keys',
  ktls: 'it works with one version and one cipher suite',
};

interface Named {
  readonly name: string;
  readonly code: string;
  /** Whether it is one of several options in a list. */
  readonly isListed: boolean;
}

function optionsNamedIn(path: string, source: string): Named[] {
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
  const found: Named[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && NAMES.has(node.text) && !ts.isLiteralTypeNode(node.parent)) {
      found.push({ name: node.text, code: node.parent.getText(), isListed: isListed(node) });
    } else if (ts.isStringLiteralLike(node) && namesIn(node.text).length > 1) {
      found.push(...namesIn(node.text).map((name) => ({ name, code: node.getText(), isListed: true })));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The names in text that consists of names alone. */
function namesIn(text: string): readonly string[] {
  const words = text.trim().split(' ');
  return words.every((word) => NAMES.has(word)) ? words : [];
}

function isListed(node: ts.Node): boolean {
  if (!ts.isArrayLiteralExpression(node.parent)) return false;
  return node.parent.elements.filter((one) => ts.isStringLiteralLike(one) && NAMES.has(one.text)).length > 1;
}

const files = readRepository('src/*.ts').filter(({ path }) => !path.startsWith(ROWS));
const named = files.flatMap(({ path, text }) => optionsNamedIn(path, text).map((one) => ({ ...one, path })));

test('an option is named outside its row only for a stated reason', () => {
  expect(files.length).toBeGreaterThan(100);
  const unknown = named.filter(({ name }) => REASONS[name] === undefined);
  expect(unknown.map(({ path, code }) => `${path}: ${code}`)).toEqual([]);
});

test('no list of options is written by hand', () => {
  expect(named.filter(({ isListed: is }) => is).map(({ path, code }) => `${path}: ${code}`)).toEqual([]);
});

test('each reason is needed', () => {
  expect(Object.keys(REASONS).filter((name) => !named.some((one) => one.name === name))).toEqual([]);
});

test.each([
  ["valueOf('eccs', options)", 'eccs', false],
  ["const LISTS = ['ciphers', 'supported_groups'];", 'ciphers supported_groups', true],
  ["const LISTS = 'ciphers supported_groups'.split(' ');", 'ciphers supported_groups', true],
])('named options and lists are found in %s', (code, names, isList) => {
  const found = optionsNamedIn('src/model/a.ts', code);
  expect(found.map(({ name }) => name).join(' ')).toBe(names);
  expect(found.every((one) => one.isListed === isList)).toBe(true);
});
