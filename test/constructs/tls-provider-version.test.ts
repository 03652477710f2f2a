import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { Lazy, TerraformProvider, type TerraformStack } from 'cdktf';
import { TlsProviderVersion } from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import { requireTlsFeature } from '../../src/constructs/terraform/tls-provider-version';
import { PATH_LENGTHS, WRITE_ONLY_KEYS } from '../../src/model/terraform/provider-features';
import { emptyStack, Template } from '../support/stacks/template';

/** What a stack says to Terraform about versions. */
function terraformOf(define: (stack: TerraformStack) => unknown): unknown {
  const { terraform } = JSON.parse(Template.of(define).text) as { terraform: unknown };
  return terraform;
}

test('one line requires another version of the provider', () => {
  expect(terraformOf((stack) => TlsProviderVersion.require(stack, '~> 4.4'))).toMatchObject({
    required_providers: { tls: { source: 'hashicorp/tls', version: '~> 4.4' }, local: { version: '2.6.1' } },
  });
});

test('the last call counts, and a construct speaks for its stack', () => {
  const { terraform } = JSON.parse(
    Template.of((stack) => {
      TlsProviderVersion.require(stack, '4.2.1');
      TlsProviderVersion.require(new Construct(stack, 'below'), '4.4.1');
    }).text,
  ) as { terraform: unknown };
  expect(terraform).toMatchObject({ required_providers: { tls: { version: '4.4.1' } } });
});

test.each(['', 'latest', '4.4 or later'])('%j is refused, because Terraform could not read it', (constraint) => {
  expect(() => TlsProviderVersion.require(emptyStack(), constraint)).toThrow('version-constraint-illegal: constraint');
});

test('a token is refused, because synth has to judge it', () => {
  const late = Lazy.stringValue({ produce: () => '~> 4.4' });
  expect(() => TlsProviderVersion.require(emptyStack(), late)).toThrow('token-not-allowed: constraint');
});

describe('what a stack uses of the provider', () => {
  const uses =
    (feature = WRITE_ONLY_KEYS) =>
    (stack: TerraformStack) =>
      requireTlsFeature(stack, feature);

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['TlsProviderVersion', (stack) => TlsProviderVersion.require(stack, '~> 4.4')],
    ['an override', (stack) => stack.addOverride('terraform.required_providers.tls.version', '>= 4.4.1')],
    ['a wider override', (stack) => stack.addOverride('terraform.required_providers', { tls: { version: '4.4.1' } })],
  ])('may come before or after the version from %s', (_title, require) => {
    const before = terraformOf((stack) => [require(stack), uses()(stack)]);
    const after = terraformOf((stack) => [uses()(stack), require(stack)]);
    expect(after).toEqual(before);
    expect(before).toMatchObject({ required_version: '>= 1.11.0' });
  });

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['nothing', () => undefined, '"4.1.0"'],
    ['a version that may be too old', (stack) => TlsProviderVersion.require(stack, '~> 4.2'), '"~> 4.2"'],
    ['no version at all', (stack) => stack.addOverride('terraform.required_providers.tls.version', ''), '""'],
  ])('is refused with %s', (_title, require, got) => {
    const refused = (): unknown => terraformOf((stack) => [require(stack), uses()(stack), uses()(stack)]);
    expect(refused).toThrow(got);
    expect(refused).toThrow(
      /(provider-version-too-old|version-constraint-illegal): version of provider "tls" in stack/,
    );
  });

  test('is judged by the bindings that the stack has', () => {
    const provider = (stack: TerraformStack, providerVersion: string): TerraformProvider =>
      new (class extends TerraformProvider {})(stack, 'mine', {
        terraformResourceType: 'tls',
        terraformGeneratorMetadata: { providerName: 'tls', providerVersion },
        terraformProviderSource: 'hashicorp/tls',
      });
    const synthesize = (version: string) => () => {
      const stack = emptyStack();
      provider(stack, version);
      uses()(stack);
      return Template.fromStack(stack);
    };
    expect(synthesize('4.4.1')).not.toThrow();
    expect(synthesize('4.3.0')).toThrow('4.4.0 or later, for a write-only private key');
  });

  test('is judged once for each feature, with one message', () => {
    const stack = emptyStack();
    new TlsProvider(stack, 'tls');
    uses(PATH_LENGTHS)(stack);
    uses(PATH_LENGTHS)(stack);
    uses()(stack);
    let message = '';
    try {
      Template.fromStack(stack);
    } catch (error) {
      message = String(error);
    }
    expect(message.match(/provider-version-too-old/g)).toHaveLength(2);
    expect(message).toContain('4.2.1 or later, for maxPathLength');
  });

  test('leaves a version of Terraform that the stack requires', () => {
    const theirs = (stack: TerraformStack): void => stack.addOverride('terraform.required_version', '>= 1.12');
    const { terraform } = JSON.parse(
      Template.of((stack) => [theirs(stack), TlsProviderVersion.require(stack, '4.4.1'), uses()(stack)]).text,
    ) as { terraform: unknown };
    expect(terraform).toMatchObject({ required_version: '>= 1.12' });
  });
});
