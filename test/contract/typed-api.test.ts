/** Every parameter of every public call, and every member of it at any depth, is given a wrong type, a misspelt name, or nothing. */
import { inspect } from 'node:util';

import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { Lazy, TerraformStack, Testing } from 'cdktf';
import * as library from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import { FOREIGN_RESULTS, PUBLIC_CALLS } from '../../src/model/api/public-api.generated';
import { InvalidInput } from '../../src/model/findings/finding';
import { authority } from '../support/x509/issued';
import { readAssembly, type TypeReference } from './assembly';

const assembly = readAssembly();
const types = new Map(Object.values(assembly.types).map((type) => [type.fqn, type]));

/** A parameter, or a member of a struct or interface. */
interface Place {
  readonly name: string;
  readonly optional: boolean;
  /** Absent for a method. */
  readonly type?: TypeReference;
}

/** A value with one fault, where the fault is, and the code and the word with which it has to be refused. */
interface Faulty {
  readonly value: unknown;
  readonly fault: string;
  readonly code: RegExp;
  readonly says: string;
}

const CALLS = Object.values(assembly.types)
  .filter(({ kind }) => kind === 'class')
  .flatMap((type) => [
    ...(type.initializer?.parameters === undefined
      ? []
      : [{ name: `new ${type.name}`, places: ownParameters(type.initializer.parameters).map(placeOf) }]),
    ...(type.methods ?? [])
      .filter(({ parameters = [], protected: isProtected }) => parameters.length > 0 && isProtected !== true)
      .map(({ name, parameters = [] }) => ({ name: `${type.name}.${name}`, places: parameters.map(placeOf) })),
  ]);

/** Without the scope and the id of a construct. */
function ownParameters<T extends { readonly name: string }>(parameters: readonly T[]): readonly T[] {
  return isOfConstruct(parameters) ? parameters.slice(2) : parameters;
}

function isOfConstruct([first]: readonly { readonly name: string }[]): boolean {
  return first?.name === 'scope';
}

const RESULTS = Object.values(assembly.types)
  .filter(({ kind, datatype }) => kind === 'interface' && datatype !== true)
  .flatMap((type) => (type.methods ?? []).map(({ name, returns }) => ({ name: `${type.name}.${name}`, returns })));

/** A key that every map of the API has. */
const KEY = 'firstPort';

let stack: TerraformStack;
let count = 0;

beforeAll(() => {
  stack = new TerraformStack(Testing.app(), 'stack');
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
});

test('the module in the source is what jsii says today', () => {
  expect(Object.keys(PUBLIC_CALLS).sort()).toEqual(CALLS.map(({ name }) => name).sort());
  expect(Object.keys(FOREIGN_RESULTS).sort()).toEqual(RESULTS.map(({ name }) => name).sort());
});

describe.each(CALLS)('$name', ({ name, places }) => {
  const valid = (): unknown[] => places.map((place) => validValue(place));

  test('refuses by name every value of a wrong type, every misspelt name, and what is missing', () => {
    const faults = places.flatMap((place, index) =>
      faultsOf(place).map((one) => ({ ...one, args: valid().map((value, at) => (at === index ? one.value : value)) })),
    );
    expect(faults.length).toBeGreaterThan(3);
    expect(faults.flatMap((one) => complaint(one, () => call(name, one.args)))).toEqual([]);
  });

  test('has nothing against types that are right', () => {
    const error = thrownBy(() => call(name, valid()));
    expect(error instanceof InvalidInput ? error.finding.code : error).not.toMatch(/^(?:value-|property-)/);
  });
});

describe.each(RESULTS)('a result of $name from a class of the user', ({ name, returns }) => {
  test('is refused by name if it has a wrong type, a misspelt name, or lacks something', () => {
    const faults = faultsOf({ name: 'result', optional: false, type: returns?.type });
    expect(faults.length).toBeGreaterThan(3);
    expect(faults.flatMap((one) => complaint(one, () => clusterWith(name, () => one.value)))).toEqual([]);
  });
});

