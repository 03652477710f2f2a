import { type Option, tryReadOptionFile } from '../../../../src/model/erlang/options/option-file-reader';
import { asksForRevocation, crlDirectoryOf, filesOf, pathsOf } from '../../../../src/model/erlang/options/tls-settings';

function client(options: string): readonly Option[] {
  return tryReadOptionFile(`[{client,[${options}]}].`)?.client ?? [];
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
  expect(filesOf(client(`{keyfile,${value}}`)).pairs[0]?.keyfile).toBe('PEM text and no path');
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
