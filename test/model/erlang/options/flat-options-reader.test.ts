import type { FlagUse } from '../../../../src/model/erlang/flags/flag-use';
import {
  hasOddWord,
  type IllegalWord,
  illegalWords,
  settingsOfFlags,
} from '../../../../src/model/erlang/options/flat-options-reader';
import { argsFile, readFlags } from '../../../../src/model/observed/files/flag-carriers';
import { missingFile } from '../../../../src/model/observed/files/found-file';
import { OtpRelease } from '../../../../src/model/otp/otp-release';
import { Releases } from '../../../../src/model/otp/releases';

function flat(words: string): readonly FlagUse[] {
  return readFlags([argsFile('/vm.args', words)], missingFile).uses;
}

test('-ssl_dist_opt, as often as it is given, is one list of pairs', () => {
  const settings = settingsOfFlags(
    flat('-ssl_dist_opt server_certfile /c server_depth 2\n-ssl_dist_opt client_verify verify_peer'),
  );
  expect(settings).toEqual({
    server: [
      ['certfile', { kind: 'text', text: '/c' }],
      ['depth', { kind: 'integer', value: 2n }],
    ],
    client: [['verify', { kind: 'atom', name: 'verify_peer' }]],
  });
});

test('no -ssl_dist_opt is no setting, and one side may have none', () => {
  expect(settingsOfFlags(flat('-proto_dist inet_tls'))).toBeUndefined();
  expect(settingsOfFlags(flat('-ssl_dist_opt server_certfile /c'))?.client).toBeUndefined();
});

test.each<[string, string, readonly IllegalWord[]]>([
  [
    'a misspelled side',
    'server_depth 1 cleint_verify verify_peer',
    [{ place: 3, word: 'cleint_verify', meant: 'client_verify' }],
  ],
  ['a misspelled name', 'client_verfy verify_peer', [{ place: 1, word: 'client_verfy', meant: 'client_verify' }]],
  ['a name of no option', 'server_whatever 1', [{ place: 1, word: 'server_whatever' }]],
  [
    'a value in two words',
    'server_certfile /a b.pem client_depth 1',
    [
      { place: 3, word: 'b.pem' },
      { place: 5, word: '1' },
    ],
  ],
  [
    'a misspelled password',
    'server_pasword secret odd',
    [{ place: 1, word: 'server_pasword', meant: 'server_password' }, { place: 3 }],
  ],
  [
    'a password in the place of a name',
    'x server_password secret client_verify',
    [{ place: 1, word: 'x' }, { place: 3 }],
  ],
  ['a password of two words', 'server_password my secret client_verify x', [{ place: 3 }, { place: 5, word: 'x' }]],
])('words that OTP does not understand are named, and passwords are not: %s', (_title, words, expected) => {
  expect(illegalWords(flat(`-ssl_dist_opt ${words}`), Releases.EVERY)).toEqual(expected);
});

test('an odd number of words is told', () => {
  expect(hasOddWord(flat('-ssl_dist_opt server_depth 1 odd'))).toBe(true);
  expect(hasOddWord(flat('-ssl_dist_opt server_depth 1'))).toBe(false);
});

test('versions in flags are understood from OTP 26 on', () => {
  const words = flat('-ssl_dist_opt server_versions tlsv1.3 client_ktls true server_depth 1');
  expect(illegalWords(words, Releases.only(OtpRelease.OTP_25)).map(({ word }) => word)).toEqual([
    'server_versions',
    'client_ktls',
  ]);
  expect(illegalWords(words, Releases.only(OtpRelease.OTP_26))).toEqual([]);
  expect(illegalWords(words, Releases.EVERY)).toEqual([]);
});
