import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import * as path from 'node:path';

import { ProgramKilled, type ProgramResult } from './program';
import {
  cacheFolder,
  type CliConfiguration,
  inProbeFolder,
  makeFolderOnce,
  type PinnedProvider,
  pinnedProviders,
  writeCliConfiguration,
} from './provider-mirror';
import type { ProviderSource } from './providers';
import { QUIET, runTerraform, terraformEnvironment } from './terraform-program';

const CONFIGURATION: CliConfiguration = 'real-providers.tfrc';

const OFFLINE: CliConfiguration = 'offline-providers.tfrc';

/** The real providers, or why they cannot be had. */
export interface RealProviders {
  readonly source?: ProviderSource;
  readonly reason: string;
}

// A registry that answers does so within a second or two; a network that drops packets must not hold up a test run.
const FIRST_ANSWER_MS = 8_000;

// From the first answer on it is a download of some 20 MB.
const DOWNLOAD_MS = 180_000;

/**
 * Ask `terraform init`, under the user's own CLI configuration, for the two real providers.
 *
 * What it gets is kept as a mirror, so that later runs and the many `init`s of the tests download nothing.
 */
export async function findRealProviders(): Promise<RealProviders> {
  const providers = await pinnedProviders();
  const folder = cacheFolder('real-providers', cacheKey(providers));
  if (!existsSync(folder)) {
    const reason = await inProbeFolder(async (probe) => {
      const failure = await initialize(probe);
      if (failure === undefined) await keep(probe, folder);
      return failure;
    });
    if (reason !== undefined) return { reason };
  }
  return { source: sourceIn(folder, providers), reason: '' };
}

function cacheKey(providers: readonly PinnedProvider[]): string {
  return providers.map(({ address, version }) => `${address.replaceAll('/', '_')}-${version}`).join('-');
}

async function initialize(cwd: string): Promise<string | undefined> {
  const deadline = new AbortController();
  let timer = setTimeout(() => deadline.abort(), FIRST_ANSWER_MS);
  const extend = (text: string): void => {
    if (!/^- (Installing|Using) /m.test(text)) return;
    clearTimeout(timer);
    timer = setTimeout(() => deadline.abort(), DOWNLOAD_MS);
  };
  try {
    const result = await runTerraform(['init', '-input=false', '-no-color'], {
      cwd,
      env: userEnvironment(),
      timeoutMs: FIRST_ANSWER_MS + DOWNLOAD_MS,
      signal: deadline.signal,
      onOutput: extend,
    });
    return result.exitCode === 0 ? undefined : firstError(result);
  } catch (error) {
    if (error instanceof ProgramKilled) return 'terraform init got no answer in time';
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The user's CLI configuration decides where providers come from, unless it is not there or an outer run's offline one. */
function userEnvironment(): NodeJS.ProcessEnv {
  const file = process.env.TF_CLI_CONFIG_FILE ?? '';
  const isUsers = existsSync(file) && path.basename(file) !== OFFLINE;
  return terraformEnvironment(isUsers ? { TF_CLI_CONFIG_FILE: file } : {}, { TF_REGISTRY_DISCOVERY_RETRY: '0' });
}

/** The first of Terraform's diagnostics, on one line and without its advice. */
function firstError({ stdout, stderr }: ProgramResult): string {
  const text = stderr === '' ? stdout : stderr;
  const [first = text] = /Error: [\s\S]*?(?=\n+To see which modules|\n+Error: |$)/.exec(text) ?? [];
  return first.replace(/\s+/g, ' ').trim();
}

async function keep(probe: string, folder: string): Promise<void> {
  await makeFolderOnce(folder, async (staging) => {
    // `init` links to a user's own mirror; the copy must outlive that.
    await cp(path.join(probe, '.terraform', 'providers'), path.join(staging, 'mirror'), {
      recursive: true,
      dereference: true,
    });
    await writeCliConfiguration(path.join(staging, CONFIGURATION), path.join(folder, 'mirror'));
  });
}

function sourceIn(folder: string, providers: readonly PinnedProvider[]): ProviderSource {
  const names = providers.map(({ name, version }) => `hashicorp/${name} ${version}`).join(', ');
  return {
    kind: 'real',
    description: `real providers (${names})`,
    env: { ...QUIET, TF_CLI_CONFIG_FILE: path.join(folder, CONFIGURATION) },
  };
}
