import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { signatures } from '../../../src/crypto/signatures';
import { HOUR } from '../../../src/model/x509/calendar';
import { readCertificate } from '../../../src/model/x509/certificate-reader';
import { type CrlFacts, readCrl } from '../../../src/model/x509/crl-reader';
import { readPem } from '../../../src/model/x509/pem-reader';
import { checkout } from '../../contract/repository';
import { runCli } from '../../support/cli/run-cli';
import { openssl } from '../../support/programs/openssl';
import { requires } from '../../support/programs/requires';
import { authority, leaf } from '../../support/x509/issued';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'erlang-tls-crl-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const NOW = Date.parse('2027-01-01T00:00:00Z');
const CA = authority('Site CA');
const OTHER = authority('Other CA');
const NODE = leaf('db1.x.test', CA);
const RENEWED = leaf('db1.x.test', CA);
const STRANGER = leaf('db1.x.test', OTHER);

test('makes a list with the key in a state, and grows it', async () => {
  const state = stateWith('state.json', CA, NODE);
  const first = listIn(await made([`--state=${state}`, '--next-update=48']));
  expect([first.number, first.nextUpdate, [...first.revoked]]).toEqual([1n, NOW + 48 * HOUR, []]);
  expect(signatures().isListSignedBy(first, certificateOf(CA))).toBe(true);

  const before = written('before.pem', await made([`--state=${state}`, '--revoke=node@db1.x.test']));
  const grown = listIn(await made([`--state=${state}`, `--previous=${before}`, '--revoke=0xff', '--revoke=ab:cd']));
  expect([grown.number, [...grown.revoked]]).toEqual([2n, [serialOf(NODE), '00ff', '00abcd']]);
});

test('revokes every certificate that older states gave to a node', async () => {
  const states = [stateWith('now.json', CA, RENEWED), stateWith('old.json', CA, NODE)].map((one) => `--state=${one}`);
  const { revoked } = listIn(await made([...states, '--revoke=node@db1.x.test', '--reason=keyCompromise']));
  expect(revoked).toEqual(new Set([serialOf(RENEWED), serialOf(NODE)]));
});

test('keeps an entry as it was, and lists no serial number twice', async () => {
  const state = stateWith('state.json', CA, NODE);
  const pair = written('node.pem', NODE.keyPem + NODE.certificatePem);
  const before = await made([`--state=${state}`, `--revoke=${pair}`]);
  const previous = written('before.pem', before);
  const args = [`--state=${state}`, `--previous=${previous}`, `--revoke=${pair}`, `--revoke=${serialOf(NODE)}`];
  const again = listIn(await made([...args, '--reason=superseded']));
  expect(again.entries).toEqual(listIn(before).entries);
});

test.each<[string, () => string[], string]>([
  ['neither a CA nor a state', () => [], 'give --ca with the key on standard input, or --state'],
  ['an operand', () => ['x.pem'], 'x.pem is not an option: write --revoke=FILE'],
  ['an unknown reason', () => ['--reason=lost'], '--reason=lost is unknown: use keyCompromise'],
  ['a time that is over', () => ['--next-update=2026-12-31'], '--next-update=2026-12-31 is no time in the next'],
  ['no time at all', () => ['--next-update=soon'], 'use hours, such as 720, or a time, such as 2027-01-31'],
  ['a list for no time', () => ['--next-update=0'], '--next-update=0 is no time'],
  ['a state without the key', () => [withoutKey()], 'the state does not have the key of CN=Site CA'],
  [
    'a state of two CAs',
    () => [twoCas()],
    'use --generation, or --ca with its certificate; CAs in the state: CN=Site CA;',
  ],
  ['an unknown generation', () => [twoCas(), '--generation=x'], 'exactly one CA of generation x'],
  ['a generation without a state', () => ['--ca=x', '--generation=x'], '--generation is for a CA in --state'],
  ['a node instead of a CA', () => [ofSite(), certificateFile(NODE)], 'CN=db1.x.test is not that of a CA'],
  [
    'the CA itself',
    () => [ofSite(), revoked(CA.certificatePem)],
    'is the CA itself, which no list of its own can revoke',
  ],
  [
    'a certificate of another CA',
    () => [ofSite(), revoked(STRANGER.certificatePem)],
    'has a certificate of CN=Other CA',
  ],
  ['what is nothing', () => [ofSite(), '--revoke=node@db7'], 'nodes in the state: node@db1.x.test'],
  ['the serial number 0', () => [ofSite(), '--revoke=0'], '--revoke=0 is no file, no serial number in hexadecimal'],
  ['a file with a key alone', () => [ofSite(), revoked(NODE.keyPem)], 'has no certificate that can be read'],
  ['an emptied list', () => [ofSite(), previous('')], 'is empty: send the output to another file, and rename that'],
  ['no list', () => [ofSite(), previous(NODE.keyPem)], 'does not have exactly one revocation list'],
])('%s is refused: exit code 2, no list, and no key in the message', async (_title, args, message) => {
  const { exitCode, out, err } = await runCli(['crl', ...args()], { now: NOW });
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(message)]);
  expect(err).not.toContain('PRIVATE KEY');
});

test('a previous list of another CA is refused', async () => {
  const foreign = previous(await made([`--state=${stateWith('other.json', OTHER, STRANGER)}`]));
  const { exitCode, err } = await runCli(['crl', ofSite(), foreign], { now: NOW });
  expect([exitCode, err]).toEqual([
    2,
    expect.stringContaining('is a list of CN=Other CA, and not signed by CN=Site CA'),
  ]);
});

