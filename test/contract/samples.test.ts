/** What the pages of the platforms show is what the library writes. */
import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { App, TerraformStack } from 'cdktf';
import {
  Delivery,
  type DistributionOptions,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { EjabberdStack } from '../../examples/ejabberd/stack';
import { ElixirReleaseStack } from '../../examples/elixir-release/stack';
import { EmqxStack } from '../../examples/emqx/stack';
import { ErlStack } from '../../examples/erl/stack';
import { MongooseImStack } from '../../examples/mongooseim/stack';
import { RabbitMqStack } from '../../examples/rabbitmq/stack';
import { RelxReleaseStack } from '../../examples/relx-release/stack';
import { VerneMqStack } from '../../examples/vernemq/stack';
import { couchDb } from '../../src/model/platforms/couchdb';
import { tablesOf } from './markdown';
import { readRepository, type TextFile } from './repository';
import { blocksOf } from './snippets';

const PAGES = readRepository('docs/*.md', 'README.md');

const COUCHDB = {
  platform: Platform.couchDb({ plainTextNodes: ['clouseau@127.0.0.1'] }),
  installDirectory: '/etc/couchdb/tls',
};
const MONGOOSEIM = { platform: Platform.mongooseIm(), installDirectory: '/etc/mongooseim/tls' };
/** The form that every OTP release takes. */
const MONGOOSEIM_WITH_FILE = { ...MONGOOSEIM, platform: Platform.mongooseIm({ optionFile: true }) };

/** Each page with each text that the stack of its example puts on nodes. */
const EXAMPLES = Object.entries({
  ejabberd: EjabberdStack,
  'elixir-release': ElixirReleaseStack,
  emqx: EmqxStack,
  erl: ErlStack,
  mongooseim: MongooseImStack,
  rabbitmq: RabbitMqStack,
  'relx-release': RelxReleaseStack,
  vernemq: VerneMqStack,
}).flatMap(([name, ExampleStack]) => {
  const stack = new ExampleStack(new App(), name);
  return textsOf(stack).map((text): [string, string] => [`docs/platforms/${name}.md`, text]);
});

describe('sample texts', () => {
  const couchDbCluster = cluster(COUCHDB);
  const [couchDbNode] = couchDbCluster.nodes;
  const withoutEpmd = cluster({ ...COUCHDB, distribution: { portWithoutEpmd: 9100 } });
  const [flat] = cluster({ ...MONGOOSEIM, distribution: { firstPort: 30000, lastPort: 30100 } }).nodes;
  const [withFile] = cluster(MONGOOSEIM_WITH_FILE).nodes;

  test.each([
    ['docs/platforms/couchdb.md', 'erlang', couchDbNode?.optionFile?.text],
    ['docs/platforms/couchdb.md', 'erlang', couchDbCluster.tools?.optionFile.text],
    ['docs/platforms/couchdb.md', 'text', couchDbNode?.bootFiles[0]?.text],
    ['docs/platforms/couchdb.md', 'text', `${couchDbCluster.tools?.command}\n`],
    ['docs/platforms/couchdb.md', 'text', `${withoutEpmd.tools?.command}\n`],
    ['docs/distribution.md', 'erlang', couchDbNode?.optionFile?.text],
    ['docs/platforms/mongooseim.md', 'text', flat?.bootFiles[0]?.text],
    ['docs/platforms/mongooseim.md', 'erlang', withFile?.optionFile?.text],
  ])('%s shows the rendered text as %s', (path, info, text) => {
    const shown = blocksOf(page(path)).filter((block) => block.info === info);
    expect(shown.map((block) => block.text)).toContain(text);
  });

  test.each(EXAMPLES)('%s shows every text of its example and the command', (path, text) => {
    expect(blocksOf(page(path)).map((block) => block.text)).toContain(text);
  });

  test('docs/identity.md shows the allow expression of an example', () => {
    const [erl] = new ErlStack(new App(), 'erl').node.findAll().filter((construct) => construct instanceof TlsCluster);
    const shown = blocksOf(page('docs/identity.md')).map(({ text }) => text);
    expect(shown).toContain(`${erl?.allowExpression}\n`);
  });

  test.each(readRepository('examples/secret-stores/host').map(({ path, text }) => [path, text]))(
    'docs/secret-stores.md shows %s as it is',
    (_path, text) => {
      expect(blocksOf(page('docs/secret-stores.md')).map((block) => block.text)).toContain(text);
    },
  );

  test('no page shows any other option file', () => {
    const rendered = [couchDbNode?.optionFile?.text, couchDbCluster.tools?.optionFile.text, withFile?.optionFile?.text];
    rendered.push(...EXAMPLES.map(([, text]) => text));
    const shown = PAGES.flatMap(blocksOf).filter(({ info }) => info === 'erlang');
    expect(shown.filter(({ text }) => !rendered.includes(text))).toEqual([]);
  });
});

describe.each([
  ['docs/platforms/couchdb.md', COUCHDB, 5],
  ['docs/platforms/mongooseim.md', MONGOOSEIM_WITH_FILE, 3],
] as const)('the hardening table in %s', (path, props, length) => {
  const [rows = []] = tablesOf(page(path), 'Hardening');

  test('has the expected number of rows', () => {
    expect(rows).toHaveLength(length);
  });

  test.each(rows)('%s on OTP %s adds %s', (property, releases, rendered) => {
    const [distribution = ''] = codeIn(property);
    for (const release of releases.split(' to ')) {
      const otp = OtpRelease.of(release);
      const options = literal(distribution) as DistributionOptions;
      const without = flagsOf({ ...props, otp });
      const added = flagsOf({ ...props, otp, distribution: options }).filter((line) => !without.includes(line));
      expect(added).toEqual(codeIn(rendered));
    }
  });
});

describe('the tables of patterns in docs/platforms/couchdb.md', () => {
  const [patterns = [], refused = []] = tablesOf(page('docs/platforms/couchdb.md'), 'Nodes without TLS');

  test.each(patterns)('%s is rendered as %s, and matches as the table says', (written, rendered, matching, other) => {
    const [pattern = ''] = codeIn(written);
    const platform = Platform.couchDb({ plainTextNodes: [pattern] });
    expect(flagsOf({ ...COUCHDB, platform })).toContain(`-couch_dist no_tls ${codeIn(rendered)[0]}`);
    const expression = new RegExp(couchDb({ plainTextNodes: [pattern] }).plainTextNodes?.[0]?.expression ?? '', 'u');
    expect(codeIn(matching).filter((name) => !expression.test(name))).toEqual([]);
    expect(codeIn(other).filter((name) => expression.test(name))).toEqual([]);
  });

  test.each(refused.filter(([, code]) => code === '`node-pattern-illegal`'))('%s are refused', (written) => {
    for (const pattern of codeIn(written)) {
      expect(() => Platform.couchDb({ plainTextNodes: [pattern] })).toThrow(/^node-pattern-illegal: /);
    }
  });
});

function textsOf(stack: TerraformStack): string[] {
  const declared = stack.node.findAll().find((construct) => construct instanceof TlsCluster);
  const [node] = declared?.nodes ?? [];
  const files = [
    node?.optionFile,
    ...(node?.bootFiles ?? []),
    declared?.tools?.optionFile,
    ...(declared?.tools?.bootFiles ?? []),
  ];
  return [...files.flatMap((file) => file?.text ?? []), `${declared?.tools?.command}\n`];
}

function page(path: string): TextFile {
  const found = PAGES.find((one) => one.path === path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return found;
}

type Wanted = Pick<TlsClusterProps, 'platform' | 'installDirectory'> & Partial<TlsClusterProps>;

function cluster(wanted: Wanted): TlsCluster {
  const stack = new TerraformStack(new App(), 'samples');
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  return new TlsCluster(stack, 'samples', {
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'node@db1.example.com' }],
    delivery: Delivery.localFiles({ outputDirectory: 'out' }),
    ...wanted,
  });
}

function flagsOf(wanted: Wanted): string[] {
  return (cluster(wanted).nodes[0]?.bootFiles[0]?.text ?? '').trimEnd().split('\n');
}

/** The code spans of a cell. */
function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));
}

/** An object as one writes it in TypeScript: `{ firstPort: 9100 }`. */
function literal(text: string): unknown {
  return JSON.parse(text.replace(/(\w+):/g, '"$1":').replaceAll("'", '"'));
}
