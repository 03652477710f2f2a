import { TerraformOutput, TerraformVariable } from 'cdktf';

import { certificateData } from '../../src/constructs/terraform/certificate-data';
import { emptyStack, Template } from '../support/stacks/template';

test('what Terraform reads in a certificate is an expression over the data source', () => {
  const { text } = Template.of((stack) => {
    const pem = new TerraformVariable(stack, 'pem', { type: 'string' }).stringValue;
    const { notAfter, subject } = certificateData(stack, 'Data', pem);
    new TerraformOutput(stack, 'found', { value: { notAfter, subject } });
  });
  const first = 'data.tls_certificate.Data.certificates[0]';
  expect(JSON.parse(text)).toMatchObject({
    data: { tls_certificate: { Data: { content: '${var.pem}' } } },
    output: {
      found: {
        value: { notAfter: `\${${first}.not_after}`, subject: `\${${first}.subject}` },
      },
    },
  });
});

test('it needs the tls provider', () => {
  const stack = emptyStack();
  certificateData(stack, 'Data', 'PEM');
  expect(() => Template.fromStack(stack)).toThrow('provider-missing: tls resource');
});
