import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import {
  CloudBackend,
  GcsBackend,
  HttpBackend,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  RemoteBackend,
  S3Backend,
  TerraformResource,
  type TerraformStack,
  Testing,
} from 'cdktf';
import { Delivery, type DeliveryResult, type IDelivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { emptyStack } from '../support/stacks/template';

type Deliver = (outputDirectory: string) => IDelivery;

const WRITTEN: Readonly<Record<string, Deliver>> = {
  'local files': (outputDirectory) => Delivery.localFiles({ outputDirectory }),
  'an install script': (outputDirectory) => Delivery.installScript({ outputDirectory }),
};

/** Writes nothing on the machine that runs Terraform. */
const elsewhere: Deliver = () => ({
  bind: (scope, { nodeId }): DeliveryResult => {
    const secret = new TerraformResource(scope, 'secret', { terraformResourceType: 'store_secret' });
    secret.addOverride('name', nodeId);
    return { outputs: [], resources: [secret] };
  },
});

const REMOTE: Readonly<Record<string, (stack: TerraformStack) => unknown>> = {
  s3: (stack) => new S3Backend(stack, { bucket: 'b', key: 'k' }),
  gcs: (stack) => new GcsBackend(stack, { bucket: 'b' }),
  http: (stack) => new HttpBackend(stack, { address: 'https://state.example.com' }),
  remote: (stack) =>
    new RemoteBackend(stack, { organization: 'o', hostname: 'h', workspaces: new NamedRemoteWorkspace('w') }),
  cloud: (stack) => new CloudBackend(stack, { organization: 'o', workspaces: new NamedCloudWorkspace('w') }),
};

const OVERRIDDEN: Readonly<Record<string, (stack: TerraformStack) => void>> = {
  pg: (stack) => stack.addOverride('terraform.backend', { pg: {} }),
  cloud: (stack) => stack.addOverride('terraform.cloud', { organization: 'o' }),
};

describe.each(Object.entries(WRITTEN))('a stack with %s', (_kind, deliver) => {
  test.each(Object.entries({ ...REMOTE, ...OVERRIDDEN }))(
    'warns once of output-on-runner with its state in %s, which may be set last',
    (backend, keep) => {
      const found = warningsOf(deliver, keep);
      expect(found).toEqual([
        expect.stringMatching(/^output-on-runner: stack "stack" has its state in a remote backend/),
      ]);
      expect(found[0]).toContain(`backend ${backend}`);
      expect(found[0]).toContain('ssh, a Kubernetes Secret or a secret store');
    },
  );

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['no backend', () => undefined],
    ['a local file', (stack) => new LocalBackend(stack, { path: 'x.tfstate' })],
    ['a local file by an override', (stack) => stack.addOverride('terraform.backend', { local: { path: 'x' } })],
  ])('does not warn with %s', (_title, keep) => expect(warningsOf(deliver, keep)).toEqual([]));
});

test.each(Object.entries(REMOTE))(
  'a delivery that writes nothing where Terraform runs is no reason to warn, with its state in %s',
  (_backend, keep) => expect(warningsOf(elsewhere, keep)).toEqual([]),
);

/** What CDKTF prints at synth, also of a stack that is synthesized twice, with two clusters in it. */
function warningsOf(deliver: Deliver, keep: (stack: TerraformStack) => unknown): readonly string[] {
  const stack = emptyStack();
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  for (const name of ['one', 'two']) {
    new TlsCluster(stack, name, {
      platform: Platform.mongooseIm(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: `${name}@h1.example.com` }, { name: `${name}@h2.example.com` }],
      installDirectory: '/etc/tls',
      delivery: deliver(name),
    });
  }
  keep(stack);
  Testing.synth(stack, true);
  Testing.synth(stack, true);
  const all = stack.node.findAll().flatMap(({ node }) => node.metadata);
  return all.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => String(data));
}
