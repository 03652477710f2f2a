import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

import { requires } from '../programs/requires';
import {
  mustSucceed,
  plannedActions,
  prepareOfflineProviders,
  prepareProviders,
  type ProviderSource,
  requiredProviders,
  TerraformDirectory,
  TerraformFailed,
} from './index';

/** A first build of the providers compiles the plugin framework; a dozen Terraform runs take seconds. */
const SLOW_MS = 600_000;

requires(
  'terraform',
  'go',
  'openssl',
)('a CA, a leaf and two files', () => {
  let directory: TerraformDirectory;
  let source: ProviderSource;
  const out = (name: string): string => path.join(directory.path, 'out', name);

  beforeAll(async () => {
    source = await prepareProviders();
    directory = await TerraformDirectory.create(source, twoFiles(['node.example.com']));
    mustSucceed(await directory.init());
    mustSucceed(await directory.validate());
  }, SLOW_MS);

  afterAll(() => directory?.remove(), SLOW_MS);

  test('say in one line which providers they use', () => {
    expect(source.description).toMatch(/^(real|offline) providers \(.+\)$/);
    expect(source.description).toMatch(source.kind);
  });

  test(
    'are applied as planned',
    async () => {
      expect(await directory.stateList()).toEqual([]);
      const plan = await directory.plan();
      expect(new Set(Object.values(plannedActions(plan)))).toEqual(new Set(['create']));
      mustSucceed(await directory.apply({ planFile: plan.planFile }));
      expect(await directory.stateList()).toEqual(ADDRESSES);
      expect((await readdir(out(''))).sort()).toEqual(['ca.pem', 'node.pem']);
      expect((await stat(out('node.pem'))).mode & 0o777).toBe(0o600);
    },
    SLOW_MS,
  );

  test('have the chain, the names, the uses and the times that openssl reads', async () => {
    const seen = openssl('x509', '-in', out('node.pem'), '-noout', '-text');
    expect(openssl('verify', '-CAfile', out('ca.pem'), '-x509_strict', out('node.pem'))).toMatch(/: OK/);
    expect(seen).toMatch(/Issuer: CN ?= ?Test CA\n/);
    expect(seen).toMatch(/Subject: CN ?= ?node.example.com\n/);
    expect(seen).toMatch(/Subject Alternative Name: \n\s+DNS:node.example.com\n/);
    expect(seen).toMatch(/Key Usage: critical\n\s+Digital Signature\n/);
    expect(seen).toMatch(/Extended Key Usage: \n\s+TLS Web Server Authentication, TLS Web Client Authentication\n/);
    const { values } = await directory.show();
    const leaf = values?.root_module.resources?.find(({ type }) => type === 'tls_locally_signed_cert');
    const end = openssl('x509', '-in', out('node.pem'), '-noout', '-enddate');
    expect(secondsOf(end.replace('notAfter=', ''))).toBe(secondsOf(String(leaf?.values.validity_end_time)));
  });

  test('need no change in a second plan', async () => {
    const plan = await directory.plan();
    expect(plannedActions(plan)).toEqual({});
    expect(plan).toMatchObject({ exitCode: 0, hasChanges: false });
  });

  test(
    'are logged with their private keys at TF_LOG=DEBUG, which no command gets from the environment of the caller',
    async () => {
      const logged = {
        TF_LOG: 'DEBUG',
        TF_LOG_CORE: 'DEBUG',
        TF_LOG_PROVIDER: 'DEBUG',
        TF_LOG_PATH: out('terraform.log'),
      };
      const twin = await TerraformDirectory.create(source, twoFiles(['twin.example.com']));
      const replaced = jest.replaceProperty(process, 'env', { ...process.env, ...logged });
      try {
        mustSucceed(await twin.init());
        const quiet = mustSucceed(await twin.apply());
        expect(quiet.stdout + quiet.stderr).not.toMatch(/PRIVATE KEY|\[DEBUG\]/);
        expect(existsSync(logged.TF_LOG_PATH)).toBe(false);
        mustSucceed(await twin.destroy());
        const { stdout, stderr } = mustSucceed(await twin.apply({ env: { TF_LOG: 'DEBUG' } }));
        expect([stdout, stderr]).toEqual([
          expect.not.stringContaining('PRIVATE KEY'),
          expect.stringMatching(/\[DEBUG\] provider.*-----BEGIN EC PRIVATE KEY-----/),
        ]);
      } finally {
        replaced.restore();
        await twin.remove();
      }
    },
    SLOW_MS,
  );

  test(
    'are repaired if a file is deleted or edited, but not if its mode changes',
    async () => {
      const before = readFileSync(out('node.pem'), 'utf8');
      await chmod(out('ca.pem'), 0o600);
      expect(plannedActions(await directory.plan())).toEqual({});
      await rm(out('node.pem'));
      await writeFile(out('ca.pem'), 'edited');
      expect(plannedActions(await directory.plan())).toEqual({
        'local_file.ca': 'create',
        'local_sensitive_file.node': 'create',
      });
      mustSucceed(await directory.apply());
      expect(readFileSync(out('node.pem'), 'utf8')).toBe(before);
      expect(plannedActions(await directory.plan())).toEqual({});
    },
    SLOW_MS,
  );

  test('get a new request, certificate and file with another name', async () => {
    await directory.write(twoFiles(['node.example.com', 'other.example.com']));
    expect(plannedActions(await directory.plan())).toEqual({
      'local_sensitive_file.node': 'replace',
      'tls_cert_request.node': 'replace',
      'tls_locally_signed_cert.node': 'replace',
    });
    await directory.write(twoFiles(['node.example.com']));
  });

  test('report a failed run as a result or, on request, as an error with Terraform’s diagnostics', async () => {
    const broken = await TerraformDirectory.create(source, { output: { x: { value: '${nothing.here}' } } });
    try {
      const result = await broken.validate();
      expect(result.exitCode).toBe(1);
      expect(() => mustSucceed(result)).toThrow(TerraformFailed);
      expect(() => mustSucceed(result)).toThrow(/terraform validate.* ended with 1\n[\s\S]*undeclared resource/);
    } finally {
      await broken.remove();
    }
    expect(existsSync(broken.path)).toBe(false);
  });

  test(
    'leave nothing after destroy',
    async () => {
      mustSucceed(await directory.destroy());
      expect(await directory.stateList()).toEqual([]);
      expect(await readdir(out(''))).toEqual([]);
    },
    SLOW_MS,
  );
});

