import type { Option } from '../../../src/model/erlang/option-file-reader';
import { argsFile } from '../../../src/model/installed/flag-carriers';
import { readFlags } from '../../../src/model/installed/flag-carriers';
import { illegalWords, settingsOfFlags } from '../../../src/model/installed/flat-settings';
import { missingFile } from '../../../src/model/installed/found-file';
import {
  asksForRevocation,
  crlDirectoryOf,
  filesOf,
  pathsOf,
  settingsOfFile,
} from '../../../src/model/installed/tls-settings';

function client(options: string): readonly Option[] {
  return settingsOfFile(`[{client,[${options}]}].`)?.client ?? [];
}

test.each<[string, string[]]>([
  ['{certfile,"/c"},{cacertfile,"/ca"}', ['/c', '/ca']],
  ['{certfile,"/c"},{keyfile,"/k"}', ['/c', '/k']],
  ['{certfile,<<"/c">>}', ['/c']],
  ['{certfile,[$/,99]}', ['/c']],
  ['{certfile,"/first"},{certfile,"/second"}', ['/first']],
  ['{certs_keys,[#{certfile => "/c1", keyfile => "/k1"}, #{certfile => "/c2"}]}', ['/c1', '/k1', '/c2']],
  ['{certfile,none}', []],
  ['{dhfile,"/dh"}', ['/dh']],
])('the files of %s', (options, paths) => {
  expect(pathsOf(client(options))).toEqual(paths);
});

test.each([
  ['PEM', '"-----BEGIN PRIVATE KEY-----\\nAAEC"'],
  ['its Base64', `"MIG${'A'.repeat(80)}"`],
])('a key in the place of a path, as %s, is not taken for one', (_title, value) => {
  expect(filesOf(client(`{keyfile,${value}}`)).keyfile).toBe('PEM text and no path');
});

test.each([
  ['{crl_check,true}', true],
  ['{crl_check,peer}', true],
  ['{crl_check,best_effort}', true],
  ['{crl_check,false}', false],
  ['{verify,verify_peer}', false],
])('%s asks for revocation lists: %s', (options, asks) => {
  expect(asksForRevocation(client(options))).toBe(asks);
});

test.each([
  ['{crl_cache,{ssl_crl_hash_dir,{internal,[{dir,"/crls"}]}}}', '/crls'],
  ['{crl_cache,{ssl_crl_cache,{internal,[{http,5000}]}}}', undefined],
  ['{crl_check,true}', undefined],
])('the directory of %s', (options, directory) => {
  expect(crlDirectoryOf(client(options))).toBe(directory);
});

function flat(words: string) {
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
  expect(illegalWords(flat('-ssl_dist_opt server_pasword secret client_verify verify_peer odd'))).toEqual([
    'server_pasword',
    'an odd number of words',
  ]);
});
