import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import * as path from 'node:path';

import { mustSucceed } from './plan';
import { runTerraform, terraformEnvironment } from './terraform-program';

/** A provider as this library pins it, under the address that Terraform itself gives it. */
export interface PinnedProvider {
  readonly name: string;
  readonly version: string;
  /** `<registry host>/hashicorp/<name>`: the host is Terraform's default, not ours to know. */
  readonly address: string;
}

export type ProviderName = 'tls' | 'local';

const PROVIDERS: readonly ProviderName[] = ['tls', 'local'];

/** Both providers in the versions that the CDKTF bindings were generated for and ask Terraform for. */
export async function pinnedProviders(): Promise<readonly PinnedProvider[]> {
  const addresses = await providerAddresses();
  return PROVIDERS.map((name) => ({ name, version: pinnedVersion(name), address: addresses[name] }));
}

/** A configuration that needs both providers and nothing else. */
export function requiredProviders(): object {
  const pin = (name: ProviderName): object => ({ source: `hashicorp/${name}`, version: pinnedVersion(name) });
  return { terraform: { required_providers: { tls: pin('tls'), local: pin('local') } } };
}

/** The layout that Terraform expects of an unpacked mirror: `<address>/<version>/<platform>/`. */
export async function mirrorFolder(provider: PinnedProvider): Promise<string> {
  return path.join(provider.address, provider.version, await terraformPlatform());
}

/** Named apart, so that no run can take the offline providers of an outer one for a user's own mirror. */
export type CliConfiguration = 'real-providers.tfrc' | 'offline-providers.tfrc';

/** The CLI configuration that makes a mirror the only place where providers come from. */
export async function writeCliConfiguration(file: string, mirror: string): Promise<void> {
  await writeFile(
    file,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
}

/** Where prepared providers are kept between runs, outside the checkout. */
export function cacheFolder(...parts: string[]): string {
  const chosen = process.env.XDG_CACHE_HOME ?? '';
  return path.join(chosen === '' ? path.join(homedir(), '.cache') : chosen, 'cdktf-erlang-tls', ...parts);
}

/**
 * Make a folder that is either complete or absent, whoever else is making the same one.
 *
 * The winner of the rename is kept; the loser's work is the same and is thrown away.
 */
export async function makeFolderOnce(folder: string, fill: (staging: string) => Promise<void>): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}.new-`);
  try {
    await fill(staging);
    await rename(staging, folder);
  } catch (error) {
    const lostRace = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (!lostRace) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Run something in a temporary folder that holds {@link requiredProviders}. */
export async function inProbeFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'erlang-tls-probe-'));
  try {
    await writeFile(path.join(folder, 'main.tf.json'), JSON.stringify(requiredProviders()));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pinnedVersion(name: ProviderName): string {
  const file = require.resolve(`@cdktf/provider-${name}/package.json`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { cdktf: { provider: { version: string } } };
  return manifest.cdktf.provider.version;
}

/** `terraform providers` prints the full address of each required provider, even before `init`. */
async function providerAddresses(): Promise<Record<ProviderName, string>> {
  const listed = await inProbeFolder((cwd) =>
    runTerraform(['providers', '-no-color'], { cwd, env: terraformEnvironment() }),
  );
  const { stdout } = mustSucceed(listed);
  const addressOf = (name: ProviderName): string => {
    const address = new RegExp(`provider\\[([^\\]]+/hashicorp/${name})\\]`).exec(stdout)?.[1];
    if (address === undefined) throw new Error(`terraform providers does not name hashicorp/${name}:\n${stdout}`);
    return address;
  };
  return { tls: addressOf('tls'), local: addressOf('local') };
}

async function terraformPlatform(): Promise<string> {
  const { stdout } = mustSucceed(await runTerraform(['version', '-json'], { env: terraformEnvironment() }));
  return (JSON.parse(stdout) as { platform: string }).platform;
}
