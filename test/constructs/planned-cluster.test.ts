/** A cluster is planned as a whole, and its parts are defined from the properties. Both must agree. */
import {
  CertificateAuthority,
  type CertificateOrder,
  Delivery,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { clusterSpec } from '../../src/constructs/cluster/cluster-spec';
import { declareNodes } from '../../src/constructs/cluster/declared-nodes';
import { type ClusterPlan, type NodePlan, planCluster, type ToolPlan } from '../../src/model/plan/cluster-plan';
import { present } from '../support/stacks/present';
import { synthesizable, Synthesized } from '../support/stacks/synthesized';

/** Every option of a certificate, TLS options, and nodes that override some, all or none of them. */
const props: TlsClusterProps = {
  platform: Platform.couchDb(),
  otp: OtpRelease.OTP_27,
  installDirectory: '/etc/couchdb/tls',
  delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
  certificates: { keyAlgorithm: KeyAlgorithm.ECDSA_P384, validityHours: 500, earlyRenewalHours: 50 },
  tls: {
    versions: TlsVersions.TLS_1_3_AND_1_2,
    crlDirectory: '/etc/couchdb/crl',
    serverOptions: { depth: 3 },
    clientOptions: { depth: 2 },
  },
  separateKeyFile: true,
  nodes: [
    { name: 'couchdb@db{1..2}.example.com' },
    { name: 'couchdb@db3.example.com', validityHours: 400 },
    {
      name: 'couchdb@db4.example.com',
      id: 'fourth',
      installDirectory: '/opt/tls',
      keyAlgorithm: KeyAlgorithm.RSA_3072,
      validityHours: 300,
      earlyRenewalHours: 0,
      commonName: 'Fourth',
      additionalDnsNames: ['db.example.com'],
      additionalIpAddresses: ['192.0.2.4'],
    },
    { name: 'couchdb@192.0.2.5', earlyRenewalHours: 10, installDirectory: '/opt/other' },
  ],
};

function plannedFrom(given: TlsClusterProps): ClusterPlan {
  const { platform, nodes } = given;
  return planCluster(clusterSpec(props, declareNodes(nodes, given), [{ id: '1', canSign: true }]), platform._profile);
}

/** The members of a plan: the nodes, then the tools. */
function members({ nodes, tools }: ClusterPlan): readonly (NodePlan | ToolPlan)[] {
  return [...nodes, ...(tools === undefined ? [] : [tools])];
}

describe('a cluster whose nodes override its options is defined as it is planned', () => {
  const plan = plannedFrom(props);
  const issue = jest.spyOn(CertificateAuthority.prototype, 'issue');
  const stack = synthesizable();
  const cluster = new TlsCluster(stack, 'c', props);
  const orders = issue.mock.calls.map(([, order]) => order);
  issue.mockRestore();
  const synthesized = Synthesized.of(stack);
  const defined = [...cluster.nodes, ...(cluster.tools === undefined ? [] : [cluster.tools])];

  test('with all of its members, in the same order', () => {
    expect(plan.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(cluster.nodes.map(({ id, installDirectory }) => [id, installDirectory])).toEqual(
      plan.nodes.map(({ id, installDirectory }) => [id, installDirectory]),
    );
    expect(defined).toHaveLength(6);
    expect(members(plan)).toHaveLength(6);
  });

  test('with the names, uses and lifetimes of its certificates', () => {
    expect(orders).toEqual(
      members(plan).map(({ certificate }): CertificateOrder => {
        const { subject, commonName, dnsNames, ipAddresses, uses, lifetime } = certificate;
        return {
          ...{ subject, commonName, uses: [...uses] },
          requestPem: expect.any(String) as string,
          publicKeyPem: expect.any(String) as string,
          dnsNames: dnsNames.length === 0 ? undefined : [...dnsNames],
          ipAddresses: ipAddresses.length === 0 ? undefined : [...ipAddresses],
          ...lifetime,
        };
      }),
    );
  });

  test('with the lifetimes that the overrides ask for', () => {
    expect(orders.map(({ validityHours, earlyRenewalHours }) => [validityHours, earlyRenewalHours])).toEqual([
      [500, 50],
      [500, 50],
      [400, 50],
      [300, 0],
      [500, 10],
      [500, 50],
    ]);
  });

  test('with the algorithms of its keys', () => {
    const algorithms = defined.map(({ certificate }) =>
      synthesized.text(present(certificate).privateKeyResource, 'algorithm'),
    );
    expect(algorithms).toEqual(['ECDSA', 'ECDSA', 'ECDSA', 'RSA', 'ECDSA', 'ECDSA']);
    expect(members(plan).map(({ certificate }) => certificate.keyAlgorithm.algorithm)).toEqual(algorithms);
  });

  test('with the option files, at their paths', () => {
    const optionFiles = defined.map(({ optionFile }) => ({ path: optionFile?.path, content: optionFile?.text }));
    expect(new Set(optionFiles.map(({ path }) => path)).size).toBe(4);
    expect(
      members(plan).map(({ boot, files }) => {
        const file = files.find(({ path }) => path === boot.optionFile);
        return { path: boot.optionFile, content: file !== undefined && 'content' in file ? file.content : undefined };
      }),
    ).toEqual(optionFiles);
  });
});
