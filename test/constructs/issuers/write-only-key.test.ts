import { createHash, X509Certificate } from 'node:crypto';

import { Fn, TerraformVariable } from 'cdktf';
import {
  CaGeneration,
  CaSource,
  Delivery,
  type ImportedCaProps,
  OtpRelease,
  Platform,
  TlsCluster,
  TlsProviderVersion,
} from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { Template } from '../../support/stacks/template';
import { authority } from '../../support/x509/issued';

const CA = authority('Company CA');

/** A cluster of two nodes below a CA whose key is handed in. */
function clusterBelow(scope: Construct, key: Omit<ImportedCaProps, 'certificatePem'>): TlsCluster {
  return new TlsCluster(scope, 'cluster', {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'app@db1.example.com' }, { name: 'app@db2.example.com' }],
    installDirectory: '/etc/tls',
    delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
    certificateAuthority: {
      generations: [
        CaGeneration.signing('company', { source: CaSource.imported({ certificatePem: CA.certificatePem, ...key }) }),
      ],
    },
  });
}

function keyVariable(scope: Construct, isEphemeral: boolean, given?: string): string {
  const variable = new TerraformVariable(scope, 'ca_key', { type: 'string', sensitive: true, default: given });
  if (isEphemeral) variable.addOverride('ephemeral', true);
  return variable.stringValue;
}

/** What a stack with that write-only key synthesizes to. */
function synthesized(valueOf: (scope: Construct) => string, version = 1): Template {
  return Template.of((stack) => {
    TlsProviderVersion.require(stack, '~> 4.4');
    clusterBelow(stack, { privateKeyWriteOnly: { value: valueOf(stack), version } });
  });
}

const EXPRESSION = '${ephemeral.vault_kv_secret_v2.ca.data.key}';

test.each<[string, (scope: Construct) => string, string]>([
  ['an ephemeral variable', (scope) => keyVariable(scope, true), '${var.ca_key}'],
  ['an expression over an ephemeral resource', () => EXPRESSION, EXPRESSION],
])('the write-only key from %s signs every certificate, and is no plain argument', (_title, valueOf, expected) => {
  const certificates = Object.values(synthesized(valueOf, 7).resources('tls_locally_signed_cert'));
  expect(certificates).toHaveLength(3);
  for (const certificate of certificates) {
    expect(certificate).toMatchObject({ ca_private_key_pem_wo: expected, ca_private_key_pem_wo_version: 7 });
    expect(certificate).not.toHaveProperty('ca_private_key_pem');
  }
});

test.each<[string, (scope: Construct) => Omit<ImportedCaProps, 'certificatePem'>, string, RegExp]>([
  [
    'write-only',
    (scope) => ({ privateKeyWriteOnly: { value: keyVariable(scope, true), version: 1 } }),
    'ephemeral',
    /^ephemeral\.tls_public_key\.\w+\.public_key_pem$/,
  ],
  [
    'plain',
    (scope) => ({ privateKeyPem: keyVariable(scope, false) }),
    'data',
    /^data\.tls_public_key\.\w+\.public_key_pem$/,
  ],
])('a %s key is compared with the certificate of the CA, once', (_title, keyOf, section, address) => {
  const template = Template.of((stack) => {
    TlsProviderVersion.require(stack, '~> 4.4');
    clusterBelow(stack, keyOf(stack));
  });
  const conditions = Object.values(template.resources('tls_locally_signed_cert')).flatMap(
    ({ lifecycle }) => (lifecycle as { precondition?: object[] } | undefined)?.precondition ?? [],
  );
  expect(conditions).toEqual([
    {
      condition: expect.any(String) as string,
      error_message: expect.stringContaining(
        'ca-key-of-another-certificate: private key of CA generation "company"',
      ) as string,
    },
  ]);
  const { condition } = conditions[0] as { condition: string };
  const publicKey = new X509Certificate(CA.certificatePem).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const hash = createHash('sha256').update(publicKey.trim()).digest('hex');
  const [, given = '', digest] = /^\$\{sha256\(trimspace\((.*)\)\) == "(\w+)"\}$/.exec(condition) ?? [];
  expect(digest).toBe(hash);
  expect(given).toMatch(address);
  const { [section]: found } = JSON.parse(template.text) as Record<string, unknown>;
  expect(found).toEqual({
    tls_public_key: { [given.split('.').at(-2) ?? '']: { private_key_pem: '${var.ca_key}' } },
  });
});

test('a certificate that only Terraform knows is compared with nothing', () => {
  const { text } = Template.of((stack) => {
    TlsProviderVersion.require(stack, '~> 4.4');
    const pem = new TerraformVariable(stack, 'ca', { type: 'string' }).stringValue;
    clusterBelow(stack, {
      certificatePem: pem,
      privateKeyWriteOnly: { value: EXPRESSION, version: 1 },
    } as ImportedCaProps);
  });
  expect(text).not.toContain('tls_public_key');
});

test('a generation that only is trusted needs no key and no other provider', () => {
  const { text } = Template.of((stack) => {
    const source = CaSource.imported({
      certificatePem: CA.certificatePem,
      privateKeyWriteOnly: { value: EXPRESSION, version: 1 },
    });
    new TlsCluster(stack, 'cluster', {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'app@db1.example.com' }],
      installDirectory: '/etc/tls',
      delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
      certificateAuthority: { generations: [CaGeneration.signing('1'), CaGeneration.trusted('company', { source })] },
    });
  });
  expect(text).not.toContain('ephemeral');
  expect(text).not.toContain('required_version');
});

describe('a write-only key is refused', () => {
  test.each<[string, (scope: Construct) => string, string, string]>([
    [
      'in a variable that a plan file contains',
      (scope) => keyVariable(scope, false),
      'write-only-key-kept',
      'var.ca_key',
    ],
    [
      'in the default of a variable',
      (scope) => keyVariable(scope, true, CA.keyPem),
      'private-key-typed',
      'default of var.ca_key',
    ],
    [
      'in the argument of a function',
      () => Fn.sensitive(CA.keyPem) as string,
      'private-key-typed',
      'private key of CA generation',
    ],
    ['in the source text', () => CA.keyPem, 'private-key-typed', 'private key of the CA'],
    [
      'from a data source',
      () => '${data.vault_kv_secret_v2.ca.data.key}',
      'write-only-key-kept',
      'data.vault_kv_secret_v2',
    ],
  ])('%s, and not shown', (_title, valueOf, code, says) => {
    const refused = messageOf(() => synthesized(valueOf));
    expect(refused).toContain(`${code}: `);
    expect(refused).toContain(says);
    expect(refused).not.toContain(CA.keyPem.split('\n')[1]);
  });

  test('without a version of the provider that has it', () => {
    const refused = messageOf(() =>
      Template.of((stack) => clusterBelow(stack, { privateKeyWriteOnly: { value: EXPRESSION, version: 1 } })),
    );
    expect(refused).toContain('provider-version-too-old: version of provider');
    expect(refused).toContain("add TlsProviderVersion.require(this, '~> 4.4') to the stack");
  });

  test.each([0.5, -1, Number.NaN, 2 ** 53])('with the version %d', (version) => {
    expect(() => synthesized(() => EXPRESSION, version)).toThrow('key-version-illegal');
  });
});

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return String(error);
  }
  return '';
}
