/** A CA whose key Terraform is handed and does not keep: what a plan, a state, a log and the outputs contain of it, and when it signs. */
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';
import { TerraformVariable } from 'cdktf';
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

import { type CertificateFacts, readCertificate } from '../../src/model/x509/certificate-reader';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import {
  contentOf,
  mustSucceed,
  plannedActions,
  prepareOfflineProviders,
  type ProgramResult,
  type ProviderSource,
  unwrapped,
} from '../support/terraform';
import { authority } from '../support/x509/issued';

const SLOW_MS = 120_000;

const CA = authority('Company CA');
const OTHER = authority('Company CA');

/** Lines that only the key has. Escapes do not touch them. */
const TRACES = CA.keyPem.split('\n').slice(1, -2);

requires('terraform', 'go')('a write-only key of a CA', () => {
  let deployment: Deployment;
  let providers: ProviderSource;
  const at = (time: string): string => (deployment.terraform.env.OFFLINE_PROVIDERS_NOW = time);
  const withKey = (keyPem: string): string => (deployment.terraform.env.TF_VAR_ca_key = keyPem);
  const upgrade = (): Promise<ProgramResult> => deployment.terraform.run(['init', '-upgrade', '-input=false']);

  beforeAll(async () => {
    providers = await prepareOfflineProviders();
    deployment = await Deployment.create(providers);
    at('2030-01-01T00:00:00Z');
    withKey(CA.keyPem);
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  test(
    'is in the state, in the plan and in the log if it is an ordinary argument of 4.1.0',
    async () => {
      await deployment.declare(clusterBelow((key) => ({ privateKeyPem: key }), { isEphemeral: false, tls: '4.1.0' }));
      const { planFile } = mustSucceed(await deployment.terraform.plan());
      const applied = await deployment.terraform.apply({ planFile, env: { TF_LOG: 'TRACE' } });
      expect(holders(deployment)).toEqual(['plan.tfplan', 'terraform.tfstate']);
      expect(isIn(applied.stderr)).toBe(true);
      expect(isIn(JSON.stringify(await deployment.terraform.show()))).toBe(true);
    },
    SLOW_MS,
  );

  test(
    'leaves the state when it becomes write-only, and every certificate is signed anew',
    async () => {
      await deployment.declare(clusterBelow((value) => ({ privateKeyWriteOnly: { value, version: 1 } })));
      mustSucceed(await upgrade());
      const plan = mustSucceed(await deployment.terraform.plan());
      const actions = plannedActions(plan);
      expect(replacedCertificates(actions)).toHaveLength(3);
      // A root that an older provider has made stays.
      expect(Object.keys(actions).filter((address) => address.startsWith('tls_self_signed_cert.'))).toEqual([]);
      const applied = mustSucceed(
        await deployment.terraform.apply({ planFile: plan.planFile, env: { TF_LOG: 'TRACE' } }),
      );
      expect(isIn(applied.stdout + applied.stderr)).toBe(false);
      // The plan and the backup have the state before the change.
      expect(holders(deployment)).toEqual(['plan.tfplan', 'terraform.tfstate.backup']);
      expect(plannedActions(await deployment.terraform.plan())).toEqual({});
      expect(holders(deployment)).toEqual(['terraform.tfstate.backup']);
      const pems = await certificates(deployment);
      expect(pems).toHaveLength(3);
      for (const pem of pems)
        expect(new X509Certificate(pem).verify(new X509Certificate(CA.certificatePem).publicKey)).toBe(true);
    },
    SLOW_MS,
  );

  test(
    'is refused in a plan if it belongs to another certificate, before anything is destroyed',
    async () => {
      withKey(OTHER.keyPem);
      const refused = await deployment.terraform.plan();
      expect(refused.exitCode).toBe(1);
      expect(unwrapped(refused)).toContain('ca-key-of-another-certificate: private key of CA generation "company"');
      expect(await certificates(deployment)).toHaveLength(3);
      withKey(CA.keyPem);
    },
    SLOW_MS,
  );

  test(
    'renews what is due, and signs everything anew with another version',
    async () => {
      at('2030-01-02T00:00:00Z');
      const renewal = await deployment.terraform.plan();
      expect(replacedCertificates(plannedActions(renewal))).toEqual([
        expect.stringMatching(/^tls_locally_signed_cert\..*db1/),
      ]);
      mustSucceed(await deployment.terraform.apply({ planFile: renewal.planFile }));

      const more = [CaGeneration.trusted('2027', { maxPathLength: 1 })];
      await deployment.declare(clusterBelow((value) => ({ privateKeyWriteOnly: { value, version: 2 } }), { more }));
      const plan = await deployment.terraform.plan();
      expect(replacedCertificates(plannedActions(plan))).toHaveLength(3);
      mustSucceed(await deployment.terraform.apply({ planFile: plan.planFile }));
      expect(holders(deployment)).toEqual([]);
      const roots = await certificates(deployment, 'tls_self_signed_cert');
      expect(roots.map((pem) => readCertificate(new X509Certificate(pem).raw))).toEqual([
        expect.not.objectContaining({ pathLength: expect.anything() as number }) as CertificateFacts,
        expect.objectContaining({ pathLength: 1 }) as CertificateFacts,
      ]);
    },
    SLOW_MS,
  );

  test(
    'is refused by a provider without it and by a Terraform without it, in words that say so',
    async () => {
      const configuration = readFileSync(deployment.path('cdk.tf.json'), 'utf8');
      await deployment.terraform.write(configuration.replace('"~> 4.4"', '"4.1.0"'));
      mustSucceed(await upgrade());
      const old = await deployment.terraform.validate();
      expect(unwrapped(old)).toContain('No argument or block type is named "ca_private_key_pem_wo"');

      expect(configuration).toContain('">= 1.11.0"');
      await deployment.terraform.write(configuration.replace('">= 1.11.0"', '">= 99.0.0"'));
      const older = await deployment.terraform.validate();
      expect(unwrapped(older)).toContain('Unsupported Terraform Core version');
    },
    SLOW_MS,
  );
});

/** Two nodes and the tools below the CA. The certificate of one node is due after 20 hours. */
function clusterBelow(
  keyOf: (value: string) => Omit<ImportedCaProps, 'certificatePem'>,
  { isEphemeral = true, tls = '~> 4.4', more = [] as CaGeneration[] } = {},
): (stack: TerraformStack, deployment: Deployment) => TlsCluster {
  return (stack, deployment) => {
    TlsProviderVersion.require(stack, tls);
    const variable = new TerraformVariable(stack, 'ca_key', { type: 'string', sensitive: true });
    if (isEphemeral) variable.addOverride('ephemeral', true);
    const source = CaSource.imported({ certificatePem: CA.certificatePem, ...keyOf(variable.stringValue) });
    return new TlsCluster(stack, 'cluster', {
      platform: Platform.erl(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'app@db1.example.com', validityHours: 30 }, { name: 'app@db2.example.com' }],
      installDirectory: '/etc/tls',
      delivery: Delivery.localFiles({ outputDirectory: deployment.outputDirectory }),
      certificateAuthority: {
        generations: [CaGeneration.trusted('2026'), CaGeneration.signing('company', { source }), ...more],
      },
    });
  };
}

function replacedCertificates(actions: Record<string, string>): string[] {
  return Object.entries(actions)
    .filter(([address, action]) => address.startsWith('tls_locally_signed_cert.') && action === 'replace')
    .map(([address]) => address);
}

async function certificates(deployment: Deployment, of = 'tls_locally_signed_cert'): Promise<string[]> {
  const resources = (await deployment.terraform.show()).values?.root_module.resources ?? [];
  return resources.filter(({ type }) => type === of).map(({ values }) => String(values.cert_pem));
}

/** The files of a deployment that have the CA's key, apart from the providers themselves. */
function holders(deployment: Deployment): string[] {
  const { path } = deployment.terraform;
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['cdk.tf.json', 'node.pem', 'terraform.tfstate']),
  );
  return files
    .map((file) => join(file.parentPath, file.name).slice(path.length + 1))
    .filter((file) => !file.startsWith('.terraform/') && isIn(contentOf(join(path, file))))
    .sort();
}

function isIn(text: string): boolean {
  return TRACES.some((trace) => text.includes(trace));
}
