import { hostKey, hostKeyText } from '../../../../src/model/deliveries/over-ssh/host-keys';

const ED = `ssh-ed25519 ${'A'.repeat(68)}`;
const EC = `ecdsa-sha2-nistp256 ${'B'.repeat(139)}=`;
const OTHER_ED = `ssh-ed25519 ${'C'.repeat(68)}`;
const OTHER_EC = `ecdsa-sha2-nistp256 ${'D'.repeat(139)}=`;

const server = (keys: readonly string[], host = 'h.test', port = 22): Parameters<typeof hostKeyText>[1] => ({
  host,
  port,
  keys,
});

test.each([`${ED} root@db1`, ` ${ED}\n`, EC, `ssh-rsa ${'A'.repeat(370)}==`])(
  'takes a line of a public key: %j',
  (key) => {
    expect(hostKey('hostKeys', key)).toBe(key.trim().split(' ').slice(0, 2).join(' '));
  },
);

test.each([
  '',
  'ssh-ed25519',
  'AAAAC3NzaC1lZDI1NTE5AAAAI',
  `db1.x.test ${ED}`,
  `${ED}\n${EC}`,
  `${ED} x\n@cert-authority * ${EC}`,
  `ssh-dss ${'A'.repeat(68)}`,
  `ssh-ed25519 ${'A'.repeat(30)} '`,
  '-----BEGIN OPENSSH PRIVATE KEY-----',
])('refuses anything else, without showing it: %j', (key) => {
  expect(() => hostKey('hostKeys of h', key)).toThrow(/^ssh-host-key-illegal: hostKeys of h is no public key/);
});

test('the first key is for the name that Terraform writes before it, and others say whose they are', () => {
  expect(hostKeyText('s', server([ED]))).toBe(ED);
  expect(hostKeyText('s', server([ED, EC]))).toBe(`${ED}\n@cert-authority [h.test]:22 ${EC}`);
  expect(hostKeyText('s', server([ED, EC], '::1', 2222))).toBe(`${ED}\n@cert-authority [::1]:2222 ${EC}`);
  expect(hostKeyText('s', server([]))).toBeUndefined();
});

test('the first key is of a type that the bastion does not have, or its own', () => {
  const bastion = (...keys: readonly string[]): ReturnType<typeof server> => server(keys, 'b.test', 2200);
  const [atHost, atBastion] = ['@cert-authority [h.test]:22', '@cert-authority [b.test]:2200'];
  const text = `${ED}\n${atHost} ${EC}\n${atBastion} ${OTHER_EC}`;
  expect(hostKeyText('s', server([EC, ED]), bastion(OTHER_EC))).toBe(text);
  expect(hostKeyText('s', server([ED, EC]), bastion(OTHER_EC))).toBe(text);
  expect(hostKeyText('s', server([ED]), bastion(ED))).toBe(`${ED}\n${atBastion} ${ED}`);
  expect(hostKeyText('s', server(['${late}']), bastion(OTHER_ED))).toBe(`\${late}\n${atBastion} ${OTHER_ED}`);
  expect(() => hostKeyText('hostKeys', server([ED, EC]), bastion(OTHER_ED, OTHER_EC))).toThrow(
    'ssh-bastion-key-of-same-type: hostKeys have no type that the keys of the bastion lack',
  );
});
