import { existsSync, writeFileSync } from 'node:fs';

import { CertRequest } from '@cdktf/provider-tls/lib/cert-request';
import { PrivateKey } from '@cdktf/provider-tls/lib/private-key';
import type { TerraformStack } from 'cdktf';
import {
  type IssuedCertificate,
  NodeCertificate,
  type TlsClusterNode,
  ToolCertificate,
  VaultIssuer,
  type VaultIssuerProps,
} from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import { type Runtime, Traffic, withCluster } from '../support/erlang';
import { onAllRuntimes } from '../support/erlang/blocks';
import { install, installedCertificate, readAgain } from '../support/installing/operator';
import { issuedNodes } from '../support/issuers/issued-nodes';
import { OpenBao } from '../support/issuers/openbao';
import { openssl } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { Deployment, installedAs } from '../support/stacks/deployment';
import { present } from '../support/stacks/present';
import { kindsOf, link, startDeployed } from '../support/stacks/running-cluster';
import { mustSucceed, plannedActions, prepareOfflineProviders, unwrapped } from '../support/terraform';
import { VAULT } from '../support/terraform/offline-providers';

const SLOW_MS = 120_000;
/** The last one is a probe, whose connections are all new. */
const HOSTS = ['h1.x.test', 'h2.x.test', 'h3.x.test', 'probe.x.test'];
const PROBE = HOSTS.length - 1;

/** A year of validity less the four months of early renewal. */
const DUE_HOURS = 8760 - 2920;

