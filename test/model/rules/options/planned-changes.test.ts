/** Options that a plan changes: where it is known that old and new nodes connect, nothing is reported. */
import type { Member } from '../../../../src/model/observed/terraform/member';
import { transitionFindings } from '../../../../src/model/rules/trust/transition';

interface Sides {
  readonly server?: string;
  readonly client?: string;
  /** The same on both sides. */
  readonly both?: string;
}

function memberWith({ server = '', client = '', both = '' }: Sides, versions: string): Member {
  const side = (name: string, options: string): string =>
    `{${name},[${[`{versions,[${versions}]},{verify,verify_peer},{cacertfile,"/t/ca.pem"}`, options, both].filter((one) => one !== '').join(',')}]}`;
  const optionFile = `[${side('server', `{fail_if_no_peer_cert,true}${server && ','}${server}`)},${side('client', client)}].`;
  return {
    ...{ certificate: 'x', issuer: 'ca', isServer: true, trusts: new Set(['ca']) },
    bootFiles: new Map([
      ['ssl_dist.conf', optionFile],
      ['vm.args', '-proto_dist inet_tls -ssl_dist_optfile /t/ssl_dist.conf'],
    ]),
  };
}

const ROOT = new Map([['ca', { identity: 'ca', name: 'CA' }]]);

/** What is said of two nodes whose options change, each way. */
function changed(one: Sides, other: Sides, versions = "'tlsv1.3'", generations = ROOT): readonly string[] {
  const [from, to] = [memberWith(one, versions), memberWith(other, versions)];
  const ways = [[from, to] as const, [to, from] as const].map(([before, after]) =>
    transitionFindings(
      ['a@h1.x.test', 'a@h2.x.test'].map((name) => ({ name, before, after })),
      generations,
    ).map(({ code, message }) => `${code} ${/\(([^()]*)\)/.exec(message)?.[1] ?? ''}`),
  );
  expect(ways[1]?.map(codeOf)).toEqual(ways[0]?.map(codeOf));
  return ways[0] ?? [];
}

const codeOf = (found: string): string => found.split(' ')[0] ?? '';

const AES_128 = '{ciphers,["TLS_AES_128_GCM_SHA256"]}';
const CCM = '{ciphers,["TLS_AES_128_CCM_SHA256"]}';
const [X25519, FFDHE] = ['{supported_groups,[x25519]}', '{supported_groups,[ffdhe2048]}'];

test.each<[title: string, one: Sides, other: Sides]>([
  ['a list with a name that every default has', {}, { both: AES_128 }],
  ['such a list on one side', {}, { server: X25519 }],
  ['two lists with a common name', { both: '{supported_groups,[x25519,ffdhe2048]}' }, { both: X25519 }],
  ['a mode that each side has for itself', {}, { server: '{middlebox_comp_mode,false}' }],
  ['a limit on long messages', {}, { both: '{max_handshake_size,100}' }],
  ['a depth, and certificates that a root signed', {}, { both: '{depth,0}' }],
  ['a default that is written out', {}, { both: '{ktls,false}' }],
])('%s comes and goes without a finding', (_title, one, other) => {
  expect(changed(one, other)).toEqual([]);
});

test.each<[title: string, one: Sides, other: Sides, says: string]>([
  ['a list that no default is known to have', {}, { both: CCM }, 'client option ciphers, server option ciphers'],
  ['such a list on one side', {}, { server: FFDHE }, 'server option supported_groups'],
  ['such a list in the place of another one', { server: X25519 }, { server: FFDHE }, 'server option supported_groups'],
  ['a list of signature algorithms', {}, { client: '{signature_algs,[ed25519]}' }, 'client option signature_algs'],
  [
    'algorithms of certificates',
    {},
    { client: '{signature_algs_cert,[ed25519]}' },
    'client option signature_algs_cert',
  ],
  ['encryption by the kernel', {}, { server: '{ktls,true}' }, 'server option ktls'],
])('%s is reported as not examined', (_title, one, other, says) => {
  const [code, ...names] = (changed(one, other)[0] ?? '').split(/,? /);
  expect(code).toBe('plan-change-not-examined');
  expect(
    names
      .join(' ')
      .split(/ (?=server|client)/)
      .sort(),
  ).toEqual(says.split(', ').sort());
});

test('two lists without a common name are an error, and no doubt beside it', () => {
  expect(new Set(changed({ both: CCM }, { both: AES_128 }).map(codeOf))).toEqual(new Set(['no-common-algorithm']));
});

test('a list is judged by the defaults for TLS 1.3 only where every node speaks it', () => {
  expect(changed({}, { server: X25519 }, "'tlsv1.2'")).toEqual([
    'plan-change-not-examined server option supported_groups',
  ]);
  expect(changed({}, { server: X25519 }, "'tlsv1.3','tlsv1.2'")).toEqual([]);
});

test('a depth is not examined where it is not known how many CAs are above a certificate', () => {
  expect(changed({}, { server: '{depth,3}' }, "'tlsv1.3'", new Map())).toEqual([
    'plan-change-not-examined server option depth',
  ]);
  expect(changed({}, { server: '{depth,10}' }, "'tlsv1.3'", new Map())).toEqual([]);
});
