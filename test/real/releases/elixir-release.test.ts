import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterProps } from 'cdktf-erlang-tls';

import { groupFlags, readArgsFile } from '../../../src/model/erlang/flags/args-file-reader';
import { CLEAR_PEM_CACHE_IN_ELIXIR } from '../../../src/model/platforms/elixir-release';
import { freshAddress, freshPort } from '../../support/erlang/addresses';
import { requires } from '../../support/programs/requires';
import { onTerminal } from '../../support/programs/terminal';
import {
  argumentsOf,
  ask,
  protocolTo,
  type Release,
  type ReleaseSandbox,
  type ReleaseTools,
  withReleases,
} from '../../support/releases';
import { onEachReleaseTools } from '../../support/releases/blocks';
import { Deployment, installedAs } from '../../support/stacks/deployment';
import { toolsOf } from '../../support/stacks/running-cluster';

const SLOW_MS = 120_000;

/** Text that the shell, EEx, relx and `elixir` each treat differently. */
const AWKWARD = {
  name: 'my_app',
  values: ['a b', '<%= 1 %>', '<%%', '%>', '${HOME}', '$HOME', '#{1}', `'"\\#`, 'é🦕'],
};

type Flavour = 'files' | 'templates' | 'withoutEpmd';

requires(
  'terraform',
  'go',
  'erl',
  'script',
)('a release made by `mix release`', () => {
  let deployment: Deployment;
  let clusters: Record<Flavour, TlsCluster>;

  beforeAll(async () => {
    const port = await freshPort();
    const [first, second, alone] = [await freshAddress(port), await freshAddress(port), await freshAddress(port)];
    const pair = { nodes: [{ name: `first@${first}` }, { name: `second@${second}` }], flags: [AWKWARD] };
    const one = { nodes: [{ name: `app@${alone}` }], distribution: { portWithoutEpmd: port, interfaceAddress: alone } };
    ({ deployment, clusters } = await Deployment.of((stack, target) => {
      const declare = (id: Flavour, props: Pick<TlsClusterProps, 'nodes' | 'distribution' | 'flags'>): TlsCluster =>
        new TlsCluster(stack, id, {
          platform: Platform.elixirRelease({ templates: id === 'templates' }),
          otp: OtpRelease.OTP_25,
          ...props,
          nodes: props.nodes.map((node) => ({ ...node, installDirectory: target.path(id, node.name) })),
          installDirectory: target.path(id, 'common'),
          delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
        });
      return {
        files: declare('files', pair),
        templates: declare('templates', pair),
        withoutEpmd: declare('withoutEpmd', one),
      };
    }));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachReleaseTools('started', (tools) => {
    test(
      'has exactly the flags of its files, uses TLS to its peer, and stops by its own tool',
      () =>
        inSandbox(tools, async (sandbox) => {
          const releases = await installAll(sandbox, clusters.files);
          const [first, second] = await startAll(sandbox, releases);
          await expectCluster(clusters.files, first.release, second.release, 'vm.args');
          expect(await second.release.run('stop')).toEqual({ status: 0, stdout: '', stderr: '' });
          expect(await second.exited).toBe(0);
        }),
      SLOW_MS,
    );

    test(
      'has the same flags if made from the templates in `rel/`, with EEx markup as plain text',
      () =>
        inSandbox(tools, async (sandbox) => {
          const releases = await Promise.all(
            clusters.templates.nodes.map((node) => sandbox.install(node.name, templatesOf(clusters.templates, node))),
          );
          const [first, second] = await startAll(sandbox, releases);
          await expectCluster(clusters.templates, first.release, second.release, 'vm.args.eex');
        }),
      SLOW_MS,
    );

    test(
      'reads files that its own files nest by `-args_file`, and so do its tools',
      () =>
        inSandbox(tools, async (sandbox) => {
          const { files } = clusters;
          const releases = await Promise.all(
            files.nodes.map(async (node) => {
              const release = await sandbox.install(node.name);
              release.write('vm.args', `+P 65536\n-args_file ${installedAs('vm.args', node)}\n`);
              release.write('remote.vm.args', `-args_file ${installedAs('remote.vm.args', toolsOf(files))}\n`);
              return release;
            }),
          );
          const [first, second] = await startAll(sandbox, releases);
          await expectCluster(files, first.release, second.release, 'vm.args');
          expect(await ask('elixir', first.release, 'IO.puts(:erlang.system_info(:process_limit))')).toBe('65536');
          // The line that install scripts print.
          expect(await ask('elixir', first.release, `IO.puts(${CLEAR_PEM_CACHE_IN_ELIXIR})`)).toBe('ok');
        }),
      SLOW_MS,
    );

    test(
      'cannot be reached by tools without TLS settings, and they say so',
      () =>
        inSandbox(tools, async (sandbox) => {
          const [release] = (await installAll(sandbox, clusters.files)) as [Release];
          await sandbox.start(release);
          const untold = release.with({
            RELEASE_REMOTE_VM_ARGS: release.pathOf('remote.vm.args'),
          });
          for (const args of [['rpc', 'IO.puts(node())'], ['pid'], ['stop']]) {
            expect(await untold.run(...args)).toEqual({
              status: 1,
              stdout: '',
              // The first word is Elixir 1.14’s.
              stderr: expect.stringMatching(
                /^--rpc-eval : RPC failed with reason :(nodedown|noconnection)\n$/,
              ) as string,
            });
          }
          await onTerminal(`${untold.script} remote`, untold.environment, async (terminal) => {
            await terminal.says(/Could not (contact|connect to) /);
          });
        }),
      SLOW_MS,
    );

    test.each(['files', 'withoutEpmd'] as const)(
      'gives a prompt with `remote`, as a client only (%s)',
      (flavour) =>
        inSandbox(tools, async (sandbox) => {
          const cluster = clusters[flavour];
          const [release] = (await installAll(sandbox, cluster)) as [Release];
          const { release: running } = await sandbox.start(release);
          expect(
            await argumentsOf(
              'elixir',
              running,
              flagsOf(cluster, 0, 'vm.args').map(([flag]) => flag),
            ),
          ).toEqual(flagsOf(cluster, 0, 'vm.args'));
          const { command } = toolsOf(cluster);
          await onTerminal(command.replace('bin/RELEASE', running.script), running.environment, async (terminal) => {
            await terminal.says(/\)1> $/);
            // The text is put together there, so that the echo of what was typed is not taken for the answer.
            terminal.type('IO.puts("I am " <> to_string(node()))\n');
            await terminal.says(new RegExp(`I am ${cluster.nodes[0]?.name ?? ''}`));
          });
        }),
      SLOW_MS,
    );

    test(
      'is not needed, because `elixir --erl` and `iex --remsh` accept the same files',
      () =>
        inSandbox(tools, async (sandbox) => {
          const [node] = clusters.files.nodes as [TlsCluster['nodes'][number]];
          const release = await sandbox.install(node.name);
          const server = `elixir --name ${node.name} --erl "-args_file ${installedAs('vm.args', node)}" -e 'IO.puts("up"); Process.sleep(:infinity)'`;
          await onTerminal(server, release.environment, async (running) => {
            await running.says(/^up\r?$/m);
            const toolFile = installedAs('remote.vm.args', toolsOf(clusters.files));
            const client = `iex --hidden --name tool@${node.name.split('@')[1] ?? ''} --erl "-args_file ${toolFile}" --remsh ${node.name}`;
            await onTerminal(client, release.environment, async (terminal) => {
              await terminal.says(/\)1> $/);
              terminal.type('IO.puts("I am " <> to_string(node()))\n');
              await terminal.says(new RegExp(`I am ${node.name}`));
            });
          });
        }),
      SLOW_MS,
    );
  });

  const inSandbox = <T>(tools: ReleaseTools, body: (sandbox: ReleaseSandbox) => Promise<T>): Promise<T> =>
    withReleases(tools, 'elixir', body);

  /** A release for each node that finds the delivered files by the variables that it has for that. */
  async function installAll(sandbox: ReleaseSandbox, cluster: TlsCluster): Promise<Release[]> {
    return Promise.all(
      cluster.nodes.map(async (node) =>
        (await sandbox.install(node.name)).with({
          RELEASE_VM_ARGS: installedAs('vm.args', node),
          RELEASE_REMOTE_VM_ARGS: installedAs('remote.vm.args', toolsOf(cluster)),
        }),
      ),
    );
  }
});