requires('openssl')('a CA by openssl', () => {
  const USES = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext'];
  const BOTH = 'keyUsage=critical,keyCertSign,cRLSign';

  test.each<[string, string[]]>([
    ['RSA', ['rsa:2048']],
    ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ['P-521', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521']],
    ['Ed25519', ['ed25519']],
  ])('signs a list with %s that openssl verifies and reads', async (kind, key) => {
    const [ca, state] = rootBy(`${kind} CA`, key, BOTH);
    const list = await made([`--state=${state}`, `--ca=${ca}`, '--revoke=ab', '--reason=keyCompromise']);
    const text = openssl(['crl', '-noout', '-text', '-verify', '-CAfile', ca], list);
    for (const part of ['Version 2', 'Authority Key Identifier', 'CRL Number', 'Serial Number: AB', 'Key Compromise']) {
      expect(text).toContain(part);
    }
  });

  test('that may not sign lists is refused', async () => {
    const [, state] = rootBy('Some CA', ['ed25519'], 'keyUsage=critical,keyCertSign');
    const { exitCode, err } = await runCli(['crl', `--state=${state}`], { now: NOW });
    expect([exitCode, err]).toEqual([2, expect.stringContaining('crl-issuer-cannot-sign: --ca "CN=Some CA"')]);
  });

  function rootBy(name: string, key: readonly string[], usage: string): [certificate: string, state: string] {
    const [file, keyFile] = [join(directory, 'ca.pem'), join(directory, 'ca.key')];
    const self = ['req', '-x509', '-nodes', '-days', '300', '-subj', `/CN=${name}`, '-newkey', ...key];
    openssl([...self, '-keyout', keyFile, '-out', file, ...USES, usage]);
    const [certificatePem, keyPem] = [readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8')];
    return [file, written('ca.json', stateOf(resourcesOf({ certificatePem, keyPem })))];
  }
});

test('reads a key from standard input, and refuses one of another CA and one that is encrypted', () => {
  const locked = createPrivateKey(CA.keyPem)
    .export({ ...PKCS8, cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
  const answers = [CA.keyPem, OTHER.keyPem, locked].map((input) => {
    const tool = join(checkout, 'node_modules/.bin/tsx');
    const command = ['--tsconfig', 'tsconfig.dev.json', 'src/cli/main.ts', 'crl', certificateFile(CA)];
    const { status, stdout, stderr } = spawnSync(tool, command, { cwd: checkout, encoding: 'utf8', input });
    return [status, stdout.split('\n')[0], stderr];
  });
  expect(answers).toEqual([
    [0, '-----BEGIN X509 CRL-----', expect.stringContaining('List of CN=Site CA: 0 revoked')],
    [2, '', expect.stringContaining('does not belong to the certificate of CN=Site CA')],
    [2, '', expect.stringContaining('the key is encrypted: decrypt it on the way, with openssl pkey')],
  ]);
});

const PKCS8 = { type: 'pkcs8', format: 'pem' } as const;

type Made = Pick<typeof CA, 'certificatePem' | 'keyPem'>;

async function made(args: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await runCli(['crl', ...args], { now: NOW });
  expect([exitCode, err]).toEqual([
    0,
    expect.stringMatching(/^List of CN=[\w-]+ CA: \d+ revoked, \d+ of them new\. Next /),
  ]);
  return out;
}

function listIn(pem: string): CrlFacts {
  const list = readCrl(readPem(pem).blocks[0]?.der ?? new Uint8Array());
  if (list === undefined) throw new Error(pem);
  return list;
}

function certificateOf({ certificatePem }: Made): NonNullable<ReturnType<typeof readCertificate>> {
  const certificate = readCertificate(readPem(certificatePem).blocks[0]?.der ?? new Uint8Array());
  if (certificate === undefined) throw new Error(certificatePem);
  return certificate;
}

function serialOf(one: Made): string {
  return certificateOf(one).serialNumber;
}

function ofSite(): string {
  return `--state=${stateWith('state.json', CA, NODE)}`;
}

function withoutKey(): string {
  return `--state=${stateWith('none.json', { ...CA, keyPem: OTHER.keyPem }, NODE)}`;
}

function twoCas(): string {
  return `--state=${written('two.json', stateOf([...resourcesOf(CA), ...resourcesOf(OTHER)]))}`;
}

function certificateFile({ certificatePem }: Made): string {
  return `--ca=${written('certificate.pem', certificatePem)}`;
}

function revoked(pem: string): string {
  return `--revoke=${written('revoked.pem', pem)}`;
}

function previous(pem: string): string {
  return `--previous=${written('previous.pem', pem)}`;
}

function stateWith(name: string, ca: Made, node: Made): string {
  const file = { filename: 'out/node@db1.x.test/node.pem', content: node.keyPem + node.certificatePem };
  return written(name, stateOf([...resourcesOf(ca), ['local_sensitive_file', file]]));
}

function resourcesOf({ certificatePem, keyPem }: Made): [string, object][] {
  return [
    ['tls_private_key', { private_key_pem: keyPem }],
    ['tls_self_signed_cert', { cert_pem: certificatePem }],
  ];
}

function stateOf(resources: readonly [string, object][]): string {
  const all = resources.map(([type, values], index) => ({
    address: `${type}.r${index}`,
    mode: 'managed',
    type,
    values,
  }));
  return JSON.stringify({ format_version: '1.0', values: { root_module: { resources: all } } });
}

function written(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}
