import { argsFile, type FoundFlags, readFlags, variable } from '../../../../src/model/observed/files/flag-carriers';
import { type FileAt, missingFile } from '../../../../src/model/observed/files/found-file';

/** Files by their paths. */
function at(files: Readonly<Record<string, string>>): FileAt {
  return (path) => {
    const text = files[path];
    return text === undefined
      ? missingFile(path)
      : { ...missingFile(path), kind: 'file', bytes: new TextEncoder().encode(text) };
  };
}

function flagsOf(text: string, files: Readonly<Record<string, string>> = {}): FoundFlags {
  return readFlags([argsFile('/vm.args', text)], at({ '/vm.args': text, ...files }));
}

test('the flags of a nested file take the place of -args_file', () => {
  const { uses } = flagsOf('-a 1\n-args_file /more\n-c 3\n', { '/more': '-b 2\n' });
  expect(uses).toEqual([
    { name: 'a', values: ['1'], carrier: '/vm.args' },
    { name: 'b', values: ['2'], carrier: '/more' },
    { name: 'c', values: ['3'], carrier: '/vm.args' },
  ]);
});

test('words after -extra and flags of the emulator are left out', () => {
  expect(flagsOf('+P 1000000 -a 1 +K true -b\n-extra -c 3\n').uses.map(({ name, values }) => [name, values])).toEqual([
    ['a', ['1']],
    ['b', []],
  ]);
});

test.each<[string, Partial<FoundFlags>, Readonly<Record<string, string>>?]>([
  ['-args_file /none', { missing: ['/none'], loops: [] }],
  ['-args_file /vm.args', { missing: [], loops: ['/vm.args'] }],
  ['-args_file /more', { missing: [], loops: ['/vm.args'] }, { '/more': '-args_file /vm.args' }],
  ['-a "1\n-b', { unclosed: ['/vm.args'] }],
])('missing files, loops and open quotes are reported: %j', (text, found, files = {}) => {
  expect(flagsOf(text, files)).toMatchObject(found);
});

test('files that each name the next one twice are not examined beyond a limit', () => {
  const files = Object.fromEntries(
    Array.from({ length: 64 }, (_, number) => [`/${number}`, `-args_file /${number + 1} -args_file /${number + 1}\n`]),
  );
  const { loops, unexamined, mayHoldMore } = flagsOf('-args_file /0\n', { ...files, '/64': '-a 1\n' });
  expect([loops, unexamined, mayHoldMore]).toEqual([
    [],
    [expect.objectContaining({ parts: [expect.stringMatching(/1000/)] })],
    true,
  ]);
});

test.each<[string, string[], boolean]>([
  [
    '-name $NODE -kernel inet_dist_listen_min $PORT -pa ${LIB} -proto_dist inet_tls',
    ['$NODE', '$PORT', '${LIB}'],
    false,
  ],
  ['$FLAGS -proto_dist inet_tls', ['$FLAGS'], true],
  ['-proto_dist inet_tls $FLAGS', ['$FLAGS'], true],
  ['-args_file $MORE', ['$MORE'], true],
  ['-ssl_dist_opt server_certfile $CERT', ['$CERT'], false],
  ['+P $PROCESSES -a b', [], false],
  ['-setcookie ${COOKIE}', ['${COOKIE}'], false],
  ['-setcookie s3$cret', ['a part of what follows -setcookie'], false],
  ['-ssl_dist_opt server_password s3$cret', ['a part of what follows server_password'], false],
])('parts that are not known are told, and whether they may hold flags: %s', (text, parts, mayHoldMore) => {
  const { unexamined, ...flags } = flagsOf(text);
  expect([unexamined.flatMap((one) => one.parts), flags.mayHoldMore]).toEqual([parts, mayHoldMore]);
});

test('a hash in a variable is an ordinary character', () => {
  expect(variable('ERL_FLAGS', '-a b#c').words).toEqual(['-a', 'b#c']);
});
