import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCli } from '../../support/cli/run-cli';
import { ROOT, shardCa, shardPlan } from '../../support/plans/shard-plans';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'erlang-tls-check-plan-'));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each<[string, unknown, string]>([
  ['an object', {}, 'plan-malformed: JSON is not what terraform show -json writes of a plan (it has no format_version'],
  ['a list', [], 'plan-malformed: JSON is not what terraform show -json writes of a plan (it is no object)'],
  ['null', null, 'plan-malformed: JSON is not what terraform show -json writes of a plan (it is null)'],
  ['a state', { format_version: '1.0', values: {} }, '(it is a state: terraform show -json was run without a plan)'],
  ['no state and no plan', { format_version: '1.0' }, '(it has no resource_changes)'],
  [
    'a plan of another format',
    { format_version: '2.0', resource_changes: [] },
    '(its format_version is "2.0", and not 1.x)',
  ],
  ['a plan that failed', { format_version: '1.2', resource_changes: [], errored: true }, 'plan-failed: '],
])('%s is not a plan: exit code 2, and nothing of it is printed', async (_title, json, says) => {
  const { exitCode, out, err } = await checked({ json, text: JSON.stringify(json) });
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(says)]);
});

/** A plan with something else at one place. */
function planWith(change: Record<string, unknown>, rest: Record<string, unknown> = {}): unknown {
  const resource = { address: 'a.b', mode: 'managed', type: 'a', change: {}, ...change };
  return { format_version: '1.2', resource_changes: [resource], ...rest };
}

const configured = (resource: unknown): unknown =>
  planWith({}, { configuration: { root_module: { resources: [resource] } } });

test.each<[string, unknown]>([
  ['resource_changes', { format_version: '1.2', resource_changes: 'many' }],
  ['format_version', { format_version: 1, resource_changes: [] }],
  ['timestamp', planWith({}, { timestamp: 5 })],
  ['complete', planWith({}, { complete: 'yes' })],
  ['errored', planWith({}, { errored: 0 })],
  ['resource_drift', planWith({}, { resource_drift: {} })],
  [
    'resource_changes[0].mode',
    { format_version: '1.2', resource_changes: [{ address: 'a.b', type: 'a', change: {} }] },
  ],
  ['resource_changes[0]', { format_version: '1.2', resource_changes: [5] }],
  ['resource_changes[0].mode', planWith({ mode: {} })],
  ['resource_changes[0].address', planWith({ address: ['constructor'] })],
  ['resource_changes[0].type', planWith({ type: 5 })],
  ['resource_changes[0].change', planWith({ change: 'none' })],
  ['resource_changes[0].change.before', planWith({ change: { before: 'PRIVATE KEY' } })],
  ['resource_changes[0].change.after', planWith({ change: { after: ['PRIVATE KEY'] } })],
  ['configuration', planWith({}, { configuration: true })],
  ['configuration.root_module', planWith({}, { configuration: { root_module: [] } })],
  ['configuration.root_module.resources', planWith({}, { configuration: { root_module: { resources: {} } } })],
  ['configuration.root_module.resources[0]', configured('x')],
  ['configuration.root_module.resources[0].expressions', configured({ expressions: 5 })],
  ['configuration.root_module.resources[0].expressions.…', configured({ expressions: { content: 'PRIVATE KEY' } })],
  [
    'configuration.root_module.resources[0].expressions.….references',
    configured({ expressions: { content: { references: 'x' } } }),
  ],
  [
    'configuration.root_module.resources[0].expressions.….references[1]',
    configured({ expressions: { content: { references: ['x', { toString: 1 }] } } }),
  ],
  ['configuration.root_module.resources[0].depends_on[0]', configured({ depends_on: [null] })],
])('an unexpected value at %s is refused with its path: exit code 2', async (place, json) => {
  const { exitCode, out, err } = await runCli(['check-plan', planFile(json)]);
  expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(`error: plan-malformed: ${place} is not what`)]);
  expect(err).not.toMatch(/PRIVATE KEY|\n.*\n/);
});

