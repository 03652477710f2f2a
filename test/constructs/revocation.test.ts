import { TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  CrlCheck,
  Delivery,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { signedList } from '../../src/cli/list-signer';
import { readCertificate } from '../../src/model/x509/certificate-reader';
import { readCrl } from '../../src/model/x509/crl-reader';
import { readPem } from '../../src/model/x509/pem-reader';
import { writePem } from '../../src/model/x509/pem-writer';
import { emptyStack, Template } from '../support/stacks/template';
import { authority, type Issued } from '../support/x509/issued';
import { revocationList } from '../support/x509/revocation-list';

const OUT = '/srv/out';
const LIST = revocationList();

function props(over: Partial<TlsClusterProps> = {}): TlsClusterProps {
  return {
    platform: Platform.couchDb(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'couchdb@db1.example.com' }, { name: 'couchdb@db2.example.com', installDirectory: '/own' }],
    installDirectory: '/etc/couchdb/tls',
    delivery: Delivery.localFiles({ outputDirectory: OUT }),
    revocation: { lists: [LIST] },
    ...over,
  };
}

const synth = (over: Partial<TlsClusterProps> = {}): Template =>
  Template.of((stack) => new TlsCluster(stack, 'c', props(over)));

/** The name of a list in the directory of a node. */
const nameIn = (files: Readonly<Record<string, unknown>>, node: string): string[] =>
  Object.keys(files).filter((file) => file.startsWith(`${node}/crls/`));

