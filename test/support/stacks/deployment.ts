/** Stacks of this library's constructs, applied by real Terraform, and their files where the nodes look for them. */
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { LocalProvider } from '@cdktf/provider-local/lib/provider/index.js';
import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { App, TerraformResource, TerraformStack, Testing } from 'cdktf';
import type { DeliveryResult, NodeFile, TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

import { mustSucceed, prepareProviders, type ProviderSource, TerraformDirectory } from '../terraform';
import { present } from './present';

/** One fresh directory with a configuration, its state, what it wrote, and the nodes' own directories. */
export class Deployment {
  /** A directory with nothing in it. Call `remove` in `afterAll`. */
  static async create(providers?: ProviderSource): Promise<Deployment> {
    return new Deployment(await TerraformDirectory.create(providers ?? (await prepareProviders())));
  }

  /** Declares, applies and installs, where a test has no more to say about Terraform. */
  static async of<T extends Readonly<Record<string, TlsCluster>>>(
    define: (stack: TerraformStack, deployment: Deployment) => T,
  ): Promise<{ deployment: Deployment; clusters: T }> {
    const deployment = await Deployment.create();
    try {
      const clusters = await deployment.declare(define);
      mustSucceed(await deployment.terraform.apply());
      await Promise.all(Object.values(clusters).map((cluster) => deployment.install(cluster)));
      return { deployment, clusters };
    } catch (error) {
      await deployment.remove();
      throw error;
    }
  }

  private isInitialized = false;

  private constructor(
    /** For commands on the configuration. */
    readonly terraform: TerraformDirectory,
  ) {}

  /** The output directory of the constructs. */
  get outputDirectory(): string {
    return join(this.terraform.path, 'out');
  }

  /** A path in the deployment's directory: for the install directory of a node, and whatever else a test needs there. */
  path(...names: readonly string[]): string {
    return join(this.terraform.path, ...names);
  }

  /** Puts another stack in place of the one before, under the same name, and initializes Terraform once. */
  async declare<T>(define: (stack: TerraformStack, deployment: Deployment) => T): Promise<T> {
    const { declared, configuration } = synthesize((stack) => define(stack, this), this.path('cdktf.out'));
    await this.terraform.write(configuration);
    if (!this.isInitialized) mustSucceed(await this.terraform.init());
    this.isInitialized = true;
    return declared;
  }

  /** Copies what was delivered to where the nodes and the tools look for it, as an operator would. */
  async install(cluster: TlsCluster): Promise<void> {
    const members = [...cluster.nodes, ...(cluster.tools === undefined ? [] : [cluster.tools])];
    const outside = members
      .flatMap(({ files }) => files)
      .find(({ path }) => !path.startsWith(`${this.terraform.path}/`));
    if (outside !== undefined)
      throw new Error(`${outside.path} would be written outside of the directory of this test`);
    await Promise.all(members.map(installFiles));
  }

  /** The values of a resource in the state, by Terraform's names. */
  async stateOf(resource: Construct): Promise<Readonly<Record<string, unknown>>> {
    const address = addressOf(resource);
    const found = (await this.terraform.show()).values?.root_module.resources?.find((one) => one.address === address);
    if (found === undefined) throw new Error(`${address} is not in the state`);
    return found.values;
  }

  /** Certificate and key of a cluster's CA, from the state: what an operator would sign or revoke with. */
  async signingPemsOf({
    certificateAuthority,
  }: TlsCluster): Promise<{ certificatePem: string; privateKeyPem: string }> {
    const { certificateResource, privateKeyResource } = present(certificateAuthority.signingGeneration);
    const certificate = await this.stateOf(present(certificateResource));
    const key = await this.stateOf(present(privateKeyResource));
    return { certificatePem: String(certificate.cert_pem), privateKeyPem: String(key.private_key_pem) };
  }

  async remove(): Promise<void> {
    await this.terraform.remove();
  }
}

/** The JSON that `cdktf synth` would write, with every validation run. */
export function synthesize<T>(
  define: (stack: TerraformStack) => T,
  outdir: string,
): { readonly declared: T; readonly configuration: string } {
  const stack = new TerraformStack(new App({ outdir, stackTraces: false }), 'stack');
  new TlsProvider(stack, 'tls');
  new LocalProvider(stack, 'local');
  const declared = define(stack);
  return { declared, configuration: Testing.synth(stack, true) };
}

/** The address of a resource in plans and in the state. */
export function addressOf(resource: Construct): string {
  if (!TerraformResource.isTerraformResource(resource)) throw new Error(`${resource.node.path} is no resource`);
  const { terraformResourceType, friendlyUniqueId } = resource;
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** The files of a node or of the tools. */
export interface Delivered {
  readonly files: readonly NodeFile[];
  readonly delivered: DeliveryResult;
}

/** Where Terraform wrote the file of that name. */
export function deliveredAs(name: string, { files, delivered }: Delivered): string {
  const output = delivered.outputs[files.findIndex(({ path }) => basename(path) === name)];
  if (output === undefined) throw new Error(`no file ${name} among ${delivered.outputs.join(', ')}`);
  return output;
}

/** Where the node looks for the file of that name. */
export function installedAs(name: string, { files }: Delivered): string {
  const file = files.find(({ path }) => basename(path) === name);
  if (file === undefined) throw new Error(`no file ${name} among ${files.map(({ path }) => path).join(', ')}`);
  return file.path;
}

async function installFiles({ files, delivered }: Delivered): Promise<void> {
  for (const [index, { path }] of files.entries()) {
    const output = delivered.outputs[index];
    if (output === undefined) throw new Error(`${path} was not delivered`);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(output, path);
  }
}

/** The permissions of a file, as `chmod` takes them: `0600`. */
export async function modeOf(path: string): Promise<string> {
  return `0${((await stat(path)).mode & 0o777).toString(8)}`;
}
