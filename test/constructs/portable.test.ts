/** What is synthesized depends on the program alone: not on the directory of the project, and not on where a test puts its output. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { LocalProvider } from '@cdktf/provider-local/lib/provider';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { Delivery, type IDelivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

const DELIVERIES: Readonly<Record<string, (outputDirectory: string) => IDelivery>> = {
  'local files': (outputDirectory) => Delivery.localFiles({ outputDirectory }),
  'an install script': (outputDirectory) => Delivery.installScript({ outputDirectory }),
};

const CHECKOUT = process.cwd();
const { CDKTF_OUTDIR } = process.env;
let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'portable-')));
  delete process.env.CDKTF_OUTDIR;
});

afterEach(() => {
  process.chdir(CHECKOUT);
  if (CDKTF_OUTDIR === undefined) delete process.env.CDKTF_OUTDIR;
  else process.env.CDKTF_OUTDIR = CDKTF_OUTDIR;
  rmSync(directory, { recursive: true });
});

describe.each(Object.entries(DELIVERIES))('with %s', (_title, deliver) => {
  test.each(['out', './out/', 'a/../out', '../shared', '.', '/srv/out'])(
    'a program that writes to %s is the same in every directory',
    (outputDirectory) => {
      const [first, second] = ['one', 'other/and/deeper'].map((project) =>
        synthesized(project, undefined, deliver(outputDirectory)),
      );
      expect(first).toBe(second);
      expect(first).not.toContain(directory);
    },
  );

  test.each<[outdir: string | undefined, outputDirectory: string, lands: string]>([
    [undefined, 'out', 'project/out'],
    [undefined, './out/', 'project/out'],
    [undefined, '../shared', 'shared'],
    ['build/cdktf.out', 'out', 'project/out'],
    ['../build/cdktf.out', 'out', 'project/out'],
  ])('with the output directory %s, Terraform writes %s to %s', (outdir, outputDirectory, lands) => {
    const [filename = ''] = filenames(synthesized('project', outdir, deliver(outputDirectory)));
    const stack = resolve(directory, 'project', outdir ?? 'cdktf.out', 'stacks/stack');
    expect(filename).toMatch(/^\.\.\//);
    expect(resolve(stack, filename).startsWith(join(directory, lands, 'a@h.test'))).toBe(true);
  });

  test('where cdktf.json names a directory elsewhere, Terraform still writes to the project', () => {
    const outdir = join(directory, 'elsewhere');
    process.env.CDKTF_OUTDIR = outdir;
    const [filename = ''] = filenames(synthesized('project', undefined, deliver('out')));
    expect(resolve(outdir, 'stacks/stack', filename).startsWith(join(directory, 'project/out/a@h.test'))).toBe(true);
  });

  test('where the app itself names a directory elsewhere, Terraform still writes to the project', () => {
    const outdir = join(directory, 'elsewhere');
    const [filename = ''] = filenames(synthesized('project', outdir, deliver('out')));
    expect(resolve(outdir, 'stacks/stack', filename).startsWith(join(directory, 'project/out/a@h.test'))).toBe(true);
  });

  test('a test of a stack sees what the project gets', () => {
    const stack = stackIn(Testing.app());
    define(stack, deliver('out'));
    expect(filenames(Testing.synth(stack))[0]).toMatch(/^\.\.\/\.\.\/\.\.\/out\/a@h\.test/);
  });
});

function synthesized(project: string, outdir: string | undefined, delivery: IDelivery): string {
  mkdirSync(join(directory, project), { recursive: true });
  process.chdir(join(directory, project));
  if (outdir !== undefined) mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  define(stackIn(app), delivery);
  app.synth();
  // CDKTF itself adds the absolute path of its state file, where a stack names no backend.
  const text = readFileSync(join(app.outdir, 'stacks/stack/cdk.tf.json'), 'utf8');
  return text.replace(/ "backend": \{\n +"local": \{\n.*\n +\}\n +\},\n/, '');
}

function stackIn(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'stack');
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  return stack;
}

function define(stack: TerraformStack, delivery: IDelivery): void {
  new TlsCluster(stack, 'cluster', {
    platform: Platform.erl(),
    otp: OtpRelease.OTP_27,
    nodes: [{ name: 'a@h.test' }],
    installDirectory: '/etc/tls',
    delivery,
  });
}

function filenames(json: string): string[] {
  return [...json.matchAll(/"filename": "([^"]*)"/g)].map(([, name = '']) => name);
}
