import fc from 'fast-check';

import { readNodeScript, scriptsIn } from '../../../../src/model/deliveries/node-script/reader';
import { readPlan } from '../../../../src/model/observed/terraform/terraform-plan';
import { NOT_CONFIGURED, type TerraformResource, type Values } from '../../../../src/model/terraform/resources';
import { scriptText } from '../../../support/installing/script-text';

const FILES = [
  { name: 'ca.pem', mode: '0644', content: 'one\n', checksum: 'a', readAtBoot: false, isCommon: true },
  {
    name: 'sub/vm.args',
    mode: '0600',
    content: "  1)\n      cat <<'END_OF_FILE_1'\ntwo\n",
    checksum: 'b',
    readAtBoot: true,
    isCommon: true,
  },
];

test('reads the files that the writer put into a script', () => {
  const script = scriptText({
    subject: "a@h'1",
    installDirectory: '/etc/it is',
    owner: '',
    reload: 'x',
    files: FILES,
  });
  expect(readNodeScript(script)).toEqual({
    subject: "a@h'1",
    installDirectory: '/etc/it is',
    files: FILES.map(({ name, mode, content }) => ({ name, mode, content })),
  });
});

test.each(['', 'x', '#!/bin/sh\necho\n', "subject='a'\ninstall_directory='/b'\n"])(
  '%j is no install script',
  (text) => {
    expect(readNodeScript(text)).toBeUndefined();
  },
);

test('never throws or hangs, whatever the text', () => {
  const script = scriptText({ subject: 'a', installDirectory: '/b', owner: '', reload: '', files: FILES });
  fc.assert(
    fc.property(fc.nat(script.length), fc.nat(script.length), (one, other) => {
      readNodeScript(script.slice(0, one) + script.slice(other));
    }),
  );
});

const STORE = { address: 'some_store.a', type: 'some_store', mode: 'managed' };

describe('in a plan or a state', () => {
  const script = scriptText({ subject: 'a', installDirectory: '/b', owner: '', reload: '', files: FILES });
  const resource = (one: Partial<TerraformResource>): TerraformResource => ({
    address: 'some_store.a',
    type: 'some_store',
    configured: NOT_CONFIGURED,
    ...one,
  });
  const unit = { name: 'a', installDirectory: '/b', resources: ['some_store.a'] };

  test.each<Values>([{ value: script }, { input: { script } }, { rows: [{}, { text: script }] }])(
    'a script is found in any attribute, at any depth: %#',
    (values) => {
      expect(scriptsIn([resource({ before: values })], 'before')).toMatchObject([unit]);
      expect(scriptsIn([resource({ after: values })], 'after')).toMatchObject([unit]);
    },
  );

  test('is found once where the resource repeats it', () => {
    expect(scriptsIn([resource({ before: { input: { script }, output: { script } } })], 'before')).toHaveLength(1);
  });

  test('is read from the configuration as long as its value is not known', () => {
    const template = script.replace('ca.pem', 'ca.${x_y.z.name}');
    const configured = (name: string, value: unknown): TerraformResource['configured'] => ({
      dependsOn: [],
      expressions: new Map([[name, { value, references: ['x_y.z'] }]]),
    });
    const expected = [{ ...unit, files: [{ references: ['x_y.z'] }, {}] }];
    const flat = resource({ after: {}, configured: configured('value', template) });
    expect(scriptsIn([flat], 'after')).toMatchObject(expected);
    const deep = resource({ after: { input: { other: 'x' } }, configured: configured('input', { script: template }) });
    expect(scriptsIn([deep], 'after')).toMatchObject(expected);
  });

  test('is read from the configuration of a block, too', () => {
    const plan = readPlan({
      format_version: '1.2',
      resource_changes: [{ ...STORE, change: { before: null, after: { row: [{}, {}] } } }],
      configuration: {
        root_module: {
          resources: [
            {
              ...STORE,
              expressions: {
                row: [{}, { name: {}, text: { constant_value: script, references: ['x_y.z.name', 'x_y.z'] } }],
              },
            },
          ],
        },
      },
    });
    expect(scriptsIn(plan.resources, 'after')).toMatchObject([{ ...unit, files: [{ references: ['x_y.z'] }, {}] }]);
  });

  test('is not read from the configuration if Terraform writes it without keeping it', () => {
    const expressions = new Map([['value_wo', { value: script, references: [] }]]);
    const configured = { dependsOn: [], expressions };
    expect(scriptsIn([resource({ after: { value_wo: null }, configured })], 'after')).toEqual([]);
  });

  test('a file whose key is left out of the script is said to lack it', () => {
    const shown = scriptText({
      ...{ subject: 'a', installDirectory: '/b', owner: '', reload: '', files: FILES },
      leftOut: ['sub/vm.args'],
    });
    expect(readNodeScript(shown)?.files.map(({ lacksKey }) => lacksKey)).toEqual([undefined, true]);
  });
});
