import type { FlagUse } from '../../../../src/model/erlang/flags/flag-use';
import { illegalWords, settingsOfFlags } from '../../../../src/model/erlang/options/flat-options-reader';
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

test('words that OTP does not understand are told without their values', () => {
  expect(
    illegalWords(flat('-ssl_dist_opt server_pasword secret client_verify verify_peer odd'), Releases.EVERY),
  ).toEqual(['server_pasword', 'an odd number of words']);
});

test('versions in flags are understood from OTP 26 on', () => {
  const words = flat('-ssl_dist_opt server_versions tlsv1.3 client_ktls true server_depth 1');
  expect(illegalWords(words, Releases.only(OtpRelease.OTP_25))).toEqual(['server_versions', 'client_ktls']);
  expect(illegalWords(words, Releases.only(OtpRelease.OTP_26))).toEqual([]);
  expect(illegalWords(words, Releases.EVERY)).toEqual([]);
});
