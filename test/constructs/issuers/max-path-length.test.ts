import type { TerraformStack } from 'cdktf';
import { CaGeneration, CaSource, CertificateAuthority, TlsProviderVersion } from 'cdktf-erlang-tls';

import { Template } from '../../support/stacks/template';

/** The CA of one generation. */
function authorityWith(maxPathLength: number | undefined, version?: string): (stack: TerraformStack) => void {
  return (stack) => {
    if (version !== undefined) TlsProviderVersion.require(stack, version);
    const generations = [CaGeneration.signing('1', { maxPathLength })];
    new CertificateAuthority(stack, 'ca', { commonName: 'CA', generations });
  };
}

test('a path length is in the certificate of the root, and nothing else changes', () => {
  const limited = Template.of(authorityWith(1, '~> 4.2, >= 4.2.1')).only('tls_self_signed_cert');
  const unlimited = Template.of(authorityWith(undefined)).only('tls_self_signed_cert');
  expect({ ...limited, '//': undefined }).toEqual({ ...unlimited, '//': undefined, max_path_length: 1 });
  expect(unlimited).not.toHaveProperty('max_path_length');
});

test('a path length needs a provider that can set it, and no other Terraform', () => {
  expect(() => Template.of(authorityWith(1))).toThrow('4.2.1 or later, for maxPathLength');
  expect(() => Template.of(authorityWith(1, '~> 4.2'))).toThrow('provider-version-too-old');
  expect(Template.of(authorityWith(1, '4.4.1')).text).not.toContain('required_version');
});

test.each([0, -1, 1.5, Number.NaN, 256])('the path length %d is refused', (length) => {
  expect(() => Template.of(authorityWith(length, '4.4.1'))).toThrow('max-path-length-illegal: maxPathLength');
});

test('it has no effect on a CA that exists already, and is refused there', () => {
  const source = CaSource.certificate('${var.ca}');
  expect(() => CaGeneration.trusted('1', { source, maxPathLength: 1 })).toThrow('maxPathLength of CA generation "1"');
});