test('names of properties that every object has are ordinary names', async () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];
  const resources = names.map(
    (name) => `{"mode":"managed","address":"${name}","type":"${name}","change":{"before":{"${name}":{"id":1}}}}`,
  );
  const configuration = names.map(
    (name) => `{"mode":"managed","address":"${name}","expressions":{"${name}":{"${name}":[]}}}`,
  );
  const plan = `{"format_version":"1.2","__proto__":{"errored":true},"resource_changes":[${resources.join()}],
    "configuration":{"root_module":{"resources":[${configuration.join()}]}}}`;
  const { exitCode, out } = await runCli(['check-plan', planFile(plan)]);
  expect([exitCode, out]).toEqual([2, expect.stringContaining('error: plan-without-nodes: ')]);
  expect(out).not.toContain('Destroyed');
});

test('a file without JSON is refused, and nothing of it is printed', async () => {
  const { exitCode, err } = await checked({ text: '-----BEGIN PRIVATE KEY-----' });
  expect([exitCode, err]).toEqual([2, expect.stringContaining('does not contain JSON')]);
  expect(err).not.toContain('BEGIN');
});

test('a file that does not exist is refused', async () => {
  const { exitCode, err } = await runCli(['check-plan', join(directory, 'none.json')]);
  expect([exitCode, err]).toEqual([2, expect.stringContaining('cannot be read: no such file or directory')]);
});

test.each<[string, string[], string]>([
  ['no plan', [], 'give a plan'],
  ['the same plan twice', ['PLAN', 'PLAN'], 'plan.json is given twice: give each plan once'],
  ['standard input twice', ['-', '-'], 'standard input is given twice: give each plan once'],
  ['an unknown option', ['--nonsense', 'a'], 'nonsense'],
  ['an unknown format', ['--format=xml', 'PLAN'], '--format=xml is unknown: use text, json, github or junit'],
  ['an unknown severity', ['--fail-on=info', 'PLAN'], '--fail-on=info is unknown: use error or warning'],
])('%s is refused with a pointer to the help', async (_title, args, says) => {
  const plan = planFile(EMPTY);
  const { exitCode, err } = await runCli(['check-plan', ...args.map((one) => (one === 'PLAN' ? plan : one))]);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(says)]);
  expect(err).toContain('\nRun erlang-tls help check-plan for its options.\n');
});

describe('several plans', () => {
  const files = { ca: shardCa('a'), trusts: [ROOT] };
  const shard = (name: string): unknown => shardPlan({ [name]: { before: files, after: files } });

  test('are judged as one cluster, whose nodes are shown with their plans', async () => {
    const paths = [planFile(shard('n@h1.x.test'), 'a.json'), planFile(shard('n@h2.x.test'), 'b.json')];
    const { exitCode, out } = await runCli(['check-plan', ...paths]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/\n2 nodes: every pair can connect/)]);
    expect(out).toContain(`n@h1.x.test (${paths[0]}), n@h2.x.test (${paths[1]})  CA of shard a`);
  });

  test.each<[string, unknown, string]>([
    ['a state', { format_version: '1.0', values: {} }, 'plan-malformed: B: JSON is not what terraform show -json'],
    [
      'a plan that failed',
      { format_version: '1.2', resource_changes: [], errored: true },
      'plan-failed: B: plan ended',
    ],
    ['another plan of one stack', shard('n@h1.x.test'), 'plan-repeated: B is a plan of the same stack as another one'],
    ['no JSON', 'x', 'B does not contain JSON'],
    ['an empty file', '', 'B is empty'],
  ])('with %s among them are not judged, and it is named', async (_title, json, says) => {
    const [a, b] = [planFile(shard('n@h1.x.test'), 'a.json'), planFile(json, 'b.json')];
    const { exitCode, out, err } = await runCli(['check-plan', a, b]);
    expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(`error: ${says.replace('B', b)}`)]);
  });

  test('may be of two new shards in the same second, with the same addresses', async () => {
    const joining = (commonName: string): unknown => ({
      ...(shard('n@h1.x.test') as object),
      resource_changes: [
        {
          address: 'tls_cert_request.x',
          mode: 'managed',
          type: 'tls_cert_request',
          change: { before: null, after: { subject: [{ common_name: commonName }] } },
        },
      ],
    });
    const paths = [
      planFile(shard('n@h1.x.test'), 'a.json'),
      ...['d', 'e'].map((one) => planFile(joining(`CA of shard ${one}`), `${one}.json`)),
    ];
    expect(await runCli(['check-plan', ...paths])).toMatchObject({ exitCode: 0, err: '' });
  });

  test('may be without any node: exit code 2', async () => {
    const paths = [planFile({ ...EMPTY, complete: true }, 'a.json'), planFile({ ...EMPTY, complete: true }, 'b.json')];
    const { exitCode, out } = await runCli(['check-plan', ...paths]);
    expect([exitCode, out]).toEqual([
      2,
      expect.stringMatching(/^error: plan-without-nodes: plan has no node[^\n]*\n$/),
    ]);
  });
});

