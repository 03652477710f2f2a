import { Fn, TerraformVariable } from 'cdktf';

import { sha256 } from '../../src/constructs/terraform/checksums';
import { Template } from '../support/stacks/template';

test.each<[string, (one: string, other: string) => string, string]>([
  ['tokens', (one, other) => one + other, '${sha256(join("", [var.one, var.other]))}'],
  ['a token of a function', () => Fn.file('x'), '${sha256(join("", [file("x")]))}'],
  ['tokens and text', (one) => `${one}\n`, '${sha256(join("", [var.one, base64decode("Cg==")]))}'],
])('the checksum of %s is that of their values', (_title, text, expected) => {
  const template = Template.of((stack) => {
    const [one, other] = ['one', 'other'].map((id) => new TerraformVariable(stack, id, { type: 'string' }).stringValue);
    stack.addOverride('locals.checksum', `before ${sha256(text(one ?? '', other ?? ''))} behind`);
  });
  expect(JSON.parse(template.text)).toMatchObject({ locals: { checksum: `before ${expected} behind` } });
});
