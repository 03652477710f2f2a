/**
 * What people lost nights over, each by the thread in which they say so, and how a stack of this library answers it. What only running nodes
 * can show is in `test/real/pain-points.test.ts`.
 */
import {
  CaGeneration,
  CertificateAuthority,
  Delivery,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  SslDistOptFile,
  TlsCluster,
  type TlsClusterProps,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { CATALOGUE } from '../../src/model/catalogue';
import { readArgsFile } from '../../src/model/erlang/flags/args-file-reader';
import type { Term } from '../../src/model/erlang/terms/term';
import { readTerm } from '../../src/model/erlang/terms/term-reader';
import { writeTerm } from '../../src/model/erlang/terms/term-writer';
import { EVERY_PLATFORM } from '../support/platforms/every-platform';
import { emptyStack, Template } from '../support/stacks/template';

const NODES = ['db1', 'db2', 'db3'].map((host) => ({ name: `node@${host}.example.com` }));

describe('erlang/otp#7497, rabbitmq-server#8559, #11071, rabbitmq-website#1687: fail_if_no_peer_cert breaks a client from OTP 26 on', () => {
  test.each(['25', '26', '29'])('on OTP %s it is refused as a client option', (release) => {
    // A property that the type does not have, as it comes from JavaScript.
    const clientOptions = { failIfNoPeerCert: true } as object;
    expect(() => cluster({ otp: OtpRelease.of(release), tls: { clientOptions } })).toThrow(/^ssl-option-/);
  });

  test.each(sidesOfEveryPlatform())('%s sets it on the server side only', (_title, { server, client }) => {
    expect([server.get('fail_if_no_peer_cert'), client.get('fail_if_no_peer_cert')]).toEqual(['true', undefined]);
  });
});

describe('cluster-operator#1400: failures without informative messages', () => {
  test.each(Object.entries(CATALOGUE))('%s says what is allowed and what to do', (_code, { expected, remedy }) => {
    expect([expected, remedy].map((text) => text.length > 5)).toEqual([true, true]);
  });
});

describe('docker-library/rabbitmq#652, rabbitmq-server#10439: a client that verifies by default has no CA', () => {
  test.each(sidesOfEveryPlatform())('%s has the trust bundle on both sides', (_title, { server, client }) => {
    expect([server.get('cacertfile'), client.get('cacertfile')]).toEqual([CA, CA]);
  });
});

describe('rabbitmq-server#10821: certificates for one role only, and for names that no node connects to', () => {
  test('every node certificate is valid for connecting and for accepting connections', () => {
    const uses = Object.entries(template().resources('tls_locally_signed_cert')).filter(
      ([id]) => !id.includes('tools'),
    );
    expect(uses.map(([, certificate]) => certificate.allowed_uses)).toEqual(
      NODES.map(() => ['digital_signature', 'server_auth', 'client_auth']),
    );
  });

  test('every name in a certificate comes from the name of the node', () => {
    const names = Object.values(template().resources('tls_cert_request')).map(({ dns_names: found }) => found);
    expect(names).toEqual(expect.arrayContaining([['db1.example.com'], ['db2.example.com'], ['db3.example.com']]));
  });
});

describe('rabbitmq-website#1791, rabbitmq-server#17213, openstack-operator#849: wildcards are not matched', () => {
  test('a wildcard is refused', () => {
    const nodes = [{ name: 'node@db1.example.com', additionalDnsNames: ['*.example.com'] }];
    expect(() => cluster({ nodes })).toThrow(/^san-not-a-dns-name: /);
  });

  test('a range of nodes replaces it, and each node has its own name', () => {
    const nodes = [{ name: 'rabbit@rmq-{0..2}.rmq-nodes.ns.svc.cluster.local' }];
    const requests = Template.of((stack) => cluster({ nodes }, stack)).resources('tls_cert_request');
    const names = Object.values(requests).flatMap(({ dns_names: found }) => found ?? []);
    expect(names).toEqual([0, 1, 2].map((index) => `rmq-${index}.rmq-nodes.ns.svc.cluster.local`));
  });
});

test('apache/couchdb#4575: a certificate contains an address in the form for current OTP releases and in the form for older ones', () => {
  const requests = Template.of((stack) => cluster({ nodes: [{ name: 'node@127.0.0.1' }] }, stack));
  const [request] = Object.values(requests.resources('tls_cert_request'));
  expect(request).toMatchObject({ dns_names: ['127.0.0.1'], ip_addresses: ['127.0.0.1'] });
});

test('apache/couchdb#3821: a plain-text exception in vm.args is quoted so that the VM reads an Erlang string', () => {
  const platform = Platform.couchDb({ plainTextNodes: ['clouseau@127.0.0.1'] });
  const words = readArgsFile(textOf(cluster({ platform }), 'vm.args'));
  const value = words[words.indexOf('no_tls') + 1] ?? '';
  expect(readTerm(`${value}.`)).toMatchObject({ kind: 'text', text: 'clouseau@127[.]0[.]0[.]1' });
});

describe('elixir#10656, distillery#640, relx#439, #705, #963, #964, node_package#187: tools do not know the TLS arguments', () => {
  test.each(Object.entries(EVERY_PLATFORM))('%s has files and a command for them', (_title, platform) => {
    const { tools } = cluster({ platform });
    expect(tools?.command).toContain('/t/tools/');
    expect(tools?.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/t/tools/ca.pem', '/t/tools/tool.pem', tools?.optionFile.path]),
    );
  });

  test.each(Object.entries(EVERY_PLATFORM))('%s gives them client options only', (_title, platform) => {
    const { tools } = cluster({ platform });
    expect([...sidesOf(tools?.optionFile.text ?? '').keys()]).toEqual(['client']);
  });
});

describe('rabbitmq-server#162, docker-library/rabbitmq#102, #130, #357, cluster-operator#618: rabbitmqctl lacks the arguments', () => {
  const text = textOf(cluster({ platform: Platform.rabbitMq() }), 'rabbitmq-env.conf');

  test('the file with the arguments of the server also has those of the tools', () => {
    const names = text.split('\n').map((line) => line.split('=')[0]);
    expect(names).toEqual(['SERVER_ADDITIONAL_ERL_ARGS', 'CTL_ERL_ARGS', 'USE_LONGNAME', '']);
  });

  test('both use the same protocol', () => {
    expect(text.match(/-proto_dist inet_tls/g)).toHaveLength(2);
  });
});

describe('osiris#78, cluster-operator#1045: a function call in the option file breaks programs that read it without evaluating it', () => {
  test.each(sidesOfEveryPlatform())('%s has literal terms', (_title, { server, client }) => {
    expect([server.size, client.size].every((size) => size >= 4)).toBe(true);
  });

  test('a call is refused', () => {
    const serverOptions = { verifyFun: 'public_key:pkix_verify_hostname_match_fun(https)' };
    expect(() => cluster({ tls: { serverOptions } })).toThrow(/^term-unreadable: .*function call/);
  });
});

test('cluster-operator#1319, #2231, #469: a certificate for each pod, option file and environment from one declaration', () => {
  const platform = Platform.rabbitMq();
  const { nodes } = cluster({ platform, nodes: [{ name: 'rabbit@rmq-{0..2}.rmq-nodes.ns.svc.cluster.local' }] });
  expect(nodes.map(({ id }) => id)).toEqual([0, 1, 2].map((pod) => `rabbit@rmq-${pod}.rmq-nodes.ns.svc.cluster.local`));
  expect(nodes.map(({ files }) => files.map(({ path }) => path))).toEqual(
    nodes.map(() => ['/t/ca.pem', '/t/node.pem', '/t/inter_node_tls.config', '/t/rabbitmq-env.conf']),
  );
});

describe('emqx#19031, emqx#1502: verify_none as a workaround for failing verification', () => {
  test.each(sidesOfEveryPlatform())('%s verifies on both sides', (_title, { server, client }) => {
    expect([server.get('verify'), client.get('verify')]).toEqual(['verify_peer', 'verify_peer']);
  });

  test('turning verification off takes an option with "unsafe" in its name', () => {
    expect(optionsWith({ unsafeVerifyNone: true })).toContain('{verify,verify_none}');
  });
});

test.each([
  ['the same name as its CA', { certificateAuthority: { commonName: 'db1.example.com' } }, 'common-name-equals-issuer'],
  ['a longer life than its CA', { certificates: { validityHours: 100_000 } }, 'certificate-outlives-issuer'],
  ['a key that TLS 1.2 cannot use', ed25519WithTls12(), 'key-needs-tls-1-3'],
])('emqx/ekka#28: a bad certificate is refused before any node connects: %s', (_title, over, code) => {
  expect(() => cluster(over)).toThrow(new RegExp(`^${code}: `));
});

test('erlang/otp#9638: rotation changes no path and no option, so no file has to be removed', () => {
  const withCa = (generation: string): string => {
    const certificateAuthority = { generations: [CaGeneration.signing(generation)] };
    const [node] = cluster({ certificateAuthority }).nodes;
    return JSON.stringify([node?.optionFile?.text, node?.bootFiles, node?.files.map(({ path }) => path)]);
  };
  expect(withCa('2027')).toBe(withCa('2026'));
});

test('OpenRiak/riak_core#48, otp#11124: the SAN contains the host, whatever the common name is', () => {
  const nodes = [{ name: 'node@db1.example.com', commonName: 'Database 1' }];
  const requests = Template.of((stack) => cluster({ nodes }, stack)).resources('tls_cert_request');
  expect(Object.values(requests)[0]).toMatchObject({ dns_names: ['db1.example.com'] });
});

test('otp#10606, #11240: a common name of more than 64 characters cannot be decoded, and is refused', () => {
  const name = `node@${'a'.repeat(60)}.example.com`;
  expect(() => cluster({ nodes: [{ name }] })).toThrow(/^common-name-too-long: /);
  expect(cluster({ nodes: [{ name, commonName: 'a' }] }).nodes).toHaveLength(1);
});

describe('otp#3986 (ERL-770), rabbitmq-server#1789, emqx#2562: the TLS version is a choice, and TLS 1.2 renegotiates', () => {
  test.each(sidesOfEveryPlatform())('%s uses TLS 1.3 and sets it explicitly', (_title, { server, client }) => {
    expect([server.get('versions'), client.get('versions')]).toEqual(["['tlsv1.3']", "['tlsv1.3']"]);
  });

  test('with TLS 1.2 enabled, renegotiation can be disabled', () => {
    const versions = TlsVersions.TLS_1_3_AND_1_2;
    expect(optionsWith({ versions, serverOptions: { clientRenegotiation: false } })).toContain(
      '{client_renegotiation,false}',
    );
  });
});

test('otp#10217, #10196: key and certificate can be in separate files', () => {
  const [node] = cluster({ separateKeyFile: true }).nodes;
  expect(node?.optionFile?.text).toMatch(/\{certfile,"\/t\/cert.pem"\},\s+\{keyfile,"\/t\/key.pem"\}/);
});

describe('rlipscombe/erlang-cluster, elixirforum 24190: certificates expire', () => {
  test('a node certificate is renewed by deploys in the last third of its validity', () => {
    const certificates = Object.values(template().resources('tls_locally_signed_cert'));
    expect(new Set(certificates.map((one) => [one.validity_period_hours, one.early_renewal_hours].join()))).toEqual(
      new Set(['8760,2920']),
    );
  });

  test('the expiry of a certificate is available as an attribute', () => {
    const { nodes, certificateAuthority } = cluster({});
    const ends = [certificateAuthority.signingGeneration, ...nodes.map(({ certificate }) => certificate)];
    expect(ends.map((one) => one?.expiresAt?.includes('TfToken'))).toEqual(ends.map(() => true));
  });
});

test('otp#5300, #3163, emqx#951, #14681: revocation is checked only if it is requested', () => {
  expect(optionsWith({})).not.toContain('crl');
  expect(optionsWith({ crlDirectory: '/crl' }).match(/\{crl_check,peer\}/g)).toHaveLength(2);
});

test('a CA serves one cluster, because any of its certificates may join under any name', () => {
  const stack = emptyStack();
  const [one, other] = ['one', 'other'].map((id) => cluster({}, stack, id).certificateAuthority);
  expect(one).toBeInstanceOf(CertificateAuthority);
  expect(one?.trust.bundlePem).not.toBe(other?.trust.bundlePem);
});

const CA = '/t/ca.pem';

function cluster(over: Partial<TlsClusterProps>, stack = emptyStack(), id = 'c'): TlsCluster {
  return new TlsCluster(stack, id, {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_27,
    nodes: NODES,
    installDirectory: '/t',
    delivery: Delivery.localFiles({ outputDirectory: `/srv/out/${id}` }),
    ...over,
  });
}

function template(): Template {
  return Template.of((stack) => cluster({}, stack));
}

/** The option file with these TLS options. */
function optionsWith(tls: TlsClusterProps['tls']): string {
  const paths = { certfile: '/t/node.pem', cacertfile: CA, path: '/t/ssl_dist.conf' };
  return new SslDistOptFile(emptyStack(), 'o', { ...tls, ...paths, otp: OtpRelease.OTP_27 }).text;
}

function textOf({ nodes }: TlsCluster, name: string): string {
  const text = nodes[0]?.bootFiles.find((file) => file.name === name)?.text;
  if (text === undefined) throw new Error(`no file ${name}`);
  return text;
}

type Options = ReadonlyMap<string, string>;

/** The options of each side, for every platform, from whichever file holds them. */
function sidesOfEveryPlatform(): [string, Record<'server' | 'client', Options>][] {
  return Object.entries(EVERY_PLATFORM).map(([title, platform]) => {
    const made = cluster({ platform });
    const file = made.nodes[0]?.optionFile?.text;
    const sides = file === undefined ? flatSidesOf(textOf(made, 'vm.dist.args')) : sidesOf(file);
    return [title, { server: sides.get('server') ?? new Map(), client: sides.get('client') ?? new Map() }];
  });
}

/** The sides of an option file, read as literal terms. */
function sidesOf(text: string): Map<string, Options> {
  const sides = elements(readTerm(text)).map(pair);
  return new Map(sides.map(([side, options]) => [plain(side), new Map(elements(options).map(pair).map(plainPair))]));
}

/** The sides of `-ssl_dist_opt server_verify verify_peer client_verify …`. */
function flatSidesOf(text: string): Map<string, Options> {
  const words = readArgsFile(text);
  const start = words.indexOf('-ssl_dist_opt') + 1;
  const values = words.slice(
    start,
    words.findIndex((word, index) => index > start && word.startsWith('-')),
  );
  const sides = new Map(['server', 'client'].map((side) => [side, new Map<string, string>()]));
  values.forEach((word, index) => {
    const [, side = '', option = ''] = /^(server|client)_(.*)$/.exec(word) ?? [];
    const value = values[index + 1] ?? '';
    if (index % 2 === 0) sides.get(side)?.set(option, option === 'versions' ? `['${value}']` : value);
  });
  return sides;
}

function elements(term: Term): readonly Term[] {
  if (term.kind === 'list' || term.kind === 'tuple') return term.elements;
  throw new Error(`${term.kind} has no elements`);
}

function pair(term: Term): readonly [Term, Term] {
  const [first, second, ...others] = elements(term);
  if (first === undefined || second === undefined || others.length > 0) throw new Error('no pair');
  return [first, second];
}

function plainPair([option, value]: readonly [Term, Term]): [string, string] {
  return [plain(option), plain(value)];
}

function plain(term: Term): string {
  return term.kind === 'text' ? term.text : writeTerm(term);
}

function ed25519WithTls12(): Partial<TlsClusterProps> {
  return {
    certificates: { keyAlgorithm: KeyAlgorithm.ED25519 },
    tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY },
  };
}
