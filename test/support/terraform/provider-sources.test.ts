import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

import { requires } from '../programs/requires';
import { makeFolderOnce, writeCliConfiguration } from './provider-mirror';
import { prepareOfflineProviders } from './providers';
import { findRealProviders } from './real-providers';

/** A first build of the offline providers compiles the plugin framework. */
const BUILD_MS = 600_000;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'erlang-tls-sources-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a folder that is created once', () => {
  test('is complete and comes from one creator if several create it at the same time', async () => {
    const made = path.join(folder, 'cache', 'made');
    const fill = (maker: string) => async (staging: string) => {
      await writeFile(path.join(staging, 'first'), maker);
      await writeFile(path.join(staging, 'second'), maker);
    };
    await Promise.all(['a', 'b', 'c'].map((maker) => makeFolderOnce(made, fill(maker))));
    expect(await readdir(path.dirname(made))).toEqual(['made']);
    expect(await readFile(path.join(made, 'first'), 'utf8')).toBe(await readFile(path.join(made, 'second'), 'utf8'));
  });

  test('is absent if its creation fails', async () => {
    const failing = makeFolderOnce(path.join(folder, 'made'), () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    expect(await readdir(folder)).toEqual([]);
  });
});

// The offline providers stand in for the real ones in a mirror of the user's own: the search cannot tell them apart.
requires('terraform', 'go')('the search for the real providers', () => {
  const outer = { ...process.env };
  let offlineConfiguration: string;

  beforeAll(async () => {
    offlineConfiguration = (await prepareOfflineProviders()).env.TF_CLI_CONFIG_FILE ?? '';
  }, BUILD_MS);

  beforeEach(() => {
    process.env.XDG_CACHE_HOME = path.join(folder, 'cache');
  });

  afterEach(() => {
    process.env.XDG_CACHE_HOME = outer.XDG_CACHE_HOME ?? '';
    process.env.TF_CLI_CONFIG_FILE = outer.TF_CLI_CONFIG_FILE ?? '';
  });

  test('takes them from the place in the user’s CLI configuration, and keeps them', async () => {
    const mirror = path.join(folder, 'mirror');
    await cp(path.join(path.dirname(offlineConfiguration), 'mirror'), mirror, { recursive: true });
    process.env.TF_CLI_CONFIG_FILE = path.join(folder, 'user.tfrc');
    await writeCliConfiguration(process.env.TF_CLI_CONFIG_FILE, mirror);

    const { source } = await findRealProviders();
    expect(source).toMatchObject({
      kind: 'real',
      description: expect.stringMatching(/^real providers \(hashicorp\/tls \d+\.\d+\.\d+, hashicorp\/local .+\)$/),
    });
    await rm(mirror, { recursive: true });
    expect(await findRealProviders()).toEqual({ source, reason: '' });
  });

  test('says why it found none', async () => {
    const mirror = path.join(folder, 'empty');
    await mkdir(mirror);
    process.env.TF_CLI_CONFIG_FILE = path.join(folder, 'user.tfrc');
    await writeCliConfiguration(process.env.TF_CLI_CONFIG_FILE, mirror);

    const { source, reason } = await findRealProviders();
    expect(source).toBeUndefined();
    expect(reason).toMatch(/^Error: Failed to query available provider packages .*hashicorp\/(tls|local)/);
    expect(reason).not.toMatch(/To see which/);
  });

  test('does not mistake the offline providers of an outer run for real ones', async () => {
    process.env.TF_CLI_CONFIG_FILE = offlineConfiguration;
    // Where the registry can be reached, the real ones are found there instead.
    const { source } = await findRealProviders();
    expect(source?.env.TF_CLI_CONFIG_FILE).not.toBe(offlineConfiguration);
    const kept = source === undefined ? undefined : await binaries(path.dirname(source.env.TF_CLI_CONFIG_FILE ?? ''));
    expect(kept).not.toEqual(await binaries(path.dirname(offlineConfiguration)));
  });
});

async function binaries(cache: string): Promise<string[]> {
  const files = await readdir(path.join(cache, 'mirror'), { recursive: true });
  return files.filter((file) => path.basename(file).startsWith('terraform-provider-')).sort();
}
