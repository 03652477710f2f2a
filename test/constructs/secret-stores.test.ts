import type { TerraformStack } from 'cdktf';
import {
  Delivery,
  NodeKey,
  OtpRelease,
  Platform,
  type SecretStore,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { readNodeScript } from '../../src/model/deliveries/node-script/reader';
import { textsInJson } from '../../src/model/terraform/json-texts';
import { argumentFaults, type Level } from '../support/issuers/provider-arguments';
import schemas from '../support/secret-stores/provider-schemas.json';
import { synthesizable } from '../support/stacks/synthesized';
import { type ResourceConfig, Template } from '../support/stacks/template';
import { nodeRequest } from '../support/x509/request';

/** Every property that reaches a resource. */
const STORES = {
  aws_ssm_parameter: (more = {}) => Delivery.awsParameterStore({ prefix: '/erlang/couch', ...more }),
  aws_secretsmanager_secret_version: (more = {}) => Delivery.awsSecretsManager({ prefix: 'erlang/couch', ...more }),
  google_secret_manager_secret_version: (more = {}) => Delivery.googleSecretManager({ prefix: 'couch', ...more }),
  azurerm_key_vault_secret: (more = {}) => Delivery.azureKeyVault({ prefix: 'couch', keyVaultId: 'k', ...more }),
  vault_kv_secret_v2: (more = {}) => Delivery.vaultKv({ prefix: 'erlang/couch', mount: 'secret', ...more }),
} satisfies Record<string, (more?: object) => SecretStore>;

type Type = keyof typeof STORES;

/** More properties, which are of no use to each other. */
const MORE: Readonly<Record<Type, readonly object[]>> = {
  aws_ssm_parameter: [{ kmsKeyId: 'k', tags: { team: 'x' } }],
  aws_secretsmanager_secret_version: [{ kmsKeyId: 'k', tags: { team: 'x' }, recoveryWindowDays: 7 }],
  google_secret_manager_secret_version: [
    { project: 'p', labels: { team: 'x' }, kmsKeyName: 'k' },
    { locations: ['europe-west1', 'europe-west3'], kmsKeyName: 'k' },
  ],
  azurerm_key_vault_secret: [{ tags: { team: 'x' } }],
  vault_kv_secret_v2: [{ vaultNamespace: 'team', maxVersions: 2 }],
};

/** The argument with the text. */
const VALUES: Readonly<Record<Type, string>> = {
  aws_ssm_parameter: 'value',
  aws_secretsmanager_secret_version: 'secret_string',
  google_secret_manager_secret_version: 'secret_data',
  azurerm_key_vault_secret: 'value',
  vault_kv_secret_v2: 'data_json',
};

const TYPES = Object.keys(STORES) as Type[];
const DIVIDED: readonly Type[] = ['aws_ssm_parameter', 'azurerm_key_vault_secret'];
const [DB1, DB2] = ['couchdb@db1.x.test', 'couchdb@db2.x.test'];

function templateOf(type: Type, more: object = {}, props: Partial<TlsClusterProps> = {}): Template {
  return Template.fromStack(declare(withProvider(type), STORES[type](more), props));
}

function withProvider(type: Type): TerraformStack {
  const stack = synthesizable();
  const provider = providerOf(type);
  stack.addOverride(`provider.${provider}`, [{}]);
  stack.addOverride(`terraform.required_providers.${provider}`, { source: `hashicorp/${provider}` });
  return stack;
}

function providerOf(type: Type): string {
  return type.slice(0, type.indexOf('_'));
}

function declare(stack: TerraformStack, delivery: SecretStore, props: Partial<TlsClusterProps> = {}): TerraformStack {
  new TlsCluster(stack, 'c', {
    platform: Platform.couchDb(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: DB1 }, { name: DB2 }],
    installDirectory: '/etc/couchdb/tls',
    delivery,
    ...props,
  });
  return stack;
}

/** Resources of the nodes and tools, and those with parts of the body. */
function secretsOf(template: Template, type: Type): readonly ResourceConfig[] {
  return Object.entries(template.resources(type))
    .filter(([name]) => name.startsWith('c_'))
    .map(([, config]) => config);
}

