import { keptKeyFindings, typedKeyFindings } from '../../../src/model/pki/kept-key';

const KEY = '-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----\n';

const VARIABLES = new Map([
  ['ephemeral', { isEphemeral: true }],
  ['stored', { isEphemeral: false }],
  ['typed', { isEphemeral: true, default: KEY }],
]);

test.each([
  '${var.ephemeral}',
  '${var.unknown}',
  '${ephemeral.vault_kv_secret_v2.ca.data.key}',
  '${sensitive(ephemeral.vault_kv_secret_v2.ca.data["data.x"])}',
  '${file("/run/secrets/ca_key.pem")}',
  '${file("${path.module}/a_b.c")}',
  '${local.ca_key}',
])('Terraform keeps nothing of %s', (expression) => {
  expect(keptKeyFindings('key', expression, VARIABLES)).toEqual([]);
});

test.each([
  ['${var.stored}', 'var.stored'],
  ['${chomp(var.stored)}', 'var.stored'],
  ['${data.vault_generic_secret.ca.data["key"]}', 'data.vault_generic_secret'],
  ['${tls_private_key.ca.private_key_pem}', 'tls_private_key.ca'],
  ['${lookup(data.external.ca.result, "key")}', 'data.external'],
])('Terraform keeps the value of %s', (expression, head) => {
  const [found, ...more] = keptKeyFindings('key', expression, VARIABLES);
  expect(found?.code).toBe('write-only-key-kept');
  expect(found?.message).toContain(head);
  expect(more).toEqual([]);
});

test.each([
  [`\${sensitive("${KEY}")}`, 'key'],
  [KEY, 'key'],
  ['${var.typed}', 'default of var.typed'],
])('a key in the program is found, and not shown', (expression, subject) => {
  const [found, ...more] = typedKeyFindings('key', expression, VARIABLES);
  expect(found).toMatchObject({ code: 'private-key-typed', subject });
  expect(JSON.stringify(found)).not.toContain('MHc');
  expect(more).toEqual([]);
});

test('an expression without a key is fine', () => {
  expect(typedKeyFindings('key', '${var.stored}${file("x")}', VARIABLES)).toEqual([]);
});
