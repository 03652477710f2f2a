import fc from 'fast-check';

import { jsonWith, textsInJson } from '../../../src/model/terraform/json-texts';
import { terraformLiteral } from '../../../src/model/terraform/terraform-literal';

test('a template is read back as it was written', () => {
  const template = `#!/bin/sh\nx='\${tls_private_key.a.private_key_pem}'\n${terraformLiteral('f() { ${x}; }\t"\\\\"')}\n\${local.body}`;
  const written = jsonWith('script', template);
  expect(written).toMatch(/^\$\{jsonencode\(\{"script" = "#!\/bin\/sh\\n/);
  expect(textsInJson(written)).toEqual([template]);
});

test('so is any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      const template = terraformLiteral(text);
      return textsInJson(jsonWith('a', template))[0] === template;
    }),
  );
});

test('the braces of a text are written as codes, so that only expressions have any', () => {
  expect(jsonWith('a', '{ $${x} %%{y} }')).toBe(
    '${jsonencode({"a" = "\\u007b $\\u007bx\\u007d %\\u007by\\u007d \\u007d"})}',
  );
});

test.each([
  ['{"a":"x","b":1,"c":{"d":"e"}}', ['x']],
  ['{"a', ['{"a']],
  ['text', ['text']],
  ['${jsonencode({"a" = "x", "b" = "y"})}', ['${jsonencode({"a" = "x", "b" = "y"})}']],
])('of %s, these texts are read: %j', (text, texts) => {
  expect(textsInJson(text)).toEqual(texts);
});