function piecesOf(template: Template, type: Type): readonly ResourceConfig[] {
  return Object.entries(template.resources(type))
    .filter(([name]) => !name.startsWith('c_'))
    .map(([, config]) => config);
}

describe.each(TYPES)('%s', (type) => {
  const value = VALUES[type];
  const template = templateOf(type);
  const isDivided = DIVIDED.includes(type);

  test.each([{}, { writeOnly: true }, ...MORE[type]].map((more) => [more]))(
    'has the arguments of the provider as its published bindings have them: %j',
    (more) => {
      const configured = templateOf(type, more);
      const used = Object.entries(schemas).filter(([name]) => type.startsWith(name.replace(/_version$/, '')));
      expect(used).toHaveLength(type.endsWith('_version') ? 2 : 1);
      for (const [name, schema] of used) {
        const configs = Object.values(configured.resources(name));
        expect(configs.length).toBeGreaterThan(2);
        expect(configs.flatMap((config) => argumentFaults(config, schema as Level))).toEqual([]);
      }
    },
  );

  test('has the whole script of each node and of the tools', () => {
    const secrets = secretsOf(template, type);
    const scripts = secrets.map((config) => template.withSharedTexts(textsInJson(String(config[value]))[0] ?? ''));
    const read = scripts.map((script) => readNodeScript(script));
    expect(read.map((one) => one?.subject).sort()).toEqual([DB1, DB2, 'tools']);
    for (const one of read) expect(one?.files.length).toBeGreaterThan(2);
    const body = piecesOf(template, type).map((config) => String(config[value]));
    expect(body.length > 0).toBe(isDivided);
    for (const script of scripts) {
      const whole = [script, ...body].join('');
      expect(template.withSharedTexts(whole).endsWith('\n{ main "$@"; }\n')).toBe(true);
    }
  });

  test('needs a provider, and takes one with an alias', () => {
    const bare = declare(synthesizable(), STORES[type]());
    expect(() => Template.fromStack(bare)).toThrow(`provider-not-configured: ${providerOf(type)}_`);
    const provider = `${providerOf(type)}.eu`;
    const { text } = templateOf(type, { provider });
    const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, ResourceConfig>> };
    const own = Object.entries(resource).filter(([name]) => name.startsWith(`${providerOf(type)}_`));
    const providers = own.flatMap(([, configs]) => Object.values(configs).map((config) => config.provider));
    expect(new Set(providers)).toEqual(new Set([provider]));
  });

  test('leaves the script out of the state if it is write-only, and shows the files without their keys', () => {
    const writeOnly = templateOf(type, { writeOnly: true });
    for (const config of secretsOf(writeOnly, type)) {
      expect(config).not.toHaveProperty(value);
      expect(config[`${value}_wo`]).toContain('#!/bin/sh');
      expect(config[`${value}_wo_version`]).toMatch(/^\$\{parseint\(substr\(sha256\(.*\), 0, 7\), 16\)\}$/);
    }
    const shown = Object.entries(writeOnly.resources('terraform_data')).filter(([name]) => name.includes('Manifest'));
    const scripts = shown.map(([, { input }]) => writeOnly.withSharedTexts((input as { script: string }).script));
    expect(scripts.map((script) => readNodeScript(script)?.subject).sort()).toEqual([DB1, DB2, 'tools']);
    expect(scripts.join('')).not.toMatch(/private_key_pem/);
    for (const [, { depends_on: after }] of shown) expect(after).toEqual([expect.stringContaining(`${type}.c_`)]);
    // What the rollover waits for is what check-plan knows the members of the cluster by.
    const [delivered] = Object.entries(writeOnly.resources('terraform_data')).filter(([name]) =>
      name.includes('Delivered'),
    );
    const addresses = shown.map(([name]) => `terraform_data.${name}`);
    expect(delivered?.[1].depends_on).toEqual(expect.arrayContaining(addresses));
  });

  test('lets Terraform refuse a script that turns out to be too large', () => {
    for (const { lifecycle } of secretsOf(template, type)) {
      const [{ condition, error_message: message } = { condition: '', error_message: '' }] = (
        lifecycle as { precondition: { condition: string; error_message: string }[] }
      ).precondition;
      const [, local = '', most = ''] = /^\$\{\(?local\.(\w+) <= (\d+)\)?\}$/.exec(condition) ?? [];
      const { locals } = JSON.parse(template.text) as { locals: Record<string, string> };
      expect(locals[local]).toMatch(/^\$\{length\(base64encode\(join\("", \[.*tls_private_key\..*\]\)\)\)\}$/);
      expect(Number(most)).toBeGreaterThan(2000);
      expect(message).toMatch(/^script-too-large: script of /);
    }
  });

  test('does not depend on the order of the nodes', () => {
    const nodes = [{ name: DB2 }, { name: DB1 }];
    expect(templateOf(type, {}, { nodes }).addresses()).toEqual(template.addresses());
  });
});

