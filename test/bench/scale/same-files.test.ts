import 'reflect-metadata';

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ExtendedKeyUsage, ExtendedKeyUsageExtension, X509CertificateGenerator } from '@peculiar/x509';

import { type DeliveredFile, differences, filesIn } from '../../../bench/scale/same-files';
import { scriptText } from '../../support/installing/script-text';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'erlang-tls-same-files-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string, mode: number): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
  chmodSync(join(directory, name), mode);
}

test('files and install scripts bring the same files under the same names', () => {
  write('app@h1/vm.args', '-proto_dist inet_tls\n', 0o644);
  const plain = filesIn(directory);
  expect([...plain]).toEqual([['app@h1/vm.args', { mode: '0644', text: '-proto_dist inet_tls\n' }]]);

  rmSync(join(directory, 'app@h1'), { recursive: true });
  const file = {
    name: 'vm.args',
    mode: '0644',
    content: '-proto_dist inet_tls\n',
    checksum: '00',
    readAtBoot: true,
    isCommon: true,
  };
  const script = { subject: 'app@h1', installDirectory: '/etc/app', owner: '', reload: '', files: [file] };
  write('app@h1.sh', scriptText(script).replaceAll('$${', '${').replaceAll('%%{', '%{'), 0o600);
  expect(differences(plain, filesIn(directory))).toEqual([]);
});

const files = (text: string, mode = '0644'): ReadonlyMap<string, DeliveredFile> =>
  new Map([['app@h1/file', { mode, text }]]);

test.each([
  ['another byte', files('a\n'), files('b\n')],
  ['another mode', files('a\n'), files('a\n', '0600')],
  ['a missing file', files('a\n'), new Map<string, DeliveredFile>()],
  ['a file more', new Map<string, DeliveredFile>(), files('a\n')],
])('%s is a difference', (_title, one, other) => {
  expect(differences(one, other)).toEqual([expect.stringMatching(/^app@h1\/file: .* here, .* there$/)]);
});

interface Said {
  readonly name: string;
  readonly uses: ExtendedKeyUsage[];
  readonly hours: number;
}

const SAID: Said = { name: 'CN=h1', uses: [ExtendedKeyUsage.serverAuth], hours: 24 };

async function certificate({ name, uses, hours }: Said): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notBefore = new Date('2026-01-01T00:00:00Z');
  const made = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    notBefore,
    notAfter: new Date(notBefore.getTime() + hours * 3_600_000),
    signingAlgorithm: algorithm,
    extensions: [new ExtendedKeyUsageExtension(uses)],
  });
  return `${made.toString('pem')}\n`;
}

test('certificates that say the same are the same, whatever their keys and numbers', async () => {
  const [one, other] = [await certificate(SAID), await certificate(SAID)];
  expect(one).not.toBe(other);
  expect(differences(files(one), files(other))).toEqual([]);
});

test.each<[string, Partial<Said>]>([
  ['another name', { name: 'CN=h2' }],
  ['another use', { uses: [ExtendedKeyUsage.clientAuth] }],
  ['another lifetime', { hours: 25 }],
])('a certificate with %s is a difference', async (_title, change) => {
  const [one, other] = [await certificate(SAID), await certificate({ ...SAID, ...change })];
  expect(differences(files(one), files(other))).toHaveLength(1);
});
