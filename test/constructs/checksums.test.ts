import { Fn, TerraformVariable } from 'cdktf';

import { sha256, withChecksumTokens } from '../../src/constructs/terraform/checksums';
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

test('a literal text that looks like a checksum stays a literal text', () => {
  const literal = 'x $${sha256(join("", [1]))} y';
  expect(withChecksumTokens(literal)).toBe(literal);
  expect(withChecksumTokens(literal.replace('$$', '$'))).not.toContain('sha256');
});
