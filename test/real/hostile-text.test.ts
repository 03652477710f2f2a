/**
 * What the laws of hostile text accept, through real Terraform to real nodes. Where one reader was left out of account, a node does not
 * find its files, or does not boot, or knows another value than the one that was typed.
 *
 * Cookies are not among the places: the library writes none.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterNode } from 'cdktf-erlang-tls';

import { withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { deliveredAs, Deployment } from '../support/stacks/deployment';
import { everyLink, kindsOf, startDeployed } from '../support/stacks/running-cluster';
import { HOSTILE } from '../support/texts/hostile';

const SLOW_MS = 240_000;

/** What a file name, a flag's value and a common name may hold alike. */
const CARRIED = Object.values(HOSTILE).filter(
  (text) => text === text.normalize('NFC') && !/[\p{Cc}\p{Cs}/]/u.test(text) && text.length <= 40,
);

/** Two of them in each directory; the second one in front of a letter. */
const DIRECTORIES = pairsOf(CARRIED).map(([one, other]) => `${one} ${other}a`);
const HOSTS = DIRECTORIES.map((_, index) => `h${index}.x.test`);
/** So many run at once, and each dials every other one. */
const GROUP = 3;

/** As values of a flag control characters are carried too. What begins with a sign would be a flag. */
const VALUES = ['', '\n', '\r\n', '\t', '\x1b[31m', '\x7f', '\x9b31m', 'x'.repeat(300), ...CARRIED].filter(
  (text) => !/^[-+]/.test(text),
);

requires(
  'terraform',
  'go',
  'erl',
  'openssl',
)('hostile text that was accepted', () => {
  let deployment: Deployment;
  let cluster: TlsCluster;

  beforeAll(async () => {
    ({
      deployment,
      clusters: { cluster },
    } = await Deployment.of((stack, target) => ({
      cluster: new TlsCluster(stack, 'cluster', {
        platform: Platform.mongooseIm({ optionFile: true }),
        otp: OtpRelease.OTP_25,
        nodes: DIRECTORIES.map((directory, index) => ({
          name: `node@${HOSTS[index]}`,
          installDirectory: target.path(directory),
          commonName: commonNameOf(directory),
        })),
        flags: [{ name: 'x_hostile', values: VALUES }],
        installDirectory: target.path('tools'),
        delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/"a" 'b' \${c} %{d} # é 🦕` }),
      }),
    })));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test('has enough samples to be meaningful', () => {
    expect(DIRECTORIES.length).toBeGreaterThanOrEqual(15);
    expect(VALUES.length).toBeGreaterThanOrEqual(30);
  });

  test('is in the certificates unchanged', () => {
    const missing = DIRECTORIES.filter((directory, index) => {
      const bundle = readFileSync(deliveredAs('node.pem', nodeAt(cluster, index)), 'utf8');
      const { raw } = new X509Certificate(bundle.slice(bundle.indexOf('-----BEGIN CERTIFICATE')));
      const commonName = Buffer.from(commonNameOf(directory));
      // DER encodes a string as its length and its bytes. Programs that print names escape them, each in a different way.
      return !raw.includes(Buffer.of(commonName.length, ...commonName));
    });
    expect(missing).toEqual([]);
  });

  onEachRuntime('in directories, flags and common names', (runtime) => {
    test.each(groupsOf(DIRECTORIES.length).map((group) => [group]))(
      'lets nodes %j find their files, read the flag, and use TLS',
      (group) =>
        withCluster({ hosts: group.map((index) => HOSTS[index] ?? '') }, async (erlang) => {
          const nodes = await Promise.all(group.map((index) => startDeployed(erlang, nodeAt(cluster, index), runtime)));
          expect(kindsOf(await everyLink(nodes))).toEqual(['tls']);
          for (const node of nodes) {
            expect(decoded(await node.evalText(VALUES_EXPRESSION))).toEqual(VALUES);
          }
        }),
      SLOW_MS,
    );
  });
});

function commonNameOf(directory: string): string {
  return `CN ${directory}`;
}

/** The values of the flag, one a line, each as its code points. */
const VALUES_EXPRESSION = `{ok, [Values]} = init:get_argument(x_hostile),
  lists:join($\\n, [lists:join($,, [integer_to_list(C) || C <- Value]) || Value <- Values])`;

function decoded(answer: string): string[] {
  return answer.split('\n').map((line) => (line === '' ? '' : String.fromCodePoint(...line.split(',').map(Number))));
}

function nodeAt({ nodes }: TlsCluster, index: number): TlsClusterNode {
  const node = nodes[index];
  if (node === undefined) throw new Error(`no node ${index}`);
  return node;
}

function pairsOf(texts: readonly string[]): (readonly [string, string])[] {
  return texts.flatMap((one, index) => (index % 2 === 0 ? [[one, texts[index + 1] ?? ''] as const] : []));
}

/** Groups of that size or one more, so that no node is alone. */
function groupsOf(count: number): number[][] {
  const groups = Array.from({ length: Math.floor(count / GROUP) }, (): number[] => []);
  for (let index = 0; index < count; index += 1) groups[index % groups.length]?.push(index);
  return groups;
}
