import { Delivery, OtpRelease, Platform, TlsCluster, TlsVersions } from 'cdktf-erlang-tls';

import { withCluster } from '../support/erlang';
import { onEachRuntime } from '../support/erlang/blocks';
import { requires } from '../support/programs/requires';
import { Deployment } from '../support/stacks/deployment';
import { clusterNamed, everyLink, kindsOf, startAll } from '../support/stacks/running-cluster';

const SLOW_MS = 120_000;

const HOSTS = ['xmpp1.x.test', 'xmpp2.x.test'];

/** What the shell, Terraform, `erlexec`, Erlang and the locale would each take for something else. */
const DIRECTORY = `a "b" 'c' #d \\e \${f} %{g} $h café 日本 🦕`;

const FORMS = {
  'an option file': { platform: Platform.mongooseIm({ optionFile: true }) },
  'the flat form': { platform: Platform.mongooseIm(), tls: { versions: TlsVersions.UNSAFE_TLS_1_2_ONLY } },
};

requires(
  'terraform',
  'go',
  'erl',
)('an install directory with a name that each reader treats differently', () => {
  let deployment: Deployment;
  let clusters: Record<string, TlsCluster>;

  beforeAll(async () => {
    ({ deployment, clusters } = await Deployment.of((stack, target) =>
      Object.fromEntries(
        Object.entries(FORMS).map(([form, props], index) => [
          form,
          new TlsCluster(stack, `cluster-${index}`, {
            ...props,
            otp: OtpRelease.OTP_25,
            nodes: HOSTS.map((host) => ({
              name: `node@${host}`,
              installDirectory: target.path(DIRECTORY, `${host}-${index}`),
            })),
            installDirectory: target.path(DIRECTORY),
            delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${index}` }),
          }),
        ]),
      ),
    ));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachRuntime('in use', (runtime) => {
    test.each(Object.keys(FORMS).flatMap((form) => ['C', 'C.UTF-8'].map((locale) => [form, locale] as const)))(
      'lets nodes find their certificates and use TLS: %s under LANG=%s',
      (form, locale) =>
        withCluster({ hosts: HOSTS }, async (erlang) => {
          const nodes = await startAll(erlang, clusterNamed(clusters, form), runtime, { env: { LANG: locale } });
          expect(kindsOf(await everyLink(nodes))).toEqual(['tls']);
        }),
      SLOW_MS,
    );
  });
});
