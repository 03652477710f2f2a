import {
  hostFromPattern,
  plainDirectory,
  sshCommand,
  sshHost,
  sshUser,
} from '../../../../src/model/deliveries/over-ssh/address';

const NODE = { id: 'db1', host: 'db1.x.test' };

test.each([
  ['{host}', 'db1.x.test'],
  ['{host}.internal', 'db1.x.test.internal'],
  ['{id}.example.com', 'db1.example.com'],
])('the pattern %s is %s', (pattern, host) => {
  expect(hostFromPattern('host', pattern, NODE)).toBe(host);
});

test.each(['db1', '', '{name}.x', '{host', '{host}{}'])('%j is no pattern', (pattern) => {
  expect(() => hostFromPattern('host', pattern, NODE)).toThrow(/^ssh-host-pattern-illegal: host /);
});

test.each(['db1.example.com', '10.0.0.1', '::1', '2001:db8::1', 'db_1'])('%s is a host', (host) => {
  expect(sshHost('host', host)).toBe(host);
});

test.each(['', 'a b', '*', 'h,*', 'h\n', 'user@h', '-oProxyCommand=x', '[::1]', 'h/x', '$(x)'])(
  '%j is no host',
  (host) => {
    expect(() => sshHost('host', host)).toThrow(/^ssh-host-illegal: /);
  },
);

test.each(['', 'a b', 'root@h', '-l', "a'b", '$x'])('%j is no user', (user) => {
  expect(() => sshUser('user', user)).toThrow(/^ssh-user-illegal: /);
});

test.each(['', 'tmp', '/a b', '/$(x)', "/a'b"])('%j takes no script', (path) => {
  expect(() => plainDirectory('stagingDirectory', path)).toThrow(/^ssh-staging-directory-illegal: /);
});

test.each(['', ' \n', 'a\0b', 'a\r'])('%j is no command', (command) => {
  expect(() => sshCommand('healthCommand', command)).toThrow(/^ssh-command-illegal: /);
});
