import { Delivery, OtpRelease, SslDistOptFile, type SslDistOptFileProps } from 'cdktf-erlang-tls';

import type { Option } from '../../../../src/model/erlang/options/option-file-reader';
import { tryReadOptionFile } from '../../../../src/model/erlang/options/option-file-reader';
import { FOREIGN_OPTIONS } from '../../../../src/model/erlang/options/rows/foreign';
import { type Side, SIDES } from '../../../../src/model/erlang/options/ssl-option';
import { SSL_OPTIONS } from '../../../../src/model/erlang/options/ssl-option-table';
import { Releases } from '../../../../src/model/otp/releases';
import { verificationFindings } from '../../../../src/model/rules/options/verification';
import { cluster, foundIn } from '../../../support/plans/judged-plan';
import { planAfter } from '../../../support/plans/pretended-terraform';
import { emptyStack } from '../../../support/stacks/template';

type Code =
  'peer-not-verified' | 'client-certificate-not-required' | 'peer-verified-less' | 'verification-not-examined';

interface Case {
  readonly side: Side;
  /** Beside `verify_peer`, and `fail_if_no_peer_cert` on the server side, which it may contradict. */
  readonly option: string;
  readonly code: Code;
  readonly effect?: string;
  readonly releases: string;
  readonly versions?: string;
}

const HTTPS = '[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]';
const BOTH_VERSIONS = "['tlsv1.3','tlsv1.2']";
const EVERY = '24 25 26 27 28 29';

/** Every way to verify less, and the releases in which it has that effect. */
const CASES: readonly Case[] = [
  ...both('{verify,verify_none}', 'peer-not-verified', EVERY),
  {
    side: 'server',
    option: '{fail_if_no_peer_cert,false}',
    code: 'client-certificate-not-required',
    releases: EVERY,
  },
  ...both(
    '{ciphers,["ECDHE-ECDSA-AES256-GCM-SHA384","ADH-AES256-GCM-SHA384"]}',
    'peer-not-verified',
    EVERY,
    BOTH_VERSIONS,
  ),
  ...both('{ciphers,"TLS_ECDH_anon_WITH_AES_128_CBC_SHA"}', 'peer-not-verified', EVERY, "['tlsv1.2']"),
  ...both('{ciphers,["PSK-AES128-GCM-SHA256"]}', 'peer-not-verified', EVERY, BOTH_VERSIONS),
  ...both('{ciphers,[#{key_exchange => dh_anon,cipher => aes_128_gcm}]}', 'peer-not-verified', EVERY, BOTH_VERSIONS),
  ...both('{verify_fun,{fun our_tls:accept/3,[]}}', 'verification-not-examined', EVERY),
  ...both('{partial_chain,fun our_tls:anchor/1}', 'verification-not-examined', EVERY),
  { side: 'client', option: `{customize_hostname_check,${HTTPS}}`, code: 'peer-verified-less', releases: EVERY },
  {
    side: 'client',
    option: '{customize_hostname_check,[{match_fun,fun our_tls:match/2}]}',
    code: 'verification-not-examined',
    releases: EVERY,
  },
  {
    side: 'client',
    option: '{server_name_indication,disable}',
    code: 'peer-verified-less',
    releases: '26 27 28 29',
  },
  {
    side: 'client',
    option: '{server_name_indication,"cluster.x.test"}',
    code: 'peer-verified-less',
    releases: '26 27 28 29',
  },
  ...both('{allow_any_ca_purpose,true}', 'peer-verified-less', '27 28 29'),
  ...both('{signature_algs,[ecdsa_secp256r1_sha256,ecdsa_sha1]}', 'peer-verified-less', '27 28 29'),
  ...both('{signature_algs_cert,[ecdsa_secp256r1_sha256,{sha,ecdsa}]}', 'peer-verified-less', '27 28 29'),
  {
    side: 'server',
    option: '{reuse_sessions,true}',
    code: 'peer-verified-less',
    releases: '27 28 29',
    versions: BOTH_VERSIONS,
  },
  ...both('{secure_renegotiate,false}', 'peer-verified-less', '24 25 26 27 28', BOTH_VERSIONS),
];

function both(option: string, code: Code, releases: string, versions?: string): readonly Case[] {
  return SIDES.map((side) => ({ side, option, code, releases, versions }));
}

function optionsOf({ side, option, versions = "['tlsv1.3']" }: Omit<Case, 'code' | 'releases'>): readonly Option[] {
  const required = side === 'server' && !option.startsWith('{fail_if') ? '{fail_if_no_peer_cert,true},' : '';
  const options = `[${option},{verify,verify_peer},${required}{cacertfile,"/ca.pem"},{versions,${versions}}]`;
  const found = tryReadOptionFile(`[{${side},${options}}].`)?.[side];
  if (found === undefined) throw new Error(`cannot read ${options}`);
  return found;
}

