import type { FlagUse } from '../../../../src/model/erlang/flags/flag-use';
import { isFlatOption } from '../../../../src/model/erlang/options/flat-options';
import { settingsOfFlags, withFlatDefaults } from '../../../../src/model/erlang/options/flat-options-reader';
import { propertyTerm, wrongValue } from '../../../../src/model/erlang/options/option-values';
import { FOREIGN_OPTIONS } from '../../../../src/model/erlang/options/rows/foreign';
import { SIDES } from '../../../../src/model/erlang/options/ssl-option';
import {
  isForeignOption,
  NEGOTIATED_OPTIONS,
  optionsNaming,
  PEER_JUDGING_OPTIONS,
  SSL_OPTION_TABLE,
  SSL_OPTIONS,
} from '../../../../src/model/erlang/options/ssl-option-table';
import { atom, integer, text } from '../../../../src/model/erlang/terms/term';
import { readTerm } from '../../../../src/model/erlang/terms/term-reader';
import { OtpRelease } from '../../../../src/model/otp/otp-release';
import { Releases } from '../../../../src/model/otp/releases';
import { exampleFor } from '../../../support/options/examples';
import { NAMED_PKI } from '../../../support/options/pki';

test('each option stands in one row of the table, or among those that are not offered', () => {
  const names = [...SSL_OPTIONS, ...FOREIGN_OPTIONS].map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  expect(SSL_OPTIONS.filter(({ name }) => isForeignOption(name))).toEqual([]);
});

test('each option has a verdict for both sides', () => {
  const missing = SSL_OPTIONS.flatMap(({ name, rows }) =>
    SIDES.filter((side) => !rows.some((row) => row.side === side)).map((side) => `${name} (${side})`),
  );
  expect(missing).toEqual([]);
});

test('each negotiated option holds a list, and is not judged in plans in another way too', () => {
  expect(NEGOTIATED_OPTIONS).toEqual([
    ['ciphers', 'cipher suite'],
    ['supported_groups', 'group'],
    ['signature_algs', 'signature algorithm'],
  ]);
  const odd = SSL_OPTIONS.filter(({ negotiated, kind, inPlan }) => {
    return negotiated !== undefined && (!['atoms', 'strings'].includes(kind) || inPlan !== undefined);
  });
  expect(odd).toEqual([]);
});

test.each(SSL_OPTION_TABLE.map((row) => [`${row.option} (${row.side})`, row] as const))(
  'the right value of %s is taken as a property and as a term',
  (_title, row) => {
    const { given = row.value } = exampleFor(row, NAMED_PKI);
    expect(wrongValue(row.option, row.kind, propertyTerm(row, given))).toBeUndefined();
  },
);

test.each([
  ['depth', 256, 'a whole number from 0 to 255'],
  ['log_level', 'loud', 'a level of logger, none or all'],
  ['key_update_at', 0, 'a whole number from 1 on'],
])('%s as a property has the limits that OTP sets: %j is refused', (option, value, expected) => {
  const row = SSL_OPTION_TABLE.find((one) => one.option === option);
  if (row === undefined) throw new Error(`no ${option}`);
  expect(() => propertyTerm(row, value)).toThrow(
    `ssl-option-wrong-value: server option "${option}" ${JSON.stringify(value)}`,
  );
  expect(() => propertyTerm(row, value)).toThrow(expected);
});

/** As `ssl_option/2` of `inet_tls_dist.erl` has them, in the order of the table. */
const FLAT =
  'certfile keyfile cacertfile password verify verify_fun depth crl_check crl_cache ciphers reuse_sessions secure_renegotiate hibernate_after';

test.each([
  [OtpRelease.OTP_25, 'client', FLAT],
  [OtpRelease.OTP_25, 'server', `${FLAT} fail_if_no_peer_cert dhfile`],
  [OtpRelease.OTP_26, 'client', `${FLAT} versions ktls`],
  [OtpRelease.OTP_26, 'server', `${FLAT} fail_if_no_peer_cert dhfile versions ktls`],
])('the flat form of OTP %s has these options on the %s side', (otp, side, names) => {
  const has = (name: string): boolean => isFlatOption(`${side}_${name}`, Releases.only(otp));
  const known = SSL_OPTIONS.map(({ name }) => name).filter(has);
  expect([...known].sort()).toEqual(names.split(' ').sort());
  expect(isFlatOption(`third_${known[0]}`, Releases.only(otp))).toBe(false);
});

test.each([
  ['certfile', '/c', text('/c')],
  ['verify', 'verify_peer', atom('verify_peer')],
  ['depth', '2', integer(2)],
  ['depth', 'deep', atom('deep')],
  ['versions', 'tlsv1.3', readTerm("['tlsv1.3'].")],
  ['ciphers', 'A:B', text('A:B')],
  ['crl_cache', '{ssl_crl_cache,[]}', readTerm('{ssl_crl_cache,[]}.')],
  ['verify_fun', '{m,f,[]}', readTerm('{m,f,[]}.')],
  ['verify_fun', '{m,', atom('{m,')],
])('the flat form reads server_%s %s as Erlang does', (name, word, term) => {
  const uses: readonly FlagUse[] = [{ name: 'ssl_dist_opt', values: [`server_${name}`, word], carrier: '/vm.args' }];
  expect(settingsOfFlags(uses)?.server).toEqual([[name, term]]);
});

test('versions that flags leave out are those that hold anyway', () => {
  expect(withFlatDefaults([])).toEqual([['versions', readTerm("['tlsv1.2'].")]]);
  const given = [['versions', readTerm("['tlsv1.3'].")]] as const;
  expect(withFlatDefaults(given)).toEqual(given);
});

test('the options that name files, and those by which a peer is judged', () => {
  expect((['certificate', 'key', 'trust', 'parameters'] as const).flatMap(optionsNaming)).toEqual([
    'certfile',
    'keyfile',
    'cacertfile',
    'dhfile',
  ]);
  expect(PEER_JUDGING_OPTIONS).toEqual([
    ['client', 'depth'],
    ['server', 'depth'],
    ['client', 'customize_hostname_check'],
    ['client', 'server_name_indication'],
  ]);
});
