import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';

import { TerraformFailed } from './plan';
import {
  cacheFolder,
  type CliConfiguration,
  makeFolderOnce,
  mirrorFolder,
  type PinnedProvider,
  pinnedProviders,
  writeCliConfiguration,
} from './provider-mirror';
import type { ProviderSource } from './providers';
import { QUIET, runGo, terraformEnvironment } from './terraform-program';

const CONFIGURATION: CliConfiguration = 'offline-providers.tfrc';

/** The Go module. */
export const OFFLINE_SOURCES = path.resolve(__dirname, '../../offline-providers');

/** The release of `hashicorp/tls` with write-only keys, which the mirror also has. The bindings do not ask for it. */
export const TLS_WITH_WRITE_ONLY_KEYS = '4.4.1';

/** The release of `hashicorp/vault` whose resource types that sign, and that for secrets, are in the mirror as well. */
export const VAULT = '5.6.0';

/** The release of `hashicorp/kubernetes` whose Secret is there, too. */
export const KUBERNETES = '2.38.0';

// Without debug information the binary is a third smaller.
const BUILD_FLAGS = ['-trimpath', '-buildvcs=false'];
const LINKER_FLAGS = '-s -w';

// A first build compiles the plugin framework and gRPC: minutes on a small machine, seconds from then on.
const BUILD_TIMEOUT_MS = 600_000;

/**
 * Build the offline providers into a mirror, once for each version of their sources.
 *
 * Another version of the sources has a cache folder of its own; any of them may be deleted at any time.
 */
export async function buildOfflineProviders(): Promise<ProviderSource> {
  const providers = await offlineProviders();
  const go = await goVersion();
  const builder = [go, process.platform, process.arch, CONFIGURATION, ...BUILD_FLAGS, LINKER_FLAGS];
  const folder = cacheFolder('offline-providers', await sourceHash([...builder, ...providers.map(identity)]));
  if (!existsSync(folder)) {
    await makeFolderOnce(folder, async (staging) => {
      for (const provider of providers) await build(provider, path.join(staging, 'mirror'));
      await writeCliConfiguration(path.join(staging, CONFIGURATION), path.join(folder, 'mirror'));
    });
  }
  return {
    kind: 'offline',
    description: `offline providers (built from test/offline-providers with ${go})`,
    env: { ...QUIET, TF_CLI_CONFIG_FILE: path.join(folder, CONFIGURATION) },
  };
}

async function offlineProviders(): Promise<readonly PinnedProvider[]> {
  const pinned = await pinnedProviders();
  const more = pinned
    .filter(({ name }) => name === 'tls')
    .flatMap((tls) => [
      { ...tls, version: TLS_WITH_WRITE_ONLY_KEYS },
      ...Object.entries({ vault: VAULT, kubernetes: KUBERNETES }).map(([name, version]) => ({
        ...{ name, version, address: tls.address.replace(/tls$/, name) },
      })),
    ]);
  return [...pinned, ...more];
}

const identity = ({ address, version }: PinnedProvider): string => `${address}@${version}`;

async function goVersion(): Promise<string> {
  return (await go(['env', 'GOVERSION'])).stdout.trim();
}

async function build(provider: PinnedProvider, mirror: string): Promise<void> {
  const folder = path.join(mirror, await mirrorFolder(provider));
  await mkdir(folder, { recursive: true });
  const binary = path.join(folder, `terraform-provider-${provider.name}_v${provider.version}`);
  const linker = `-ldflags=${LINKER_FLAGS} -X main.version=${provider.version}`;
  await go(['build', ...BUILD_FLAGS, linker, '-o', binary, `./cmd/terraform-provider-${provider.name}`]);
}

async function go(args: readonly string[]): ReturnType<typeof runGo> {
  // CGO off: a C compiler is not on every machine, and nothing here needs one.
  const env = terraformEnvironment({ CGO_ENABLED: '0' });
  const result = await runGo(args, { cwd: OFFLINE_SOURCES, env, timeoutMs: BUILD_TIMEOUT_MS });
  if (result.exitCode !== 0) throw new TerraformFailed(result);
  return result;
}

/** What a build depends on: the Go files without their tests, the module files, and what the caller adds. */
async function sourceHash(more: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  more.forEach((text) => hash.update(`${text}\0`));
  for (const file of await sourceFiles()) {
    hash
      .update(`${file}\0`)
      .update(await readFile(path.join(OFFLINE_SOURCES, file)))
      .update('\0');
  }
  // 16 of 64 hex digits: enough to tell versions apart, short enough to read.
  return hash.digest('hex').slice(0, 16);
}

async function sourceFiles(): Promise<string[]> {
  const files = await readdir(OFFLINE_SOURCES, { recursive: true });
  return files.filter((file) => /(\.go|go\.mod|go\.sum)$/.test(file) && !file.endsWith('_test.go')).sort();
}
