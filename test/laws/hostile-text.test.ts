/**
 * Whatever is given as a name, a path, a pattern or a value is refused with a word about it, or arrives exactly: in the synthesized JSON,
 * as Terraform reads it, as the reader of that file reads it.
 *
 * Cookies are not among the places: the library writes none.
 */
import { resolve } from 'node:path';

import {
  CaGeneration,
  CertificateAuthority,
  type CouchDbOptions,
  Delivery,
  NodeCertificate,
  type NodeFile,
  OtpRelease,
  Platform,
  SslDist,
  SslDistOptFile,
  type SslDistOptFileProps,
  TlsCluster,
  type TlsClusterNode,
  type TlsClusterProps,
  TlsVersions,
  ToolCertificate,
  VmArgs,
  type VmArgsProps,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import { CATALOGUE } from '../../src/model/catalogue';
import { groupFlags, readArgsFile } from '../../src/model/erlang/flags/args-file-reader';
import type { Term } from '../../src/model/erlang/terms/term';
import { readTerm } from '../../src/model/erlang/terms/term-reader';
import { InvalidInput } from '../../src/model/findings/finding';
import { expectNone, sampleOf } from '../real/laws/sample';
import { present } from '../support/stacks/present';
import { synthesizable, Synthesized } from '../support/stacks/synthesized';
import { HOSTILE_TEXTS, hostileMixture } from '../support/texts/hostile';

const SLOW_MS = 60_000;
const MIXTURES = 25;

/** A place where a user gives text. */
interface Place {
  /** The value that is given there. @default - the text itself */
  readonly given?: (text: string) => string;
  /** Declares something with the value, and tells how to find it in what was synthesized. */
  readonly declare: (scope: Construct, given: string) => Found;
  /** Some of the texts that must be accepted: a place that refuses all would say nothing. */
  readonly accepts: readonly string[];
}

/** Every occurrence of the value, as its reader understands it and as the user would have typed it. */
type Found = (synthesized: Synthesized) => readonly unknown[];

const inDirectory = (text: string): string => `/t/${text}`;

const PLACES: Readonly<Record<string, Place>> = {
  'the name of a node': {
    given: (text) => `${text}@db1.x.test`,
    declare: (scope, name) => nodeNameFlag(scope, name),
    accepts: ['a', 'n'.repeat(200)],
  },
  'the host of a node': {
    given: (text) => `db@${text}`,
    declare: (scope, name) => {
      const certificate = present(onlyNode(cluster(scope, { nodes: [{ name, id: 'n' }] })).certificate);
      return (synthesized) =>
        [
          synthesized.text(certificate.requestResource, 'dns_names', 0),
          synthesized.text(certificate.requestResource, 'subject', 0, 'common_name'),
        ].map((host) => `db@${host}`);
    },
    accepts: ['x.test', '10.1.2.3'],
  },
  'the id of a node': {
    declare: (scope, id) => {
      const { delivered } = onlyNode(cluster(scope, { nodes: [{ name: 'db@x.test', id }] }));
      return (synthesized) => delivered.resources.map((file) => synthesized.text(file, 'filename').split('/').at(-2));
    },
    accepts: ['a', 'a..a', 'a@a'],
  },
  'the install directory of a cluster': {
    given: inDirectory,
    declare: (scope, installDirectory) => pathsOf(onlyNode(cluster(scope, { installDirectory }))),
    accepts: ['a b', "a'", 'a"', '${x}', '%{x}', 'a#', '-x', '\u05e9', '\u00a0', 'x'.repeat(300)],
  },
  'the install directory of a node': {
    given: inDirectory,
    declare: (scope, installDirectory) =>
      pathsOf(
        onlyNode(
          cluster(scope, {
            platform: Platform.mongooseIm({ optionFile: true }),
            nodes: [{ name: 'db@x.test', installDirectory }],
          }),
        ),
      ),
    accepts: ['a b', "a'", 'a"', '${x}', '%{x}', 'a#', '-x', '\u05e9'],
  },
  'the install directory of a cluster with flat options': {
    given: inDirectory,
    declare: (scope, installDirectory) => {
      const platform = Platform.mongooseIm();
      const tls = { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY };
      const node = onlyNode(cluster(scope, { platform, tls, installDirectory }));
      return (synthesized) => {
        const values = flagsIn(synthesized.text(delivered(node, 'vm.dist.args'), 'content')).get('ssl_dist_opt') ?? [];
        return values
          .filter((_, index) => /_(ca)?certfile$/.test(values[index - 1] ?? ''))
          .map((path) => path.slice(0, path.lastIndexOf('/')));
      };
    },
    accepts: ['a b', "a'", 'a"', '${x}', '%{x}', 'a#', '-x'],
  },
  'the install directory of a CouchDB': {
    given: inDirectory,
    declare: (scope, installDirectory) =>
      pathsOf(onlyNode(cluster(scope, { platform: Platform.couchDb(), installDirectory }))),
    accepts: ['a', '-x'],
  },
  'the path of an option file': {
    given: inDirectory,
    declare: (scope, path) => flagValue(scope, { sslDist: SslDist.optFile(path) }, 'ssl_dist_optfile', 0),
    accepts: ['a b', '${x}', '%{x}', 'a"', '\u05e9'],
  },
  'the path of a file with flags': {
    given: inDirectory,
    declare: (scope, path) => {
      const { file } = vmArgs(scope, { path });
      const resource = deliver(scope, file, '/t');
      return (synthesized) => [synthesized.text(resource, 'filename').replace(/^.*\/out\/case-\d+/, '/t')];
    },
    accepts: ['a b', '${x}', '%{x}', 'a"', '\u05e9'],
  },
  'the path of a certificate': {
    given: inDirectory,
    declare: (scope, certfile) => optionValue(scope, { certfile }, 'certfile', pathText),
    accepts: ['a b', '${x}', '%{x}', 'a"', '\u05e9', '\u00a0', '\ufeff'],
  },
  'the path of a key': {
    given: inDirectory,
    declare: (scope, keyfile) => optionValue(scope, { keyfile }, 'keyfile', pathText),
    accepts: ['a b', '${x}', 'a\\'],
  },
  'the path of a CA file': {
    given: inDirectory,
    declare: (scope, cacertfile) => optionValue(scope, { cacertfile }, 'cacertfile', pathText),
    accepts: ['a b', '${x}', 'a\\'],
  },
  'the path of DH parameters': {
    given: inDirectory,
    declare: (scope, dhfile) => {
      const versions = TlsVersions.UNSAFE_TLS_1_2_ONLY;
      return optionValue(scope, { versions, serverOptions: { dhfile } }, 'dhfile', pathText);
    },
    accepts: ['a b', '${x}', 'a\\'],
  },
  'a server name': {
    declare: (scope, serverNameIndication) => {
      const clientOptions = { serverNameIndication };
      return optionValue(scope, { clientOptions }, 'server_name_indication', plainText);
    },
    accepts: ['a'],
  },
  'a cipher suite': {
    declare: (scope, suite) =>
      optionValue(scope, { clientOptions: { ciphers: [suite] } }, 'ciphers', (term) =>
        term.kind === 'list' ? term.elements.map(plainText).join() : plainText(term),
      ),
    accepts: ['a'],
  },
  'a level of the log': {
    declare: (scope, logLevel) =>
      optionValue(scope, { clientOptions: { logLevel } }, 'log_level', (term) =>
        term.kind === 'atom' ? term.name : term.kind,
      ),
    // The levels of `logger` and no other word.
    accepts: ['notice', 'emergency', 'none'],
  },
  'the value of a flag': {
    declare: (scope, value) => flagValue(scope, { flags: [{ name: 'x', values: [value] }] }, 'x', 0),
    accepts: ['', ' ', '\n', '"', "'", '\\', '#', '${x}', '%{x}', '\ufeff', '\x7f', '\u05e9', 'x'.repeat(300)],
  },
  'a value in the midst of others': {
    declare: (scope, value) =>
      flagValue(scope, { flags: [{ name: 'x', values: ['1', '2', '3', value, '5', '6'] }] }, 'x', 3),
    accepts: ['', ' ', '\n', '"', "'", '\\', '#', '${x}', '%{x}', '\ufeff', '\x7f', '\u05e9'],
  },
  'a parameter of the kernel': {
    declare: (scope, parameter) =>
      flagValue(
        scope,
        { distribution: { buffers: false }, flags: [{ name: 'kernel', values: [parameter, '1'] }] },
        'kernel',
        0,
      ),
    // The VM reads the name as a term: a quote alone would stop the kernel.
    accepts: ['a', ' a'],
  },
  'a parameter given twice': {
    declare: (scope, parameter) =>
      flagValue(scope, { flags: [{ name: 'kernel', values: [parameter, '1', parameter, '1'] }] }, 'kernel', 0),
    accepts: [],
  },
  'the name of a flag': {
    declare: (scope, name) => {
      const resource = vmArgsFile(scope, { flags: [{ name, values: ['1'] }] });
      return (synthesized) =>
        [...flagsIn(synthesized.text(resource, 'content')).keys()].filter((flag) => flag === name);
    },
    accepts: ['a', 'B'],
  },
  'the carrier of the distribution': {
    declare: (scope, protoDist) => flagValue(scope, { protoDist }, 'proto_dist', 0),
    accepts: ['a'],
  },
  'the interface': {
    declare: (scope, interfaceAddress) => flagValue(scope, { distribution: { interfaceAddress } }, 'kernel', 5),
    accepts: [],
  },
  'the address of epmd': {
    declare: (scope, epmdAddress) => flagValue(scope, { distribution: { epmdAddress } }, 'env', 1),
    accepts: [],
  },
  'a pattern of nodes in plain text': {
    given: (text) => `clouseau@${text}`,
    declare: (scope, pattern) => patternFlag(scope, { plainTextNodes: [pattern] }),
    accepts: ['a', '*'],
  },
  'the name in a pattern': {
    given: (text) => `${text}@127.0.0.1`,
    declare: (scope, pattern) => patternFlag(scope, { plainTextNodes: [pattern] }),
    accepts: ['a', '*'],
  },
  "a CA's name": {
    declare: (scope, commonName) => {
      const { signingGeneration } = new CertificateAuthority(scope, 'ca', { commonName });
      const certificate = present(signingGeneration?.certificateResource);
      return (synthesized) => [synthesized.text(certificate, 'subject', 0, 'common_name')];
    },
    accepts: ['a b', '"', '${x}', '%{x}', '\\', '🦕', '\u05e9'],
  },
  "a certificate's name": {
    declare: (scope, commonName) => {
      const nodeName = 'db@x.test';
      const { requestResource } = new NodeCertificate(scope, 'n', { issuer: ca(scope), nodeName, commonName });
      return (synthesized) => [synthesized.text(requestResource, 'subject', 0, 'common_name')];
    },
    accepts: ['a b', '"', '${x}', '%{x}', '\\', '🦕', '\u05e9'],
  },
  "a tool's name": {
    declare: (scope, commonName) => {
      const { requestResource } = new ToolCertificate(scope, 'tool', { issuer: ca(scope), commonName });
      return (synthesized) => [synthesized.text(requestResource, 'subject', 0, 'common_name')];
    },
    accepts: ['a b', '"', '${x}', '%{x}', '\\', '🦕', '\u05e9'],
  },
  'one more name of a certificate': {
    declare: (scope, name) => {
      const props = { nodeName: 'db@x.test', additionalDnsNames: [name] };
      const { requestResource } = new NodeCertificate(scope, 'n', { issuer: ca(scope), ...props });
      return (synthesized) => [synthesized.text(requestResource, 'dns_names', 1)];
    },
    accepts: ['a'],
  },
  'one more address of a certificate': {
    declare: (scope, address) => {
      const props = { nodeName: 'db@x.test', additionalIpAddresses: [address] };
      const { requestResource } = new NodeCertificate(scope, 'n', { issuer: ca(scope), ...props });
      return (synthesized) => [synthesized.text(requestResource, 'ip_addresses', 0)];
    },
    accepts: [],
  },
  'the id of a generation': {
    declare: (scope, id) => {
      const generations = [CaGeneration.signing(id)];
      const { signingGeneration } = new CertificateAuthority(scope, 'ca', { commonName: 'CA', generations });
      const certificate = present(signingGeneration?.certificateResource);
      return (synthesized) => [
        synthesized.text(certificate, 'subject', 0, 'organizational_unit').replace('generation ', ''),
      ];
    },
    accepts: ['a'],
  },
  'the output directory': {
    given: (text) => resolve(`/srv/a${text}a`),
    declare: (scope, outputDirectory) => {
      const resource = deliver(scope, vmArgs(scope, {}).file, '/t', outputDirectory);
      return (synthesized) => {
        const path = synthesized.text(resource, 'filename').replace(/\/case-\d+\/vm.args$/, '');
        // No file system can name such a file: Terraform would fail when it writes it.
        return [path.includes('\0') ? undefined : path];
      };
    },
    accepts: [' ', '"', '${x}', '%{x}', '\u05e9'],
  },
};

test.each(Object.entries(PLACES))(
  '%s is refused with a message about it, or arrives unchanged',
  (_title, { given = (text) => text, declare, accepts }) => {
    const sample = sampleOf(hostileMixture(), MIXTURES);
    const values = [...new Set([...HOSTILE_TEXTS, ...accepts, ...sample.cases].map(given))];
    const scratch = synthesizable();
    const verdicts = values.map((value, index) => ({
      value,
      refusal: refusalOf(() => declare(new Construct(scratch, `case-${index}`), value)),
    }));
    const accepted = verdicts.filter(({ refusal }) => refusal === undefined).map(({ value }) => value);
    expect(accepted).toEqual(expect.arrayContaining(accepts.map(given)));

    const stack = synthesizable();
    const founds = accepted.map((value, index) => ({
      value,
      found: declare(new Construct(stack, `case-${index}`), value),
    }));
    const synthesized = Synthesized.of(stack);
    expectNone(sample, [
      ...verdicts.flatMap(({ value, refusal }) => (refusal === undefined ? [] : complaints(refusal, value))),
      ...founds.flatMap(({ value, found }) => {
        const read = [...new Set(found(synthesized))];
        return read.length === 1 && read[0] === value
          ? []
          : [{ value: JSON.stringify(value), read: JSON.stringify(read) }];
      }),
    ]);
  },
  SLOW_MS,
);

test('a construct path adds no line break to a message', () => {
  for (const text of HOSTILE_TEXTS.filter((one) => !/^[^a-z0-9]*$/i.test(one))) {
    const refusal = refusalOf(
      () => new CertificateAuthority(new Construct(synthesizable(), text), 'ca', { commonName: '' }),
    );
    expect(BREAKS_TERMINALS.test((refusal as Error).message)).toBe(false);
  }
});

function refusalOf(body: () => unknown): unknown {
  try {
    body();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What a line on a terminal cannot hold: control characters, halves of characters, and what turns the direction of the rest. */
const BREAKS_TERMINALS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** So much of a value is in every message, even where each character takes six in its escaped form. */
const ALWAYS_SHOWN = 45;
const LONGEST_MESSAGE = 1500;

function complaints(refusal: unknown, value: string): readonly unknown[] {
  if (!(refusal instanceof InvalidInput)) return [{ value: JSON.stringify(value), thrown: String(refusal) }];
  const { finding, message } = refusal;
  const wrong = [
    ...(finding.code in CATALOGUE && message.startsWith(`${finding.code}: `) ? [] : ['no code of the catalogue']),
    ...(BREAKS_TERMINALS.test(message) ? ['breaks the terminal'] : []),
    ...(unescaped(message).includes(value.slice(0, ALWAYS_SHOWN)) ? [] : ['does not show the value']),
    ...(message.length > LONGEST_MESSAGE ? ['too long'] : []),
  ];
  return wrong.length === 0 ? [] : [{ value: JSON.stringify(value), wrong, message: JSON.stringify(message) }];
}

/** The text without the JSON escapes in a message. */
function unescaped(message: string): string {
  return message.replace(/\\(u[0-9a-f]{4}|["\\/bfnrt])/g, (escape) => JSON.parse(`"${escape}"`) as string);
}

function cluster(scope: Construct, props: Partial<TlsClusterProps>): TlsCluster {
  return new TlsCluster(scope, 'cluster', {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'db@x.test' }],
    installDirectory: '/t',
    delivery: Delivery.localFiles({ outputDirectory: `/srv/out/${scope.node.id}` }),
    ...props,
  });
}

function onlyNode({ nodes }: TlsCluster): TlsClusterNode {
  const [node] = nodes;
  if (node === undefined || nodes.length > 1) throw new Error(`${nodes.length} nodes`);
  return node;
}

function ca(scope: Construct): CertificateAuthority {
  return new CertificateAuthority(scope, 'ca', { commonName: 'The CA of these tests' });
}

function vmArgs(scope: Construct, props: Partial<VmArgsProps>): VmArgs {
  return new VmArgs(scope, 'flags', {
    path: '/t/vm.args',
    otp: OtpRelease.OTP_27,
    sslDist: SslDist.optFile('/t/ssl_dist.conf'),
    ...props,
  });
}

function vmArgsFile(scope: Construct, props: Partial<VmArgsProps>): Construct {
  return deliver(scope, vmArgs(scope, props).file, '/t');
}

function deliver(scope: Construct, file: NodeFile, installDirectory: string, outputDirectory = '/srv/out'): Construct {
  const delivery = Delivery.localFiles({ outputDirectory });
  const [resource] = delivery.bind(scope, { nodeId: scope.node.id, installDirectory, files: [file] }).resources;
  if (resource === undefined) throw new Error('nothing was delivered');
  return resource;
}

/** The resource of the file of that name. */
function delivered({ files, delivered: { resources } }: TlsClusterNode, name: string): Construct {
  const resource = resources[files.findIndex(({ path }) => path.endsWith(`/${name}`))];
  if (resource === undefined) throw new Error(`no file ${name}`);
  return resource;
}

/** The values of every flag, all occurrences together. */
function flagsIn(content: string): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const { name, values } of groupFlags(readArgsFile(content)))
    all.set(name, [...(all.get(name) ?? []), ...values]);
  return all;
}

function flagValue(scope: Construct, props: Partial<VmArgsProps>, flag: string, index: number): Found {
  const resource = vmArgsFile(scope, props);
  return (synthesized) => [flagsIn(synthesized.text(resource, 'content')).get(flag)?.[index]];
}

function nodeNameFlag(scope: Construct, nodeName: string): Found {
  const resource = vmArgsFile(scope, { nodeName });
  return (synthesized) => [flagsIn(synthesized.text(resource, 'content')).get('name')?.[0]];
}

/** The flag's value is an Erlang string with each dot in brackets. */
function patternFlag(scope: Construct, options: CouchDbOptions): Found {
  const node = onlyNode(cluster(scope, { platform: Platform.couchDb(options) }));
  return (synthesized) => {
    const [, value = ''] = flagsIn(synthesized.text(delivered(node, 'vm.args'), 'content')).get('couch_dist') ?? [];
    return [value.replace(/^"(.*)"$/, '$1').replaceAll('[.]', '.')];
  };
}

/** The install directory of a node, wherever its files have it. */
function pathsOf(node: TlsClusterNode): Found {
  const optionFile = node.files.map(({ path }) => path).find((path) => path.endsWith('.conf')) ?? '';
  const boot = node.bootFiles[0]?.name ?? '';
  return (synthesized) => {
    const flags = flagsIn(synthesized.text(delivered(node, boot), 'content'));
    const options = optionsIn(
      synthesized.text(delivered(node, optionFile.slice(optionFile.lastIndexOf('/') + 1)), 'content'),
    );
    return [
      flags.get('ssl_dist_optfile')?.[0] ?? '',
      ...options.filter(({ name }) => name.endsWith('certfile')).map(({ value }) => pathText(value)),
    ].map((path) => path.slice(0, path.lastIndexOf('/')));
  };
}

function optionValue(
  scope: Construct,
  props: Partial<SslDistOptFileProps>,
  option: string,
  read: (term: Term) => string,
): Found {
  const { file } = new SslDistOptFile(scope, 'optfile', {
    path: '/t/ssl_dist.conf',
    otp: OtpRelease.OTP_27,
    certfile: '/t/node.pem',
    cacertfile: '/t/ca.pem',
    ...props,
  });
  const resource = deliver(scope, file, '/t');
  return (synthesized) =>
    optionsIn(synthesized.text(resource, 'content'))
      .filter(({ name }) => name === option)
      .map(({ value }) => read(value));
}

/** The options of both sides. */
function optionsIn(content: string): readonly { name: string; value: Term }[] {
  return elementsOf(readTerm(content))
    .flatMap((side) => elementsOf(elementsOf(side)[1]))
    .map((option) => {
      const [name, value] = elementsOf(option);
      if (name?.kind !== 'atom' || value === undefined) throw new Error('no option');
      return { name: name.name, value };
    });
}

function elementsOf(term: Term | undefined): readonly Term[] {
  if (term?.kind !== 'list' && term?.kind !== 'tuple') throw new Error(`no elements in ${JSON.stringify(term)}`);
  return term.elements;
}

function plainText(term: Term): string {
  return term.kind === 'text' ? term.text : term.kind;
}

/** The name of the file that Erlang opens: a string of ASCII, or the bytes themselves. */
function pathText(term: Term): string {
  return term.kind === 'binary'
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(term.bytes))
    : plainText(term);
}
