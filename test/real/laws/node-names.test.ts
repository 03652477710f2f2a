import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OtpRelease, SslDist, VmArgs } from 'cdktf-erlang-tls';
import * as fc from 'fast-check';

import { isShortName, type NodeName, parseNodeName } from '../../../src/model/cluster/node-name';
import { InvalidInput } from '../../../src/model/findings/finding';
import { ErlangVm, type Runtime, withCluster } from '../../support/erlang';
import { freshAddress, freshPort } from '../../support/erlang/addresses';
import { onEachRuntime } from '../../support/erlang/blocks';
import { requires } from '../../support/programs/requires';
import { synthesize } from '../../support/stacks/deployment';
import { hostOf } from '../../support/stacks/running-cluster';
import { expectNone, sampleOf } from './sample';

const SLOW_MS = 180_000;
const RUNS = 400;

requires('erl')('node names', () => {
  onEachRuntime('given to the kernel', (runtime) => {
    test(
      'are refused, or become the name of the node',
      async () => {
        const sample = sampleOf(anyNodeName(), RUNS);
        const accepted = sample.cases.flatMap((text) => tryParse(text) ?? []);
        // Half of the cases are meant to be legal.
        expect(accepted.length).toBeGreaterThan(RUNS / 4);
        const names = await nodesStartedAs(runtime, accepted);
        expectNone(
          sample,
          accepted.flatMap(({ text }, index) => (names[index] === text ? [] : [{ text, startedAs: names[index] }])),
        );
      },
      SLOW_MS,
    );
  });

  onEachRuntime('in the flags of `VmArgs`', (runtime) => {
    test.each([
      'couchdb@db1.example.test',
      '0_-Z@H_1.x.test',
      `a@${'l'.repeat(63)}.x.test`,
      `${'n'.repeat(240)}@h.test`,
      'a@127.0.0.1',
      'short@host',
    ])(
      'become the name of the node and reach init: %s',
      (name) =>
        withCluster({ hosts: [hostOf(name)] }, async (erlang) => {
          const file = join(erlang.directory, 'vm.args');
          writeFileSync(file, flagsFor(name, erlang.directory));
          const node = await erlang.startNode({ runtime, name, args: ['-args_file', file], leaveOut: ['name'] });
          const flag = hostOf(name).includes('.') ? 'name' : 'sname';
          expect(await node.evalText('atom_to_list(node())')).toBe(name);
          expect(await node.eval(`init:get_argument(${flag})`)).toBe(`{ok,[["${name}"]]}`);
        }),
      SLOW_MS,
    );
  });
});

function tryParse(text: string): NodeName | undefined {
  try {
    return parseNodeName(text);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

function flagsFor(nodeName: string, directory: string): string {
  const paths = { certfile: `${directory}/node.pem`, cacertfile: `${directory}/ca.pem` };
  const sslDist = SslDist.flat(paths);
  const { declared } = synthesize(
    (stack) => new VmArgs(stack, 'flags', { path: `${directory}/vm.args`, otp: OtpRelease.OTP_27, nodeName, sslDist }),
    join(directory, 'cdktf.out'),
  );
  return declared.text;
}

/** One machine becomes each of the nodes, one after the other, and says what it is called then. */
async function nodesStartedAs(runtime: Runtime, names: readonly NodeName[]): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'erlang-names-'));
  let vm: ErlangVm | undefined;
  try {
    const port = await freshPort();
    const address = (await freshAddress(port)).replaceAll('.', ',');
    const args = [
      ...['-start_epmd', 'false', '-erl_epmd_port', String(port)],
      ...['-kernel', 'inet_dist_use_interface', `{${address}}`],
    ];
    vm = await ErlangVm.start({ runtime, directory, args });
    const wanted = names.map((name) => `{${codePoints(name.text)},${isShortName(name) ? 'shortnames' : 'longnames'}}`);
    const answer = await vm.evalText(
      `Start = fun({Name, Kind}) ->
         case net_kernel:start([list_to_atom(Name), Kind]) of
           {ok, _} -> Node = atom_to_list(node()), ok = net_kernel:stop(), Node;
           Failure -> io_lib:format("~0tp", [Failure])
         end
       end,
       lists:join($\\n, [Start(One) || One <- [${wanted.join(',')}]])`,
      { deadlineMs: SLOW_MS },
    );
    return answer.split('\n');
  } finally {
    await vm?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function codePoints(text: string): string {
  return `[${[...text].map((character) => character.codePointAt(0)).join(',')}]`;
}

function anyNodeName(): fc.Arbitrary<string> {
  const label = fc.stringMatching(/^[0-9A-Za-z_]([0-9A-Za-z_-]{0,8}[0-9A-Za-z_])?$/);
  const host = fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(
      'localhost',
      'l'.repeat(63),
      `${'l'.repeat(63)}.${'m'.repeat(63)}.${'n'.repeat(63)}`,
      '1.2.3',
      '1.2.3.256',
    ),
  );
  const name = fc.oneof(
    fc.stringMatching(/^[0-9A-Za-z_][0-9A-Za-z_-]{0,12}$/),
    fc.constantFrom('n'.repeat(200), 'end', '0'),
  );
  const legal = fc.tuple(name, host).map(([left, right]) => `${left}@${right}`);
  const spoiled = fc
    .tuple(
      legal,
      fc.nat(40),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 2 }),
        fc.constantFrom('@', '.', '-', '%', ' ', '\n', "'", '"', '${', 'é'),
      ),
    )
    .map(([text, at, extra]) => text.slice(0, at) + extra + text.slice(at));
  return fc.oneof({ arbitrary: legal, weight: 2 }, { arbitrary: spoiled, weight: 2 });
}
