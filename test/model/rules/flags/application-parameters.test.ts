import type { TlsClusterProps } from 'cdktf-erlang-tls';
import { Platform } from 'cdktf-erlang-tls';

import { describe as textOf } from '../../../../src/model/findings/finding';
import { carriersIn } from '../../../../src/model/observed/files/configuring-files';
import { readFlags } from '../../../../src/model/observed/files/flag-carriers';
import { missingFile } from '../../../../src/model/observed/files/found-file';
import { parameterFindings } from '../../../../src/model/rules/flags/application-parameters';
import { cluster, judged } from '../../../support/plans/judged-plan';

function found(text: string): readonly string[] {
  const { uses } = readFlags(carriersIn({ name: 'vm.args', text }, 'vm.args'), missingFile);
  return parameterFindings(uses, ' of a').map((one) => textOf(one).replace(/, expected.*/s, ''));
}

const NO_TERM = 'is not an Erlang term';

test.each<[flags: string, messages: readonly string[]]>([
  ['-couch_dist no_tls "*@127.0.0.1"', [`-couch_dist no_tls of a "*@127.0.0.1" ${NO_TERM}`]],
  [`-couch_dist no_tls '"*@127.0.0.1"'`, []],
  ['-kernel net_ticktime 30 logger_level Info', [`-kernel logger_level of a "Info" ${NO_TERM}`]],
  ['-mnesia dir /var/lib', [`-mnesia dir of a "/var/lib" ${NO_TERM}`]],
  ['-kernel net_ticktime ""', [`-kernel net_ticktime of a "" ${NO_TERM}`]],
  ['-kernel Ticktime 30', [`name of a parameter of -kernel of a "Ticktime" ${NO_TERM}`]],
  // The VM passes over an odd word, and a program may read a flag of its own by itself.
  ['-kernel net_ticktime 30 /x', []],
  ['-my_app dir /var/lib', []],
  ['-couch_ini /etc/default.ini /etc/local.ini', []],
  ['-kernel net_ticktime $TICKTIME', []],
  ['-kernel $MORE net_ticktime /x', []],
])('%s', (flags, messages) => {
  expect(found(flags)).toEqual(messages.map((one) => `application-parameter-not-a-term: ${one}`));
});

test('a word that is a term to some releases only is not called clean', () => {
  expect(found(`-kernel x '"a""b"'`)).toEqual([
    String.raw`application-parameter-not-examined: -kernel x of a "\"a\"\"b\"" may be an Erlang term or not: it was not examined`,
  ]);
});

test('a secret is not repeated', () => {
  expect(found('-rabbit default_pass S3cret')).toEqual([
    `application-parameter-not-a-term: -rabbit default_pass of a ${NO_TERM}`,
  ]);
});

test('a cluster is refused, or gets a warning, for the same reasons', () => {
  const flags = (value: string): Partial<TlsClusterProps> => ({
    platform: Platform.couchDb({ protoDist: 'inet_tls' }),
    flags: [{ name: 'couch_dist', values: ['no_tls', value] }],
  });
  expect(() => judged(cluster(flags('*@127.0.0.1')))).toThrow(/application-parameter-not-a-term: -couch_dist no_tls "/);
  expect(() => judged(cluster(flags('"*@127.0.0.1"')))).not.toThrow();
});