test('an object of the user may have methods of its own beside those of the interface', () => {
  const delivery = {
    bind: (scope: Construct, request: library.DeliveryRequest) => delivery.own().bind(scope, request),
    own: () => library.Delivery.localFiles({ outputDirectory: `/srv/out${(count += 1)}` }),
  };
  const props = { ...(validMembers(`${assembly.name}.TlsClusterProps`) as object), delivery };
  const error = thrownBy(() => call('new TlsCluster', [props]));
  expect(error instanceof InvalidInput ? error.finding.code : error).not.toMatch(/^(?:value-|property-)/);
});

/** What is wrong with the refusal of a fault, if anything. */
function complaint({ fault, code, says }: Faulty, provoke: () => unknown): string[] {
  const error = thrownBy(provoke);
  if (!(error instanceof InvalidInput)) return [`${fault}: ${String(error)}`];
  const isRefused = code.test(error.finding.code) && error.message.includes(says);
  return isRefused ? [] : [`${fault}: ${error.message}`];
}

function thrownBy(provoke: () => unknown): unknown {
  try {
    provoke();
    return 'nothing was thrown';
  } catch (error) {
    return error;
  }
}

/** All values with one fault for this place. */
function faultsOf(place: Place): Faulty[] {
  const { name, optional, type } = place;
  const code = /^(?:value-type-mismatch|property-missing|token-not-allowed)$/;
  const whole = [null, ...(optional ? [] : [undefined]), ...wrongValues(type)].map((value) => ({
    ...{ value, code, says: name === 'props' || name === 'options' ? 'argument of' : name },
    fault: `${name} = ${describeValue(value)}`,
  }));
  return [...whole, ...faultsWithin(type).map((one) => ({ ...one, fault: `${name}.${one.fault}` }))];
}

function faultsWithin(type: TypeReference | undefined): Faulty[] {
  if (type?.collection !== undefined) {
    const { kind, elementtype } = type.collection;
    const inside = faultsOf({ name: kind === 'array' ? '[0]' : KEY, optional: false, type: elementtype });
    return inside.map((one) => ({ ...one, value: kind === 'array' ? [one.value] : { [KEY]: one.value } }));
  }
  const found = types.get(type?.fqn ?? '');
  if (found === undefined || found.kind === 'class') return [];
  const whole = validMembers(found.fqn);
  const within = membersOf(found.fqn).flatMap((member) => [
    ...faultsOf(member).map((one) => ({ ...one, value: { ...whole, [member.name]: one.value } })),
    ...misspelt(member.name, whole, found.name),
  ]);
  const unknown = { value: { ...whole, zzzzzz: 1 }, fault: 'zzzzzz', code: /^property-unknown$/, says: 'zzzzzz' };
  return areNamesOfOptions(found.name) ? within : [...within, unknown];
}

/** Two letters exchanged: the right name has to be in the message, and nothing may be said of what else is missing. */
function misspelt(name: string, whole: Record<string, unknown>, owner: string): Faulty[] {
  if (areNamesOfOptions(owner)) return [];
  const { [name]: value, ...rest } = whole;
  const wrong = `${name.slice(0, -2)}${name.slice(-1)}${name.slice(-2, -1)}`;
  if (wrong === name) return [];
  return [{ value: { ...rest, [wrong]: value ?? 1 }, fault: wrong, code: /^property-unknown$/, says: name }];
}

/** They are judged by the option table, with words of its own (`ssl-option-unknown`). */
function areNamesOfOptions(owner: string): boolean {
  return owner.endsWith('SslOptions');
}

function wrongValues(type: TypeReference | undefined): readonly unknown[] {
  const all = [
    'x',
    5,
    true,
    {},
    [],
    () => 1,
    Symbol('s'),
    5n,
    new Date(0),
    ['#{TfToken[TOKEN.0]}'],
    '${TfToken[TOKEN.1]}',
  ];
  return all.filter((value) => !fits(value, type));
}

