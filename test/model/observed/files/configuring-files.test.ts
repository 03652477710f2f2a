import {
  carriersIn,
  mayConfigure,
  optionFileAmong,
  withoutDerived,
} from '../../../../src/model/observed/files/configuring-files';

const OPTIONS = '[{server,[]},{client,[]}].';

function namesOf(files: readonly { readonly name: string }[]): string[] {
  return files.map(({ name }) => name);
}

test.each<[string, boolean]>([
  ['vm.args', true],
  ['ssl_dist.conf', true],
  ['sys.config', true],
  ['vm.args.src', true],
  ['vm.args.eex', true],
  ['node.pem', false],
  ['args', false],
])('a file named %s may configure a node: %s', (name, may) => {
  expect(mayConfigure(name)).toBe(may);
});

test.each<[string, Record<string, string>, string[]]>([
  ['a template alone', { 'vm.args.src': '' }, ['vm.args.src']],
  ['a template beside the files made from it', { 'vm.args': '', 'vm.args.src': '', 'vm.args.eex': '' }, ['vm.args']],
  ['a file that another one names', { 'vm.args': '-args_file /etc/more.args', 'more.args': '' }, ['vm.args']],
  [
    'a file that only a comment names',
    { 'vm.args': '# -args_file more.args', 'more.args': '' },
    ['vm.args', 'more.args'],
  ],
  [
    'two files that name each other',
    { 'vm.args': '-args_file more.args', 'more.args': '-args_file vm.args' },
    ['vm.args', 'more.args'],
  ],
  ['a file that names itself', { 'vm.args': '-args_file vm.args' }, ['vm.args']],
])('files that others include or are made from are left out: %s', (_title, texts, names) => {
  const files = Object.entries(texts).map(([name, text]) => ({ name, text }));
  expect(namesOf(withoutDerived(files))).toEqual(names);
});

test.each<[string, Record<string, string>, string | undefined]>([
  ['a file with both sides', { 'a.conf': '[{port,1}].', 'b.conf': OPTIONS }, 'b.conf'],
  ['a broken option file', { 'a.conf': 'key = value', 'b.conf': '%% options\n[{servr,' }, 'b.conf'],
  ['not a file of an application', { 'sys.config': OPTIONS, 'advanced.config': '[{rabbit,[]}].' }, undefined],
  ['not a file of another program', { 'php.conf': '[section]\nkey = value' }, undefined],
  ['not a file of flags', { 'vm.args': OPTIONS }, undefined],
])('the option file is %s', (_title, texts, name) => {
  const files = Object.entries(texts).map(([file, text]) => ({ name: file, text }));
  expect(optionFileAmong(files)?.name).toBe(name);
});

test('a settings file of an application carries no flags, and a file of a platform those that the platform makes of it', () => {
  expect(carriersIn({ name: 'sys.config', text: '[].' }, '/sys.config')).toEqual([]);
  expect(carriersIn({ name: 'emqx.conf', text: 'cluster.proto_dist = inet_tls' }, '/e')).toEqual([
    { name: '/e', words: ['-proto_dist', 'inet_tls'], namesOptionFile: true, lacksTools: false },
  ]);
});