requires(
  'bao',
  'terraform',
  'go',
  'openssl',
)('a real server with the API of Vault', () => {
  let bao: OpenBao;
  let deployment: Deployment;

  beforeAll(async () => {
    bao = await OpenBao.start();
    deployment = await Deployment.create(await prepareOfflineProviders());
    Object.assign(deployment.terraform.env, bao.env);
  }, SLOW_MS);

  afterAll(async () => {
    await bao?.stop();
    await deployment?.remove();
  });

  onAllRuntimes('signs for nodes', (runtimes) => {
    test(
      'that connect, are renewed under calls, and keep what they have while it is sealed or cannot be reached',
      async () => {
        const runtimeOf = (index: number): Runtime => runtimes[index % runtimes.length] ?? lost('a runtime');
        const nodes = await declare((stack) => issuedNodes(stack, deployment, issuerOf(), HOSTS));
        mustSucceed(await deployment.terraform.apply());
        for (const node of nodes) install(node);
        await withCluster({ hosts: HOSTS }, async (erlang) => {
          const started = await Promise.all(
            nodes.map((node, index) =>
              startDeployed(erlang, node, runtimeOf(index), {
                leaveOut: ['mesh'],
                moreArgs: index === PROBE ? ['-hidden'] : [],
              }),
            ),
          );
          const vms = started.slice(0, PROBE);
          const probe = started[PROBE] ?? lost('the probe');
          const connect = async (): Promise<void> => {
            for (const vm of started) await readAgain(vm);
            for (const vm of vms) expect(kindsOf([await link(probe, vm), await link(vm, probe)])).toEqual(['tls']);
          };
          await connect();
          const traffic = await Traffic.start(vms);
          const before = serials(nodes);
          expect(plannedActions(await deployment.terraform.plan())).toEqual({});

          bao.after(1, () => bao.seal());
          expect(await renewal()).toMatch(/error creating certificate sign.*(?:sealed|Vault is sealed)/s);
          await bao.closeGate();
          expect(await renewal()).toMatch(/error creating certificate sign.*(?:connection refused|EOF)/s);
          await bao.openGate();
          await bao.unseal();
          // The operator installs what there is, whatever became of the deploy.
          for (const node of nodes) installIfThere(node);
          await connect();

          expect(await renewal()).toBe('');
          for (const node of nodes) install(node);
          await connect();
          const after = serials(nodes);
          for (const [index, serial] of after.entries()) expect(serial).not.toBe(before[index]);
          await traffic.flows();
          expect(await traffic.losses()).toEqual([]);
        });

        const [first, second] = nodes as [TlsClusterNode, TlsClusterNode];
        const revoked = await deployment.stateOf(
          present(first.certificate).issuedResources[0] ?? lost('the certificate'),
        );
        await bao.revoke(String(revoked.serial_number));
        const list = deployment.path('crl.pem');
        writeFileSync(list, `${await bao.revocationList()}\n${bao.issuingPem}\n${bao.rootPem}\n`);
        expect(() => verified(first, list)).toThrow(/certificate revoked/);
        expect(verified(second, list)).toMatch(/OK/);
      },
      SLOW_MS,
    );
  });

  test(
    'signs for tools and for a CA, and what a careless role signed is refused before it is delivered',
    async () => {
      const define = (toolRole: string) => (stack: TerraformStack) => {
        const tools = new ToolCertificate(stack, 'tools', { issuer: issuerOf({ toolRole }) });
        const address = new NodeCertificate(stack, 'address', {
          issuer: issuerOf({ role: 'any' }),
          nodeName: 'node@10.0.0.1',
        });
        const authority = orderCa(stack, issuerOf({ backend: 'root' }));
        const texts = { tools, address, authority };
        const outputs = Object.entries(texts).map(([name, { certificatePem, chainPem = '' }]) => [
          name,
          { value: certificatePem + chainPem },
        ]);
        stack.addOverride('output', Object.fromEntries(outputs));
        return Object.keys(texts);
      };
      const names = await declare(define('tool'));
      mustSucceed(await deployment.terraform.apply());
      const { values } = await deployment.terraform.show();
      const root = deployment.path('root.pem');
      writeFileSync(root, bao.rootPem);
      for (const name of names) {
        const file = deployment.path(`${name}.pem`);
        writeFileSync(file, String(values?.outputs?.[name]?.value));
        expect(openssl(['verify', '-CAfile', root, '-untrusted', file, file])).toMatch(/OK/);
      }
      const shown = (name: string): string =>
        openssl(['x509', '-noout', '-text', '-in', deployment.path(`${name}.pem`)]);
      expect(shown('tools')).toMatch(/TLS Web Client Authentication/);
      expect(shown('tools')).not.toMatch(/TLS Web Server Authentication/);
      expect(shown('address')).toMatch(/DNS:10\.0\.0\.1, IP Address:10\.0\.0\.1/);
      expect(shown('authority')).toMatch(/CA:TRUE/);
      expect(shown('authority')).toMatch(/Subject: CN = Erlang CA, OU = generation 1|OU = generation 1/);

      await declare(define('careless'));
      const result = await deployment.terraform.apply();
      expect(result.exitCode).not.toBe(0);
      expect(unwrapped(result)).toContain('issued-for-other-uses: certificate of the tools has other uses');
    },
    SLOW_MS,
  );

  function issuerOf(props: Partial<VaultIssuerProps> = {}): VaultIssuer {
    return new VaultIssuer({ backend: 'pki', role: 'node', toolRole: 'tool', trustPem: bao.rootPem, ...props });
  }

  function declare<T>(define: (stack: TerraformStack) => T): Promise<T> {
    return deployment.declare((stack) => {
      stack.addOverride('terraform.required_providers.vault', { source: 'hashicorp/vault', version: VAULT });
      stack.addOverride('provider.vault', [{}]);
      return define(stack);
    });
  }

  /** What Terraform says when the certificates are due. */
  async function renewal(): Promise<string> {
    const later = new Date(Date.now() + (DUE_HOURS + 1) * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const result = await deployment.terraform.apply({ env: { OFFLINE_PROVIDERS_NOW: later } });
    return result.exitCode === 0 ? '' : unwrapped(result);
  }
});

function orderCa(stack: TerraformStack, issuer: VaultIssuer): IssuedCertificate {
  const { privateKeyPem } = new PrivateKey(stack, 'ca-key', { algorithm: 'ECDSA', ecdsaCurve: 'P256' });
  const subject = [{ commonName: 'Erlang CA', organizationalUnit: 'generation 1' }];
  return issuer.issue(new Construct(stack, 'ca'), {
    subject: 'certificate of CA generation "1"',
    requestPem: new CertRequest(stack, 'ca-request', { privateKeyPem, subject }).certRequestPem,
    commonName: 'Erlang CA',
    isCertificateAuthority: true,
    uses: ['cert_signing', 'crl_signing'],
    validityHours: 10_000,
    earlyRenewalHours: 0,
  });
}

/** The script of a node is there unless an apply broke off between its removal and the new one. */
function installIfThere(node: TlsClusterNode): void {
  if (node.delivered.outputs.every((output) => existsSync(output))) install(node);
}

function serials(nodes: readonly TlsClusterNode[]): string[] {
  return nodes.map((node) => installedCertificate(node).serialNumber);
}

/** What `openssl` says of the installed certificate with that revocation list. */
function verified(node: TlsClusterNode, list: string): string {
  const trust = ['-CAfile', list, '-CRLfile', list, '-crl_check'];
  return openssl(['verify', ...trust, installedAs('node.pem', node)]);
}

function lost(what: string): never {
  throw new Error(`${what} is not there`);
}