function fits(value: unknown, type: TypeReference | undefined): boolean {
  if (type === undefined) return typeof value === 'function';
  if (type.primitive !== undefined) return typeof value === type.primitive;
  if (type.collection?.kind === 'array')
    return Array.isArray(value) && (value.length === 0 || type.collection.elementtype.primitive === 'string');
  if (type.collection !== undefined) return isEmptyObject(value);
  // What an empty object lacks is named, which is another fault.
  return types.get(type.fqn ?? '')?.kind === 'interface' && isEmptyObject(value);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && value.constructor === Object && Object.keys(value).length === 0;
}

function describeValue(value: unknown): string {
  return inspect(value);
}

/** A value of the right type, and no more. */
function validValue({ type, name }: Place): unknown {
  if (type === undefined) return () => undefined;
  if (type.primitive === 'string') return name === 'version' ? '27' : 'x';
  if (type.primitive === 'number') return 1;
  if (type.primitive === 'boolean') return true;
  if (type.collection !== undefined) {
    const inside = validValue({ name, optional: false, type: type.collection.elementtype });
    return type.collection.kind === 'array' ? [inside] : { [KEY]: inside };
  }
  if (type.fqn === 'constructs.Construct') return new Construct(stack, `c${(count += 1)}`);
  const found = types.get(type.fqn ?? '');
  if (found?.kind !== 'class') return validMembers(type.fqn ?? '');
  return INSTANCES[found.name]?.() ?? `no instance of ${found.name} is known`;
}

function validMembers(fqn: string): Record<string, unknown> {
  return Object.fromEntries(membersOf(fqn).map((member) => [member.name, validValue(member)]));
}

function membersOf(fqn: string): Place[] {
  const type = types.get(fqn);
  return [
    ...(type?.interfaces ?? []).flatMap(membersOf),
    ...(type?.properties ?? []).map(placeOf),
    ...(type?.methods ?? []).map(({ name }) => ({ name, optional: false })),
  ];
}

function placeOf({ name, optional = false, type }: { name: string; optional?: boolean; type?: TypeReference }): Place {
  return { name, optional, type };
}

const ROOT = { trustPem: authority('Root').certificatePem };

const rootCa = (): library.CertificateAuthority =>
  new library.CertificateAuthority(stack, `ca${(count += 1)}`, { commonName: 'CA' });

const shardedCluster = (): library.ShardedCluster =>
  new library.ShardedCluster({
    name: 'app',
    platform: library.Platform.erl(),
    otp: library.OtpRelease.OTP_27,
    nodes: [{ name: 'a@h.test' }],
    installDirectory: '/t',
    delivery: library.Delivery.localFiles({ outputDirectory: `/srv/out${(count += 1)}` }),
    shards: [library.Shard.member('a')],
    handoverDirectory: `/srv/shards${count}`,
  });

const ISSUERS: Readonly<Record<string, () => library.ICertificateIssuer>> = {
  AwsPrivateCaIssuer: () =>
    new library.AwsPrivateCaIssuer({
      ...ROOT,
      certificateAuthorityArn: 'arn:aws:x',
      signingAlgorithm: 'SHA256WITHECDSA',
    }),
  GoogleCasIssuer: () => new library.GoogleCasIssuer({ ...ROOT, pool: 'p', location: 'l' }),
  KubernetesIssuer: () => new library.KubernetesIssuer({ ...ROOT, signerName: 'x.test/s' }),
  SignedOutside: () => new library.SignedOutside({ ...ROOT, certificatePems: {} }),
  VaultIssuer: () => new library.VaultIssuer({ ...ROOT, backend: 'pki' }),
};

const INSTANCES: Readonly<Record<string, () => unknown>> = {
  CaSource: () => library.CaSource.generated(),
  CaGeneration: () => library.CaGeneration.signing('1'),
  KeyAlgorithm: () => library.KeyAlgorithm.ED25519,
  Identity: () => library.Identity.shared({ serverName: 'cluster.x.test', longNames: true }),
  NodeKey: () => library.NodeKey.inTerraform(),
  OtpRelease: () => library.OtpRelease.OTP_27,
  Platform: () => library.Platform.erl(),
  CertificateAuthority: rootCa,
  Shard: () => library.Shard.member('a'),
  ShardedCluster: shardedCluster,
  ...ISSUERS,
  SshReload: () => library.SshReload.ofPlatform(),
  SslDist: () => library.SslDist.optFile('/x'),
  CrlCheck: () => library.CrlCheck.PEER,
  TlsVersions: () => library.TlsVersions.TLS_1_3,
};