const codesFor = (one: Omit<Case, 'code' | 'releases'>, otp?: OtpRelease): readonly string[] => {
  const releases = otp === undefined ? Releases.EVERY : Releases.only(otp);
  return verificationFindings(one.side, optionsOf(one), releases, 'x').map(({ code }) => code);
};

const RELEASES = EVERY.split(' ').map((release) => OtpRelease.of(release));

describe.each(CASES)('$option on the $side side', (one) => {
  test('is found in each release in which less is verified by it, and in no other one', () => {
    const found = RELEASES.filter((otp) => codesFor(one, otp).includes(one.code));
    expect(found.join(' ')).toBe(one.releases);
    expect(codesFor(one)).toEqual([one.code]);
  });

  test('is found in a plan that brings it', () => {
    const plan = planAfter(cluster({ delivery: Delivery.localFiles({ outputDirectory: 'out' }) }));
    const replaced = one.option.startsWith('{fail_if') ? '{fail_if_no_peer_cert,true}' : '{verify,verify_peer}';
    const given = one.option.startsWith('{fail_if') ? one.option : `${one.option},${replaced}`;
    const text = JSON.stringify(plan, (_name, value: unknown) => {
      if (typeof value !== 'string' || !value.includes('{server,[')) return value;
      const [server = '', client = ''] = value.split('{client,[');
      const sides = { server, client };
      sides[one.side] = sides[one.side]
        .replace(replaced, () => given)
        .replace("['tlsv1.3']", one.versions ?? "['tlsv1.3']");
      return [sides.server, sides.client].join('{client,[');
    });
    expect(foundIn(JSON.parse(text))).toContainEqual(
      expect.stringMatching(new RegExp(`^${one.code}: .*${one.side} side of a@h1\\.x\\.test, a@h2\\.x\\.test`)),
    );
  });
});

test('every way in a row has its case', () => {
  const ways = [...SSL_OPTIONS, ...FOREIGN_OPTIONS].flatMap(({ name, verifiesLess = [] }) =>
    verifiesLess.flatMap((way) =>
      SIDES.filter((side) => (way.side ?? side) === side).map((side) => ({ name, way, side })),
    ),
  );
  const isLegalOn = (side: Side, name: string): boolean =>
    (name !== 'server_name_indication' && name !== 'customize_hostname_check') || side === 'client';
  const without = ways.filter(
    ({ name, way, side }) =>
      isLegalOn(side, name) &&
      !CASES.some(
        (one) => one.side === side && optionsOf(one).some(([given, value]) => given === name && way.holds(value)),
      ),
  );
  expect(without.map(({ name, side, way }) => `${name} (${side}): ${way.effect}`)).toEqual([]);
});

test.each<Omit<Case, 'code' | 'releases'>>([
  { side: 'server', option: '{verify_fun,{fun inet_tls_dist:verify_client/3,[]}}' },
  { side: 'client', option: '{customize_hostname_check,[]}' },
  { side: 'client', option: '{reuse_sessions,save}', versions: BOTH_VERSIONS },
  { side: 'server', option: '{ciphers,["ADH-AES256-GCM-SHA384"]}' },
  { side: 'server', option: '{ciphers,["ECDHE-ECDSA-AES256-GCM-SHA384"]}', versions: "['tlsv1.2']" },
  { side: 'server', option: '{signature_algs,[ecdsa_secp256r1_sha256,{sha256,ecdsa}]}' },
  { side: 'server', option: '{crl_check,best_effort}' },
  { side: 'server', option: '{depth,255}' },
])('$option on the $side side verifies no less', (one) => {
  expect(codesFor(one)).toEqual([]);
});

test.each<[string, Partial<SslDistOptFileProps>, string]>([
  [
    'a function',
    { serverOptions: { verifyFun: '{fun our_tls:accept/3,[]}' } },
    'verification-not-examined: verify_fun on the server side lets a function decide',
  ],
  [
    'one name for every host',
    { clientOptions: { serverNameIndication: 'x.test' } },
    'peer-verified-less: server_name_indication on the client side verifies less',
  ],
])('synth warns of %s', (_title, props, says) => {
  const { node } = new SslDistOptFile(emptyStack(), 'optfile', {
    ...{ path: '/t/ssl_dist.conf', otp: OtpRelease.OTP_27, certfile: '/t/node.pem', cacertfile: '/t/ca.pem' },
    ...props,
  });
  expect(node.metadata.map(({ data }) => data as string)).toEqual([expect.stringContaining(says)]);
});
