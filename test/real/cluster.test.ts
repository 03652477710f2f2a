import {
  Delivery,
  KeyAlgorithm,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
  TlsVersions,
} from 'cdktf-erlang-tls';

import { withCluster } from '../support/erlang';
import { onAllRuntimes, onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { clusterNamed, everyLink, startAll, startDeployed, tlsLinks } from '../support/stacks/running-cluster';

/** Nine nodes boot at once on two cores, beside another test file. */
const SLOW_MS = 120_000;

const TLS_1_3 = ['tlsv1.3', 'TLS_AES_256_GCM_SHA384'] as const;
const TLS_1_2 = ['tlsv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'] as const;

const HOSTS = ['db1.x.test', 'db2.x.test', 'db3.x.test'];

/** One option file for every release: the oldest that the library renders for, and all that are here. */
const OPTION_FILE_FOR_ALL = 'CouchDB over inet_tls, rendered for OTP 24';

/** Every cluster here: what it is made from, and what its nodes speak on each release that it is started on. */
const CLUSTERS = {
  [OPTION_FILE_FOR_ALL]: {
    props: { platform: Platform.couchDb({ protoDist: 'inet_tls' }), otp: OtpRelease.OTP_24 },
    speaks: { 25: TLS_1_3, 27: TLS_1_3, 29: TLS_1_3 },
  },
  'CouchDB over inet_tls, TLS 1.3 and 1.2, RSA keys': {
    props: {
      platform: Platform.couchDb({ protoDist: 'inet_tls' }),
      otp: OtpRelease.OTP_25,
      tls: { versions: TlsVersions.TLS_1_3_AND_1_2 },
      certificates: { keyAlgorithm: KeyAlgorithm.RSA_3072 },
      certificateAuthority: { keyAlgorithm: KeyAlgorithm.RSA_3072 },
      separateKeyFile: true,
    },
    speaks: { 25: TLS_1_3, 29: TLS_1_3 },
  },
  'CouchDB over inet_tls, Ed25519 keys': {
    props: {
      platform: Platform.couchDb({ protoDist: 'inet_tls' }),
      otp: OtpRelease.OTP_25,
      certificates: { keyAlgorithm: KeyAlgorithm.ED25519 },
      certificateAuthority: { keyAlgorithm: KeyAlgorithm.ED25519 },
    },
    speaks: { 25: TLS_1_3, 27: TLS_1_3 },
  },
  'MongooseIM in the flat form, rendered for OTP 25': {
    props: {
      platform: Platform.mongooseIm(),
      otp: OtpRelease.OTP_25,
      tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY },
    },
    // Without a version in the flags each release takes its own default.
    speaks: { 25: TLS_1_2, 27: TLS_1_2, 29: TLS_1_3 },
  },
  'MongooseIM in the flat form, rendered for OTP 27': {
    props: { platform: Platform.mongooseIm(), otp: OtpRelease.OTP_27 },
    speaks: { 27: TLS_1_3, 29: TLS_1_3 },
  },
  'MongooseIM with an option file, rendered for OTP 25': {
    props: { platform: Platform.mongooseIm({ optionFile: true }), otp: OtpRelease.OTP_25 },
    speaks: { 25: TLS_1_3, 27: TLS_1_3, 29: TLS_1_3 },
  },
  'plain erl, rendered for OTP 25': {
    props: { platform: Platform.erl(), otp: OtpRelease.OTP_25 },
    speaks: { 25: TLS_1_3, 27: TLS_1_3, 29: TLS_1_3 },
  },
  // Their flags are those of plain erl, as long as nothing is added: one release shows that a file of theirs is a file for erl.
  ejabberd: { props: { platform: Platform.ejabberd(), otp: OtpRelease.OTP_25 }, speaks: { 27: TLS_1_3 } },
  VerneMQ: { props: { platform: Platform.verneMq(), otp: OtpRelease.OTP_25 }, speaks: { 27: TLS_1_3 } },
  'an Elixir release': {
    props: { platform: Platform.elixirRelease(), otp: OtpRelease.OTP_25 },
    speaks: { 27: TLS_1_3 },
  },
  'a relx release': { props: { platform: Platform.relxRelease(), otp: OtpRelease.OTP_25 }, speaks: { 27: TLS_1_3 } },
} satisfies Record<string, ClusterCase>;

interface ClusterCase {
  readonly props: Omit<TlsClusterProps, 'nodes' | 'installDirectory' | 'delivery'>;
  /** Version and cipher by OTP release; a release that is not here is not what the flags were rendered for. */
  readonly speaks: Readonly<Partial<Record<25 | 27 | 29, readonly [version: string, cipher: string]>>>;
}

requires(
  'terraform',
  'go',
  'erl',
)('deployed clusters of three nodes', () => {
  let deployment: Deployment;
  let clusters: Record<string, TlsCluster>;

  beforeAll(async () => {
    ({ deployment, clusters } = await Deployment.of((stack, target) =>
      Object.fromEntries(
        Object.entries(CLUSTERS).map(([title, { props }], index) => [title, declare(index, props, stack, target)]),
      ),
    ));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  function declare(
    index: number,
    props: ClusterCase['props'],
    stack: ConstructorParameters<typeof TlsCluster>[0],
    target: Deployment,
  ): TlsCluster {
    const directory = (name: string): string => target.path(`cluster-${index}`, name);
    return new TlsCluster(stack, `cluster-${index}`, {
      ...props,
      nodes: HOSTS.map((host) => ({ name: `node@${host}`, installDirectory: directory(host) })),
      installDirectory: directory('common'),
      delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${index}` }),
    });
  }

  for (const [title, { speaks }] of Object.entries<ClusterCase>(CLUSTERS)) {
    for (const [otp, expected] of Object.entries(speaks)) {
      onEachRuntime(
        title,
        (runtime) => {
          test(
            'connect over TLS in every ordered pair',
            () =>
              withCluster({ hosts: HOSTS }, async (erlang) => {
                const nodes = await startAll(erlang, clusterNamed(clusters, title), runtime);
                expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...expected));
              }),
            SLOW_MS,
          );
        },
        [Number(otp)],
      );
    }
  }

  onAllRuntimes(OPTION_FILE_FOR_ALL, (runtimes) => {
    test(
      'connect in every ordered pair with each node on another release',
      () =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const declared = clusterNamed(clusters, OPTION_FILE_FOR_ALL).nodes;
          const nodes = await Promise.all(
            declared.map((node, index) => startDeployed(erlang, node, oneOf(runtimes, index))),
          );
          expect(await everyLink(nodes)).toEqual(tlsLinks(nodes, ...TLS_1_3));
        }),
      SLOW_MS,
    );
  });

  function oneOf<T>(items: readonly T[], index: number): T {
    const item = items[index];
    if (item === undefined) throw new Error(`${items.length} releases are not one for each node`);
    return item;
  }
});