/** Objects with the methods that a user calls. */
const TARGETS: Readonly<Record<string, () => readonly object[]>> = {
  CertificateAuthority: () => [rootCa()],
  ...Object.fromEntries(Object.entries(ISSUERS).map(([name, make]) => [name, () => [make()]])),
  ShardedCluster: () => [shardedCluster()],
  TlsCluster: () => [clusterWith('', () => undefined)],
  TlsClusterShard: () => [
    new library.TlsClusterShard(stack, `n${(count += 1)}`, { cluster: shardedCluster(), shard: 'a' }),
  ],
  Delivery: () => [
    library.Delivery.localFiles({ outputDirectory: `/srv/out${count}` }),
    library.Delivery.installScript({ outputDirectory: '/srv/out' }),
  ],
  KubernetesSecret: () => [library.Delivery.kubernetesSecret({ namespace: 'n' })],
  SecretStore: () => [library.Delivery.vaultKv({ prefix: 'x', mount: 'x' })],
  ScriptDelivery: () => [library.Delivery.installScript({ outputDirectory: '/srv/out' })],
};

type Callable = (...args: unknown[]) => unknown;
type Newable = new (...args: unknown[]) => unknown;

/** Makes a public call. A method of an instance is called on one of each class that has it. */
function call(name: string, args: readonly unknown[]): void {
  const [owner = '', method = ''] = name.replace('new ', '').split('.');
  const Owner = (library as unknown as Record<string, Newable & Record<string, Callable>>)[owner];
  if (Owner === undefined) throw new Error(`${owner} is not exported`);
  const { initializer } = assembly.types[`${assembly.name}.${owner}`] ?? {};
  const scope = isOfConstruct(initializer?.parameters ?? []) ? [stack, `n${(count += 1)}`] : [];
  if (method === '') new Owner(...scope, ...args);
  else if (Object.hasOwn(Owner, method)) Owner[method]?.(...args);
  else for (const target of TARGETS[owner]?.() ?? []) (target as Record<string, Callable>)[method]?.(...args);
}

/** A cluster, or a certificate, that uses a method of the user with that result. */
function clusterWith(method: string, result: () => unknown): library.TlsCluster {
  const own = (name: string, usual: Callable): Callable => (name === method ? result : usual);
  const platform = library.Platform.of({
    name: 'Own',
    protoDist: 'inet_tls',
    bootFiles: own('IPlatformProfile.bootFiles', () => []) as never,
    tools: {
      protoDist: 'inet_tls',
      optionFileName: 'tool.conf',
      bootFiles: own('IToolProfile.bootFiles', () => []) as never,
      command: own('IToolProfile.command', () => 'x') as never,
    },
  });
  const issuer = {
    commonName: 'CA',
    trust: { bundlePem: 'x' },
    issue: own('ICertificateIssuer.issue', () => ({
      certificatePem: Lazy.stringValue({ produce: () => 'x' }),
      resources: [],
    })) as never,
  };
  if (method.startsWith('ICertificateIssuer.')) {
    new library.NodeCertificate(stack, `n${(count += 1)}`, { issuer, nodeName: 'a@h.test' });
  }
  return new library.TlsCluster(stack, `n${(count += 1)}`, {
    platform,
    otp: library.OtpRelease.OTP_27,
    nodes: [{ name: 'a@h.test' }],
    installDirectory: '/t',
    delivery: {
      bind: own('IDelivery.bind', (scope, request) =>
        library.Delivery.localFiles({ outputDirectory: `/srv/out${count}` }).bind(
          scope as Construct,
          request as library.DeliveryRequest,
        ),
      ) as never,
    },
  });
}
