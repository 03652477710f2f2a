import { flagsOfPlatformFile } from '../../../src/model/platforms/flag-files';

const TLS = ['-proto_dist', 'inet_tls'];

test.each<[string, string[]]>([
  ['cluster.proto_dist = inet_tls\n', TLS],
  ['  cluster.proto_dist: "inet_tls"\n', TLS],
  ['cluster {\n  name = emqxcl\n  proto_dist = inet_tls\n}\n', TLS],
  ['cluster { proto_dist = inet_tls }\n', TLS],
  ['cluster.proto_dist = inet_tcp\ncluster.proto_dist = inet_tls\n', TLS],
  ['# cluster.proto_dist = inet_tcp\n// cluster.proto_dist = inet_tcp\n', []],
  ['cluster.other_proto_dist = inet_tcp\n', []],
  [`${'\n'.repeat(100_000)}${' '.repeat(100_000)}`, []],
])('EMQX makes its flag of %j', (text, words) => {
  expect(flagsOfPlatformFile('emqx.conf', text)).toEqual({ words, namesOptionFile: true });
});

test.each<[string, string[]]>([
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ["export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-proto_dist inet_tls' # TLS\n", TLS],
  ['SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tcp"\nSERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ['CTL_ERL_ARGS="-proto_dist inet_tls"\n', TLS],
  ['# SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tcp"\n', []],
  ['NODENAME=rabbit@db1\n', ['-sname', 'rabbit@db1']],
  ['NODENAME=rabbit@db1.x.test\nUSE_LONGNAME=true\n', ['-name', 'rabbit@db1.x.test']],
])('RabbitMQ has of %j', (text, words) => {
  expect(flagsOfPlatformFile('rabbitmq-env.conf', text)).toEqual({ words, namesOptionFile: false });
});

test('every other file is none of a platform', () => {
  expect(flagsOfPlatformFile('vm.args', '-proto_dist inet_tls')).toBeUndefined();
});