test('the names of secrets say whose they are', () => {
  const names = TYPES.map((type) => STORES[type]().secretName('my_app@db1.x.test'));
  expect(names).toEqual([
    '/erlang/couch/my_5fapp_40db1.x.test',
    'erlang/couch/my_app@db1.x.test',
    'couch__my_5fapp_40db1_2ex_2etest',
    'couch--my-5fapp-40db1-2ex-2etest',
    'erlang/couch/my_app@db1.x.test',
  ]);
  expect(STORES.aws_ssm_parameter().secretName('tools', 'eu')).toBe('/erlang/couch/eu/tools');
});

test('a body in pieces is there once for a stack, under a name that follows from its text', () => {
  const template = templateOf('aws_ssm_parameter');
  const pieces = piecesOf(template, 'aws_ssm_parameter');
  expect(pieces.map(({ name, type, tier }) => [name, type, tier])).toEqual([
    [expect.stringMatching(/^\/erlang\/couch\/_script-[0-9a-f]{12}-1$/), 'String', 'Intelligent-Tiering'],
    [expect.stringMatching(/^\/erlang\/couch\/_script-[0-9a-f]{12}-2$/), 'String', 'Intelligent-Tiering'],
  ]);
  for (const { lifecycle } of pieces) expect(lifecycle).toEqual({ create_before_destroy: true });
  const names = Object.keys(template.resources('aws_ssm_parameter')).filter((name) => !name.startsWith('c_'));
  const references = names.map((name) => `\${aws_ssm_parameter.${name}.name}`);
  for (const { value } of secretsOf(template, 'aws_ssm_parameter')) {
    expect(template.withSharedTexts(String(value)).endsWith(`}\n# continued in: ${references.join(' ')}\n`)).toBe(true);
  }
});

test('a script that is known at synth is measured at synth', () => {
  const flags = [{ name: 'kernel', values: ['x', 'y'.repeat(9000)] }];
  expect(() => templateOf('aws_ssm_parameter', {}, { flags })).toThrow(
    /^script-too-large: script of couchdb@db1\.x\.test is too large .*\(Parameter Store .*, \d+ bytes or more\), expected at most 8192 bytes; take a store with larger values/,
  );
  expect(templateOf('aws_secretsmanager_secret_version', {}, { flags })).toBeDefined();
});

test('a node whose key stays on it has a body of its own, in pieces of its own', () => {
  const nodes = [{ name: DB1, key: NodeKey.onNode({ requestPem: nodeRequest('db1.x.test') }) }, { name: DB2 }];
  const template = templateOf('aws_ssm_parameter', {}, { nodes });
  const names = Object.keys(template.resources('aws_ssm_parameter')).filter((name) => !name.startsWith('c_'));
  expect(names).toEqual([
    ...[1, 2].map((number) => `ErlangTlsInstallScript-erlang--couch-${number}`),
    ...[1, 2, 3].map((number) => `ErlangTlsKeyScript-erlang--couch-${number}`),
  ]);
  const ofNode = secretsOf(template, 'aws_ssm_parameter').find(({ name }) => String(name).includes('db1'));
  expect(template.withSharedTexts(String(ofNode?.value))).toMatch(
    /\nkey_name='node\.pem'\n[^]*KeyScript[^\n]*-3\.name\}\n$/,
  );
  expect(String(ofNode?.value)).not.toContain('tls_private_key');
});
