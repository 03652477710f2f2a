import { readFileSync } from 'node:fs';

import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterProps } from 'cdktf-erlang-tls';

import { groupFlags, readArgsFile } from '../../../src/model/erlang/flags/args-file-reader';
import { CLEAR_PEM_CACHE } from '../../../src/model/erlang/programs/pem-cache';
import { freshAddress, freshPort } from '../../support/erlang/addresses';
import { requires } from '../../support/programs/requires';
import { onTerminal } from '../../support/programs/terminal';
import {
  type Argument,
  argumentsOf,
  protocolTo,
  type Release,
  ReleaseNotStarted,
  type ReleaseSandbox,
  type ReleaseTools,
  withReleases,
} from '../../support/releases';
import { onEachReleaseTools } from '../../support/releases/blocks';
import { Deployment, installedAs } from '../../support/stacks/deployment';
import { toolsOf } from '../../support/stacks/running-cluster';

const SLOW_MS = 120_000;

/** What the start script would replace in `vm.args.src`, and does not look at in a file that is nested there. */
const UNTOUCHED = ['${HOME}', '${', '}'];
const AWKWARD = ['a b', '$HOME', '$$', `'"\\#`, '&', 'é🦕'];

type Flavour = 'nested' | 'template' | 'withoutEpmd';