test('every node and the tools get the list before what it is needed for, under the hash of its CA', () => {
  const files = synth().files(OUT);
  for (const member of ['couchdb@db1.example.com', 'couchdb@db2.example.com', 'tools']) {
    const [list = '', ...others] = nameIn(files, member);
    expect([list, others]).toEqual([expect.stringMatching(/\/crls\/[0-9a-f]{8}\.r0$/), []]);
    expect(files[list]).toBe(LIST);
  }
  const cluster = new TlsCluster(emptyStack(), 'c', props());
  expect(cluster.nodes[0]?.files[0]?.path).toMatch(/^\/etc\/couchdb\/tls\/crls\//);
});

test('both sides of each node check the lists in its own directory', () => {
  const { nodes, tools } = new TlsCluster(emptyStack(), 'c', props({ tls: { crlCheck: CrlCheck.CHAIN } }));
  const texts = [...nodes, tools].map((one) => one?.optionFile?.text ?? '');
  for (const [index, directory] of ['/etc/couchdb/tls', '/own', '/etc/couchdb/tls/tools'].entries()) {
    expect(texts[index]).toContain('{crl_check,true}');
    expect(texts[index]).toContain(`{crl_cache,{ssl_crl_hash_dir,{internal,[{dir,"${directory}/crls"}]}}}`);
  }
});

test('the text around a list stays behind, because OTP fails on it', () => {
  const files = synth({ revocation: { lists: [`Certificate Revocation List (CRL):\n${LIST}\nend\n`] } }).files(OUT);
  expect(files[nameIn(files, 'tools')[0] ?? '']).toBe(LIST);
});

test('an install script carries the list', () => {
  const delivery = Delivery.installScript({ outputDirectory: OUT });
  const text = synth({ delivery }).files(OUT)['couchdb@db2.example.com.sh'];
  expect(text).toMatch(/name='crls\/[0-9a-f]{8}\.r0' mode=0644 boot=no/);
});

test('a plan with a list that is out of date is refused, and one with little time left warns', () => {
  const { condition, error_message: message } = guardOf(synth())[0] ?? {};
  expect(condition).toMatch(
    /^\$\{\(terraform\.workspace != "" && \(timecmp\("2027-01-31T00:00:00Z", plantimestamp\(\)\) == 1\)\)\}$/,
  );
  expect(message).toContain('crl-expired: every node "OU=generation 1, CN=CouchDB Root CA" has a revocation list');
  const assertions = alarmsOf(synth());
  expect(assertions).toContain('revocation list of \\\\\\"OU=generation 1, CN=CouchDB Root CA');
  // A third of thirty days.
  expect(assertions).toContain('240h');
  expect(alarmsOf(synth({ expiryAlarms: { crlHours: 100 } }))).toContain('100h');
});

test('best effort needs no list, and warns all the same', () => {
  const template = synth({ revocation: { lists: [] }, tls: { crlCheck: CrlCheck.UNSAFE_BEST_EFFORT } });
  expect(guardOf(template)).toEqual([]);
  const expiring = synth({ tls: { crlCheck: CrlCheck.UNSAFE_BEST_EFFORT } });
  expect(guardOf(expiring)).toEqual([]);
  expect(alarmsOf(expiring)).toContain('240h');
});

test('lists that only Terraform knows have a name, a line break at their end, and a condition on their form', () => {
  const template = Template.of((stack) => {
    const list = new TerraformVariable(stack, 'list', { type: 'string' }).stringValue;
    return new TlsCluster(stack, 'c', props({ revocation: { listsByHash: { '0123abcd': list } } }));
  });
  const content = template.files(OUT)['tools/crls/0123abcd.r0'] ?? '';
  expect(content).toMatch(/^\$\{trimspace\(local\.[\w-]+\)\}\n$/);
  const [condition] = guardOf(template);
  expect(condition?.condition).toContain(`startswith(${content.slice(2, -2)}, "-----BEGIN X509 CRL-----")`);
  expect(condition?.error_message).toContain('revocation-list-illegal: revocation.listsByHash[');
});

test.each<[string, CaGeneration[], Partial<TlsClusterProps>]>([
  ['one that is only trusted has not signed yet', [CaGeneration.signing('1'), CaGeneration.trusted('2')], {}],
  ['a retired one signs for nobody', [CaGeneration.retired('0'), CaGeneration.signing('1')], {}],
])('a generation needs no list: %s', (_title, generations, over) => {
  expect(() => synth({ certificateAuthority: { generations }, ...over })).not.toThrow();
});

test.each<[string, CaGeneration[], string, string | undefined]>([
  ['the next one signs', [CaGeneration.trusted('1'), CaGeneration.signing('2')], '2', undefined],
  ['the one before is still shown', [CaGeneration.trusted('0'), CaGeneration.signing('1')], '0', undefined],
  ['a node tries the next one', [CaGeneration.signing('1'), CaGeneration.trusted('2')], '2', '2'],
])('a generation needs a list: %s', (_title, generations, missing, signedBy) => {
  const nodes = [{ name: 'couchdb@db1.example.com', signedBy }];
  expect(() => synth({ certificateAuthority: { generations }, nodes })).toThrow(
    `revocation-list-missing: CA generation "${missing}" signs certificates that nodes show`,
  );
});

test('a list of the name that Terraform gives the CA is found, whatever its letters', () => {
  const commonName = 'ACME  Root É';
  const list = revocationList({
    name: [
      ['2.5.4.11', 'Generation 1'],
      ['2.5.4.3', 'acme root É'],
    ],
  });
  expect(readCrl(readPem(list).blocks[0]?.der ?? new Uint8Array())?.issuerText).toBe('OU=Generation 1, CN=acme root É');
  expect(() => synth({ certificateAuthority: { commonName }, revocation: { lists: [list] } })).not.toThrow();
});

test('a CA that exists already needs a list of its own key, and with CHAIN the root above it as well', () => {
  const root = authority('Company Root');
  const middle = authority('Company CA', root);
  const [ofRoot, ofMiddle] = [listBy(root), listBy(middle)];
  const declared = (lists: string[], crlCheck: CrlCheck): Template =>
    Template.of((stack) => {
      const privateKeyPem = new TerraformVariable(stack, 'key', { sensitive: true }).stringValue;
      const { certificatePem } = middle;
      const source = CaSource.imported({ certificatePem, chainPem: root.certificatePem, privateKeyPem });
      const certificateAuthority = { generations: [CaGeneration.signing('1', { source })] };
      return new TlsCluster(stack, 'c', props({ certificateAuthority, revocation: { lists }, tls: { crlCheck } }));
    });
  expect(() => declared([ofMiddle], CrlCheck.PEER)).not.toThrow();
  expect(() => declared([ofMiddle], CrlCheck.CHAIN)).toThrow(
    'revocation-list-missing: CN=Company Root, above CA generation "1" signs certificates that nodes show',
  );
  expect(() => declared([ofMiddle, ofRoot], CrlCheck.CHAIN)).not.toThrow();
});

function listBy({ certificatePem, keyPem }: Issued): string {
  const certificate = readCertificate(readPem(certificatePem).blocks[0]?.der ?? new Uint8Array());
  if (certificate === undefined) throw new Error(certificatePem);
  const content = { number: 1n, thisUpdate: Date.UTC(2027, 0, 1), nextUpdate: Date.UTC(2027, 0, 31), entries: [] };
  return writePem('X509 CRL', signedList(certificate, keyPem, content));
}

interface Condition {
  readonly condition?: string;
  readonly error_message?: string;
}

function guardOf(template: Template): readonly Condition[] {
  const found = Object.entries(template.resources('terraform_data')).find(([name]) => name.includes('_Revocation_'));
  const { lifecycle } = (found?.[1] ?? {}) as { lifecycle?: { precondition: Condition[] } };
  return lifecycle?.precondition ?? [];
}

function alarmsOf({ text }: Template): string {
  return JSON.stringify((JSON.parse(text) as { check: unknown }).check);
}