async function startAll(
  sandbox: ReleaseSandbox,
  releases: readonly Release[],
): Promise<[Awaited<ReturnType<ReleaseSandbox['start']>>, Awaited<ReturnType<ReleaseSandbox['start']>>]> {
  const [first, second] = await Promise.all(releases.map((release) => sandbox.start(release)));
  if (first === undefined || second === undefined) throw new Error('two releases were expected');
  return [first, second];
}

/** Both nodes have the flags of their files, and each can dial the other. */
async function expectCluster(cluster: TlsCluster, first: Release, second: Release, file: string): Promise<void> {
  for (const [index, release] of [first, second].entries()) {
    const flags = flagsOf(cluster, index, file);
    expect(flags).toContainEqual([AWKWARD.name, AWKWARD.values]);
    expect(
      await argumentsOf(
        'elixir',
        release,
        flags.map(([flag]) => flag),
      ),
    ).toEqual(flags);
  }
  const [one, other] = cluster.nodes.map(({ name }) => name) as [string, string];
  expect(await protocolTo('elixir', first, other)).toBe('tls');
  expect(await protocolTo('elixir', second, one)).toBe('tls');
}

/** The flags that a file of a node says, by its name there. */
function flagsOf(cluster: TlsCluster, index: number, file: string): [string, readonly string[]][] {
  const text = readFileSync(installedAs(file, nodeAt(cluster, index)), 'utf8');
  const plain = file.endsWith('.eex') ? text.replaceAll('<%%', '<%') : text;
  return groupFlags(readArgsFile(plain)).map(({ name, values }) => [name, values]);
}

function nodeAt({ nodes }: TlsCluster, index: number): TlsCluster['nodes'][number] {
  const node = nodes[index];
  if (node === undefined) throw new Error(`no node ${index}`);
  return node;
}

/** The templates as files of the project. */
function templatesOf(cluster: TlsCluster, node: TlsCluster['nodes'][number]): Record<string, string> {
  const files = [installedAs('vm.args.eex', node), installedAs('remote.vm.args.eex', toolsOf(cluster))];
  return Object.fromEntries(files.map((path) => [`rel/${basename(path)}`, readFileSync(path, 'utf8')]));
}
