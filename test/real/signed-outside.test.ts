import { type ICertificateIssuer, SignedOutside, type TlsClusterNode } from 'cdktf-erlang-tls';

import { type Runtime, withCluster } from '../support/erlang';
import { onAllRuntimes } from '../support/erlang/blocks';
import { install, installedCertificate } from '../support/installing/operator';
import { EasyRsa } from '../support/issuers/easy-rsa';
import { issuedNodes } from '../support/issuers/issued-nodes';
import { OperatedCa } from '../support/programs/openssl';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { everyLink, startDeployed, tlsLinks } from '../support/stacks/running-cluster';
import { mustSucceed, plannedActions, unwrapped } from '../support/terraform';

const SLOW_MS = 120_000;
const HOSTS = ['h1.x.test', 'h2.x.test', 'h3.x.test'] as const;
const TLS_1_3 = ['tlsv1.3', 'TLS_AES_256_GCM_SHA384'] as const;

requires(
  'terraform',
  'go',
  'openssl',
  'easyrsa',
)('requests that somebody signs', () => {
  let deployment: Deployment;
  let easyRsa: EasyRsa;
  let openssl: OperatedCa;

  beforeAll(async () => {
    deployment = await Deployment.create();
    easyRsa = new EasyRsa(deployment.path('easy-rsa'));
    // The same CA, in other hands.
    openssl = new OperatedCa(deployment.path('openssl'), easyRsa.pems);
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onAllRuntimes('with easy-rsa and openssl ca', (runtimes) => {
    test(
      'make certificates with which nodes connect, and what is wrong is refused before anything changes',
      async () => {
        const requests = await requestsOf(await declare({}));
        const [one = '', two = '', three = ''] = requests;
        const signed = {
          [HOSTS[0]]: easyRsa.sign('h1', one, 'serverClient'),
          [HOSTS[1]]: openssl.sign(two, { host: HOSTS[1] }),
          [HOSTS[2]]: openssl.sign(three, { host: HOSTS[2] }),
        };
        const nodes = await declare(signed);
        mustSucceed(await deployment.terraform.apply());
        for (const node of nodes) install(node);
        await withCluster({ hosts: HOSTS }, async (erlang) => {
          const vms = await Promise.all(nodes.map((node, index) => startDeployed(erlang, node, runtimeOf(index))));
          expect(await everyLink(vms)).toEqual(tlsLinks(vms, ...TLS_1_3));
        });
        expect(plannedActions(await deployment.terraform.plan())).toEqual({});

        const bad = {
          'issued-for-another-key': openssl.issue({ host: HOSTS[0] }).replace(/^[\s\S]*?(?=-----BEGIN CERT)/, ''),
          'certificate-expired': openssl.sign(one, { host: HOSTS[0], validFrom: -48, validTo: -24 }),
          'certificate-not-yet-valid': openssl.sign(one, { host: HOSTS[0], validFrom: 24, validTo: 48 }),
        };
        for (const [code, pem] of Object.entries(bad)) {
          await declare({ ...signed, [HOSTS[0]]: pem });
          const refused = await deployment.terraform.plan();
          expect(refused.exitCode).toBe(1);
          expect(unwrapped(refused)).toContain(`${code}: certificate of node "node@h1.x.test"`);
        }

        const renewed = { ...signed, [HOSTS[0]]: openssl.sign(one, { host: HOSTS[0] }) };
        const [first] = await declare(renewed);
        mustSucceed(await deployment.terraform.apply());
        const before = installedCertificate(first ?? lost('the node')).serialNumber;
        install(first ?? lost('the node'));
        expect(installedCertificate(first ?? lost('the node')).serialNumber).not.toBe(before);

        function runtimeOf(index: number): Runtime {
          return runtimes[index] ?? lost('a runtime');
        }
      },
      SLOW_MS,
    );
  });

  /** Without certificates, the nodes have keys and requests. */
  function declare(certificatePems: Record<string, string>): Promise<TlsClusterNode[]> {
    const trustPem = easyRsa.pems.certificatePem;
    const issuer: ICertificateIssuer =
      Object.keys(certificatePems).length > 0
        ? new SignedOutside({ trustPem, certificatePems })
        : { trust: { bundlePem: trustPem }, issue: () => ({ certificatePem: trustPem, resources: [] }) };
    return deployment.declare((stack) => issuedNodes(stack, deployment, issuer, HOSTS));
  }

  /** The request of each node, from the state. */
  async function requestsOf(nodes: readonly TlsClusterNode[]): Promise<string[]> {
    mustSucceed(await deployment.terraform.apply());
    return Promise.all(
      nodes.map(async ({ certificate }) =>
        String((await deployment.stateOf(certificate?.requestResource ?? lost('the request'))).cert_request_pem),
      ),
    );
  }
});

function lost(what: string): never {
  throw new Error(`${what} is not there`);
}
