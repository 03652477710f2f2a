import { KUBERNETES_SECRET_READER } from '../../../../src/model/deliveries/kubernetes-secret/reader';
import { NOT_CONFIGURED, type TerraformResource } from '../../../../src/model/terraform/resources';

const ADDRESS = 'kubernetes_secret_v1.a';

function secret(one: Partial<TerraformResource>): TerraformResource {
  return { address: ADDRESS, type: 'kubernetes_secret_v1', configured: NOT_CONFIGURED, ...one };
}

const DATA = { 'a_40h_2fca.pem': 'ca', 'a_40h_2fcrls_2f1.r0': 'list', 'tools_2fca.pem': 'ca', 'tls.crt': 'other' };
const UNITS = [
  {
    name: 'a@h',
    files: [
      { name: 'ca.pem', content: 'ca' },
      { name: 'crls/1.r0', content: 'list' },
    ],
    resources: [ADDRESS],
  },
  { name: 'tools', files: [{ name: 'ca.pem', content: 'ca' }], resources: [ADDRESS] },
];

/** The configuration of `data` as Terraform shows it of a stack in JSON, with the templates that are in it. */
function configuredAs(value: unknown): TerraformResource['configured'] {
  return { dependsOn: [], expressions: new Map([['data', { value, references: ['tls_x.ca'] }]]) };
}

test.each(['kubernetes_secret_v1', 'kubernetes_secret'])('the nodes in the state of a %s', (type) => {
  expect(KUBERNETES_SECRET_READER.unitsIn([secret({ type, before: { data: DATA } })], 'before')).toEqual(UNITS);
});

test.each([
  ['another resource', { type: 'kubernetes_config_map_v1', before: { data: DATA } }],
  ['a Secret with other keys', { before: { data: { 'tls.crt': 'x' } } }],
  ['a Secret without data', { before: { data: null } }],
  ['a Secret that does not exist yet', { after: { data: DATA } }],
])('nothing is in %s', (_what, one) => {
  expect(KUBERNETES_SECRET_READER.unitsIn([secret(one)], 'before')).toEqual([]);
});

const TEMPLATES = { 'a_40h_2fca.pem': '${tls_x.ca.pem}', 'a_40h_2fvm.args': '-name $${x}' };

test.each([
  ['is not known at all', {}],
  ['is known in part', { data: { 'a_40h_2fvm.args': '-name ${x}' } }],
])('the configuration stands for what %s', (_what, after) => {
  const [unit] = KUBERNETES_SECRET_READER.unitsIn([secret({ after, configured: configuredAs(TEMPLATES) })], 'after');
  expect(unit?.files).toMatchObject([
    { name: 'ca.pem', content: '${tls_x.ca.pem}\n', references: ['tls_x.ca'] },
    { name: 'vm.args', content: '-name ${x}' },
  ]);
});

test('what is known takes the place of a reference, and a Secret that is destroyed has nothing', () => {
  const known = { address: 'tls_x.ca', type: 'tls_x', after: { pem: 'known' }, configured: NOT_CONFIGURED };
  const one = secret({ after: {}, configured: configuredAs(TEMPLATES) });
  expect(KUBERNETES_SECRET_READER.unitsIn([known, one], 'after')[0]?.files[0]?.content).toBe('known');
  expect(KUBERNETES_SECRET_READER.unitsIn([known, { ...one, after: undefined }], 'after')).toEqual([]);
});
