import { failures, judge } from '../../../bench/scale/aims';
import type { EditResult, ScaleResults } from '../../../bench/scale/results';
import { byHand, cost, deployment, results, synth } from './results';

/** What misses its aim beyond noise, and what only noise excuses. */
function missed(measured: ScaleResults): { missed: string[]; excused: string[] } {
  const beyond = judge(measured).filter(({ isReached }) => !isReached);
  const text = (isTolerated: boolean): string[] =>
    beyond.filter((one) => one.isTolerated === isTolerated).map(({ aim, where }) => `${aim.what}: ${where}`);
  return { missed: text(false), excused: text(true) };
}

function withEdit(edit: Partial<EditResult>): ScaleResults {
  const { edits } = deployment();
  const changed = { ...(edits['from nothing'] ?? { plan: cost(9) }), ...edit };
  return results({ deployments: [byHand(), deployment({ edits: { ...edits, 'from nothing': changed } })] });
}

const THERE = '100 nodes, install script, http backend';

test('measurements that reach every aim miss none', () => {
  expect(judge(results()).map(({ aim }) => aim.what)).toEqual([
    'synth, to by hand',
    'plan from nothing, to by hand',
    'apply, to by hand',
    'second plan, to by hand',
    '`cdk.tf.json` for each node',
    'state, to by hand',
  ]);
  expect(missed(results())).toEqual({ missed: [], excused: [] });
});

test('what is known to miss an aim is excused as far as it has come, with the reason', () => {
  const [found] = judge(results({ deployments: [byHand(), deployment({ bytes: { state: 1_850_000 } })] })).filter(
    ({ isReached }) => !isReached,
  );
  expect(found).toMatchObject({ way: 'install script', isTolerated: true, why: expect.stringContaining('one text') });
});

test.each([
  ['synth', results({ synths: [synth({ ratio: 1.6 })] }), 'synth, to by hand: 100 nodes, install script, plain Node'],
  [
    'synth under tsx',
    results({ synths: [synth({ ratio: 1.6, runtime: 'tsx' })] }),
    'synth, to by hand: 100 nodes, install script, tsx',
  ],
  ['a plan', withEdit({ plan: cost(11.1) }), `plan from nothing, to by hand: ${THERE}`],
  ['a plan without end', withEdit({ plan: { abandonedAfterSeconds: 60 } }), `plan from nothing, to by hand: ${THERE}`],
  ['an apply', withEdit({ apply: cost(11.1) }), `apply, to by hand: ${THERE}`],
  [
    'a second plan',
    results({ deployments: [byHand(), deployment({ edits: { 'no change': { plan: cost(11.1) } } })] }),
    `second plan, to by hand: ${THERE}`,
  ],
  [
    'a configuration',
    results({ synths: [synth({ bytes: 400_100 })] }),
    '`cdk.tf.json` for each node: 100 nodes, install script',
  ],
  [
    'a state',
    results({ deployments: [byHand(), deployment({ bytes: { state: 1_900_001 } })] }),
    `state, to by hand: ${THERE}`,
  ],
])('%s beyond its limit and all noise is missed', (_title, measured, wanted) => {
  expect(missed(measured)).toEqual({ missed: [wanted], excused: [] });
});

test('what is a little beyond its limit is excused, and is not reached', () => {
  expect(missed(withEdit({ plan: cost(10.5) }))).toEqual({
    missed: [],
    excused: [`plan from nothing, to by hand: ${THERE}`],
  });
});

test('a node that costs more among many nodes is missed, in the HTTP backend', () => {
  const fewer = (seconds: number): ReturnType<typeof deployment> =>
    deployment({ nodes: 25, edits: { 'from nothing': { plan: cost(seconds) } } });
  const grown = 'plan from nothing for each node, to fewer nodes: 25 to 100 nodes, install script, http backend';
  expect(missed(results({ deployments: [fewer(2.25), deployment()] }))).toEqual({ missed: [], excused: [] });
  expect(missed(results({ deployments: [fewer(1.9), deployment()] }))).toEqual({ missed: [grown], excused: [] });
  const local = [fewer(1.9), deployment()].map((one) => ({ ...one, backend: 'local' as const }));
  expect(missed(results({ deployments: local }))).toEqual({ missed: [], excused: [] });
});

test('a thousand nodes have to be planned and applied in time', () => {
  const edits = {
    'from nothing': { plan: cost(50, 111), apply: cost(50, 111) },
    'one node more': { plan: cost(20, 34) },
  };
  const where = '1000 nodes, install script, http backend';
  expect(missed(results({ deployments: [deployment({ nodes: 1000, edits })] }))).toEqual({
    missed: ['plan from nothing', 'apply', 'plan of one node more'].map((what) => `wait for the ${what}: ${where}`),
    excused: [],
  });
});

test('aims are for a hundred nodes and more', () => {
  const few = {
    synths: [synth({ nodes: 99, ratio: 9 })],
    deployments: [byHand({ nodes: 99 }), deployment({ nodes: 99 })],
  };
  expect(judge(results(few))).toEqual([]);
});

test('nothing is compared with a stack by hand that was too slow', () => {
  const deployments = [byHand({ edits: { 'from nothing': { plan: { abandonedAfterSeconds: 60 } } } }), deployment()];
  expect(judge(results({ deployments })).map(({ aim }) => aim.what)).not.toContain('plan from nothing, to by hand');
});

describe('CI', () => {
  const fewer = deployment({ nodes: 25, edits: { 'from nothing': { plan: cost(2.25), apply: cost(2.25) } } });
  const { deployments } = results();

  test('passes if every aim that it can measure is reached, with room for noise', () => {
    expect(failures(results({ deployments: [fewer, ...deployments], synths: [synth({ ratio: 1.2 })] }))).toEqual([]);
  });

  test('fails if an aim is missed, and says by how much', () => {
    expect(failures(results({ deployments: [fewer, ...deployments], synths: [synth({ ratio: 1.61 })] }))).toEqual([
      'synth, to by hand, 100 nodes, install script, plain Node: 1.61, expected at most 1.15',
    ]);
  });

  test('fails if something was not measured', () => {
    expect(failures(results())).toEqual([
      'plan from nothing for each node, to fewer nodes: not measured',
      'apply for each node, to fewer nodes: not measured',
    ]);
  });
});