const EMPTY = { format_version: '1.2', resource_changes: [], complete: false };

test('a plan without a cluster, made with -target, is reported in every format', async () => {
  const plan = planFile(EMPTY);
  const text = await runCli(['check-plan', plan]);
  expect([text.exitCode, text.out]).toEqual([
    2,
    expect.stringMatching(
      /^warning: plan-incomplete: .*\nerror: plan-without-nodes: plan has no node of this library in it/,
    ),
  ]);

  const json = await runCli(['check-plan', '--json', plan]);
  expect((JSON.parse(json.out) as { findings: unknown[] }).findings).toEqual([
    expect.objectContaining({ code: 'plan-incomplete', severity: 'warning', subject: 'plan' }),
    expect.objectContaining({ code: 'plan-without-nodes', severity: 'error' }),
  ]);

  const github = await runCli(['check-plan', '--format=github', plan]);
  expect(github.out).toMatch(/^::warning title=plan-incomplete%3A plan::plan does not cover/);

  const junit = await runCli(['check-plan', '--format=junit', plan]);
  expect(junit.out).toContain('<testsuite name="erlang-tls" tests="2" failures="2">');
});

test('a plan with nothing in it says so, without empty lines', async () => {
  const { exitCode, out } = await runCli(['check-plan', planFile({ ...EMPTY, complete: true })]);
  expect([exitCode, out]).toEqual([2, expect.stringMatching(/^error: plan-without-nodes: [^\n]*\n$/)]);
});

test('colour is used on terminals only', async () => {
  const plan = planFile(EMPTY);
  expect((await runCli(['check-plan', plan], { isTerminal: true })).out).toContain('\x1b[31merror\x1b[0m');
  expect((await runCli(['check-plan', plan])).out).not.toContain('\x1b');
});

test('the tool lists its commands', async () => {
  expect(await runCli(['--help'])).toMatchObject({ exitCode: 0, out: expect.stringContaining('check-plan') as string });
  expect(await runCli([])).toMatchObject({ exitCode: 2 });
  expect(await runCli(['check-plan', '--help'])).toMatchObject({ exitCode: 0 });
  expect(await runCli(['toString'])).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('unknown command') as string,
  });
});

function planFile(json: unknown, name = 'plan.json'): string {
  const file = join(directory, name);
  writeFileSync(file, typeof json === 'string' ? json : JSON.stringify(json));
  return file;
}

function checked({ text }: { json?: unknown; text: string }): ReturnType<typeof runCli> {
  return runCli(['check-plan', planFile(text)]);
}