requires('terraform', 'go')('the offline providers with a separate clock', () => {
  let directory: TerraformDirectory;

  beforeAll(async () => {
    directory = await TerraformDirectory.create(await prepareOfflineProviders(), twoFiles(['node.example.com'], 10));
    directory.env.OFFLINE_PROVIDERS_NOW = '2030-01-01T00:00:00Z';
    mustSucceed(await directory.init());
    mustSucceed(await directory.apply());
  }, SLOW_MS);

  afterAll(() => directory?.remove(), SLOW_MS);

  test('renew a leaf in its early renewal period and change nothing else', async () => {
    directory.env.OFFLINE_PROVIDERS_NOW = '2030-01-01T13:59:59Z';
    expect(plannedActions(await directory.plan())).toEqual({});

    directory.env.OFFLINE_PROVIDERS_NOW = '2030-01-01T14:00:00Z';
    const before = await readFile(path.join(directory.path, 'out', 'node.pem'), 'utf8');
    const plan = await directory.plan();
    expect(plannedActions(plan)).toEqual({
      'local_sensitive_file.node': 'replace',
      'tls_locally_signed_cert.node': 'replace',
    });
    mustSucceed(await directory.apply({ planFile: plan.planFile }));
    expect(plannedActions(await directory.plan())).toEqual({});
    expect(await readFile(path.join(directory.path, 'out', 'node.pem'), 'utf8')).not.toBe(before);
  });

  test('adopt a changed early renewal period without a new certificate', async () => {
    await directory.write(twoFiles(['node.example.com'], 9));
    expect(plannedActions(await directory.plan())).toEqual({ 'tls_locally_signed_cert.node': 'update' });
    mustSucceed(await directory.apply());
    expect(plannedActions(await directory.plan())).toEqual({});
  });

  test('refuse a clock that they cannot read', async () => {
    const result = await directory.plan({ env: { OFFLINE_PROVIDERS_NOW: 'soon' } });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/OFFLINE_PROVIDERS_NOW is "soon"/);
  });
});

const ADDRESSES = [
  'local_file.ca',
  'local_sensitive_file.node',
  'tls_cert_request.node',
  'tls_locally_signed_cert.node',
  'tls_private_key.ca',
  'tls_private_key.node',
  'tls_self_signed_cert.ca',
];

function twoFiles(dnsNames: readonly string[], earlyRenewalHours = 0): object {
  const key = { algorithm: 'ECDSA', ecdsa_curve: 'P256' };
  return {
    ...requiredProviders(),
    provider: { tls: {}, local: {} },
    resource: {
      tls_private_key: { ca: key, node: key },
      tls_self_signed_cert: {
        ca: {
          private_key_pem: '${tls_private_key.ca.private_key_pem}',
          subject: { common_name: 'Test CA' },
          validity_period_hours: 240,
          is_ca_certificate: true,
          set_authority_key_id: true,
          allowed_uses: ['cert_signing', 'crl_signing'],
        },
      },
      tls_cert_request: {
        node: {
          private_key_pem: '${tls_private_key.node.private_key_pem}',
          subject: { common_name: dnsNames[0] },
          dns_names: dnsNames,
        },
      },
      tls_locally_signed_cert: {
        node: {
          ca_cert_pem: '${tls_self_signed_cert.ca.cert_pem}',
          ca_private_key_pem: '${tls_private_key.ca.private_key_pem}',
          cert_request_pem: '${tls_cert_request.node.cert_request_pem}',
          validity_period_hours: 24,
          early_renewal_hours: earlyRenewalHours,
          set_subject_key_id: true,
          allowed_uses: ['digital_signature', 'server_auth', 'client_auth'],
        },
      },
      local_file: {
        ca: { filename: '${path.module}/out/ca.pem', content: '${tls_self_signed_cert.ca.cert_pem}' },
      },
      local_sensitive_file: {
        node: {
          filename: '${path.module}/out/node.pem',
          file_permission: '0600',
          content: '${tls_private_key.node.private_key_pem}${tls_locally_signed_cert.node.cert_pem}',
        },
      },
    },
  };
}

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8' });
}

/** A certificate has no fractions of a second. */
function secondsOf(time: string): number {
  return Math.floor(Date.parse(time.trim()) / 1000);
}