requires(
  'terraform',
  'go',
  'erl',
  'script',
)('a release made by `rebar3 release`', () => {
  let deployment: Deployment;
  let clusters: Record<Flavour, TlsCluster>;

  beforeAll(async () => {
    const port = await freshPort();
    const [first, second, alone] = [await freshAddress(port), await freshAddress(port), await freshAddress(port)];
    const nodes = [{ name: `first@${first}` }, { name: `second@${second}` }];
    const awkward = { name: 'my_app', values: [...AWKWARD, ...UNTOUCHED] };
    const references = [
      { name: 'name', values: ['${NODE_NAME:-nobody@127.0.0.1}'] },
      { name: 'setcookie', values: ['${COOKIE}'] },
      { name: 'my_app', values: [...AWKWARD, '${WORDS}', '${UNSET:-a.b:c/d@e-f}'] },
    ];
    ({ deployment, clusters } = await Deployment.of((stack, target) => {
      const declare = (id: Flavour, props: Pick<TlsClusterProps, 'nodes' | 'distribution' | 'flags'>): TlsCluster =>
        new TlsCluster(stack, id, {
          platform: Platform.relxRelease({ template: id === 'template' }),
          otp: OtpRelease.OTP_25,
          ...props,
          nodes: props.nodes.map((node) => ({ ...node, installDirectory: target.path(id, node.name) })),
          installDirectory: target.path(id, 'common'),
          delivery: Delivery.localFiles({ outputDirectory: `${target.outputDirectory}/${id}` }),
        });
      return {
        nested: declare('nested', { nodes, flags: [awkward] }),
        template: declare('template', { nodes, flags: references }),
        withoutEpmd: declare('withoutEpmd', {
          nodes: [{ name: `app@${alone}` }],
          flags: [awkward],
          distribution: { portWithoutEpmd: port, interfaceAddress: alone },
        }),
      };
    }));
  }, SLOW_MS);

  afterAll(() => deployment?.remove());

  onEachReleaseTools('started', (tools) => {
    test.each(['nested', 'template'] as const)(
      'has exactly the flags of its file, uses TLS to its peer, and stops by its own tool (%s)',
      (flavour) =>
        inSandbox(tools, async (sandbox) => {
          const { releases, ask } = await installAll(sandbox, flavour);
          const running = await Promise.all(releases.map((release) => sandbox.start(release)));
          const [first, second] = ask as [Release, Release];
          const [one, other] = clusters[flavour].nodes.map(({ name }) => name) as [string, string];
          expect(await protocolTo('relx', first, other)).toBe('tls');
          expect(await protocolTo('relx', second, one)).toBe('tls');
          for (const [index, release] of [first, second].entries()) await expectFlags(flavour, index, release, sandbox);
          // The line that install scripts print.
          expect(await first.run('eval', `${CLEAR_PEM_CACHE}.`)).toEqual({ status: 0, stdout: 'ok\n', stderr: '' });
          expect(await second.run('stop')).toEqual({ status: 0, stdout: '', stderr: '' });
          expect(await running[1]?.exited).toBe(0);
        }),
      SLOW_MS,
    );

    test.each(['nested', 'template', 'withoutEpmd'] as const)(
      'gives a prompt with the command of the tools, as a client only (%s)',
      (flavour) =>
        inSandbox(tools, async (sandbox) => {
          const { releases, ask } = await installAll(sandbox, flavour);
          const [release] = releases as [Release];
          await sandbox.start(release);
          const [tool] = ask as [Release];
          expect(await tool.run('ping')).toEqual({ status: 0, stdout: 'pong\n', stderr: '' });
          await expectFlags(flavour, 0, tool, sandbox);
          const command = toolsOf(clusters[flavour]).command.replace('bin/RELEASE', release.script);
          await onTerminal(command, release.environment, async (terminal) => {
            // Not before: the start script runs other programs first, and they would swallow it.
            await terminal.says(/\)1> $/);
            // The text is put together there, so that the echo of what was typed is not taken for the answer.
            terminal.type('io:format("~s~s~n", ["I am ", node()]).\n');
            await terminal.says(new RegExp(`I am ${clusters[flavour].nodes[0]?.name ?? ''}`));
          });
        }),
      SLOW_MS,
    );

    test(
      'cannot be reached by tools without TLS settings, and they say so',
      () =>
        inSandbox(tools, async (sandbox) => {
          const { releases } = await installAll(sandbox, 'nested');
          const [release] = releases as [Release];
          const { pid } = await sandbox.start(release);
          for (const untold of [release, release.with({ USE_NODETOOL: '1' })]) {
            for (const args of [['ping'], ['eval', 'node().'], ['remote_console']]) {
              const { status, stdout } = await untold.run(...args);
              expect({ status, stdout }).toEqual({ status: 1, stdout: 'Node is not running!\n' });
            }
            expect(await untold.run('stop')).toMatchObject({ status: 1, stdout: '' });
          }
          expect(process.kill(pid, 0)).toBe(true);
        }),
      SLOW_MS,
    );

    test(
      'does not start with one name in its own file and another in a nested one',
      () =>
        inSandbox(tools, async (sandbox) => {
          const { releases } = await installAll(sandbox, 'nested');
          const [release] = releases as [Release];
          const nested = release.write('nested.args', '-name other@127.0.0.1\n');
          release.write('vm.args.src', `-name \${NODE}\n-args_file ${nested}\n`);
          await expect(sandbox.start(release)).rejects.toThrow(ReleaseNotStarted);
          expect(await release.run('ping')).toMatchObject({
            status: 2,
            stdout: expect.stringContaining('already specified') as string,
          });
        }),
      SLOW_MS,
    );
  });

  const inSandbox = <T>(tools: ReleaseTools, body: (sandbox: ReleaseSandbox) => Promise<T>): Promise<T> =>
    withReleases(tools, 'relx', body);

  /** A release for each node, and the same as the tools see it, with what the command of the tools says. */
  async function installAll(
    sandbox: ReleaseSandbox,
    flavour: Flavour,
  ): Promise<{ releases: Release[]; ask: Release[] }> {
    const cluster = clusters[flavour];
    const releases = await Promise.all(
      cluster.nodes.map(async (node) => {
        const release = await sandbox.install(node.name);
        release.write('vm.args.src', templateFor(flavour, node));
        return flavour === 'template' ? release.with(variablesOf(node.name, sandbox)) : release;
      }),
    );
    const toolArgs = installedAs('tool.args', toolsOf(cluster));
    const ask = releases.map((one) => one.with({ USE_NODETOOL: '1', ERL_FLAGS: `-args_file ${toolArgs}` }));
    return { releases, ask };
  }

  function templateFor(flavour: Flavour, node: TlsCluster['nodes'][number]): string {
    if (flavour === 'template') return readFileSync(installedAs('vm.args.src', node), 'utf8');
    return `-name \${NODE}\n-args_file ${installedAs('vm.args', node)}\n`;
  }

  async function expectFlags(
    flavour: Flavour,
    index: number,
    release: Release,
    sandbox: ReleaseSandbox,
  ): Promise<void> {
    const node = clusters[flavour].nodes[index];
    if (node === undefined) throw new Error(`no node ${index}`);
    const file = flavour === 'template' ? 'vm.args.src' : 'vm.args';
    const replaced = flavour === 'template' ? variablesOf(node.name, sandbox) : {};
    const flags = groupFlags(readArgsFile(readFileSync(installedAs(file, node), 'utf8'))).map(
      ({ name, values }): Argument => [name, values.map((value) => replace(value, replaced))],
    );
    expect(flags).toContainEqual(['my_app', expect.arrayContaining(AWKWARD)]);
    const names = flags.map(([flag]) => flag);
    expect(await argumentsOf('relx', release, names)).toEqual(flags);
  }
});

/** What the environment of a release made from a template says. */
function variablesOf(nodeName: string, { cookie }: ReleaseSandbox): Record<string, string> {
  return { NODE_NAME: nodeName, COOKIE: cookie, WORDS: 'one&two' };
}

/** The start script’s way with references, for variables that are set. */
function replace(value: string, variables: Readonly<Record<string, string>>): string {
  if (Object.keys(variables).length === 0) return value;
  return value.replace(
    /^\$\{(\w+)(?::-(.*))?\}$/,
    (_, name: string, fallback = '') => variables[name] ?? String(fallback),
  );
}
