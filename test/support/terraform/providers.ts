import { existsSync } from 'node:fs';

import { buildOfflineProviders } from './offline-providers';
import { findRealProviders } from './real-providers';

/** Where `hashicorp/tls` and `hashicorp/local` come from, and the environment that makes Terraform use them. */
export interface ProviderSource {
  readonly kind: 'real' | 'offline';
  /** One line for people, e.g. `offline providers (built from test/offline-providers with go1.26.8)`. */
  readonly description: string;
  /** To be given to every `terraform` and `cdktf` process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Arguments of `cdktf deploy` without a registry, also with real providers from a mirror: it would ask for the hashes of other platforms. */
export const WITHOUT_REGISTRY = ['--skip-provider-lock'];

// Child processes find the decision here: jest's workers must neither probe the network nor build again.
const DECISION = 'ERLANG_TLS_PROVIDERS_DECIDED';

/** Set to `offline` or `real` to skip the search: `real` then fails where they cannot be had. */
const CHOICE = 'ERLANG_TLS_PROVIDERS';

let decision: Promise<ProviderSource> | undefined;

/**
 * The real providers where `terraform init` can get them, else the offline ones.
 *
 * Decided once per process tree: call it in jest's global setup, and every worker shares the answer.
 */
export async function prepareProviders(): Promise<ProviderSource> {
  const inherited = inheritedDecision();
  if (inherited !== undefined) return inherited;
  decision ??= decide();
  const source = await decision;
  process.env[DECISION] = JSON.stringify(source);
  return source;
}

/** The offline providers, whatever is reachable: for tests that move the providers' clock. */
export async function prepareOfflineProviders(): Promise<ProviderSource> {
  const inherited = inheritedDecision();
  return inherited?.kind === 'offline' ? inherited : buildOfflineProviders();
}

async function decide(): Promise<ProviderSource> {
  const choice = process.env[CHOICE] ?? '';
  if (!['', 'real', 'offline'].includes(choice)) {
    throw new Error(`${CHOICE} is ${JSON.stringify(choice)}, expected "real", "offline" or nothing`);
  }
  if (choice === 'offline') return buildOfflineProviders();
  const real = await findRealProviders();
  if (real.source !== undefined) return real.source;
  if (choice === 'real') throw new Error(`${CHOICE} is "real", but the real providers cannot be had: ${real.reason}`);
  return buildOfflineProviders();
}

function inheritedDecision(): ProviderSource | undefined {
  const text = process.env[DECISION];
  if (text === undefined || text === '') return undefined;
  const source = JSON.parse(text) as ProviderSource;
  // A cache that was emptied since is not an answer.
  return existsSync(source.env.TF_CLI_CONFIG_FILE ?? '') ? source : undefined;
}
