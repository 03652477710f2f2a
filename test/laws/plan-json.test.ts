import { Delivery, Platform } from 'cdktf-erlang-tls';
import fc from 'fast-check';

import { InvalidInput } from '../../src/model/findings/finding';
import { planSummary, planText } from '../../src/model/report/text/plan-text';
import { cluster, judgedTogether, retired, signing, together, trusted } from '../support/plans/judged-plan';
import { planAfter } from '../support/plans/pretended-terraform';

const delivery = Delivery.localFiles({ outputDirectory: 'out' });
const rabbits = { platform: Platform.rabbitMq(), nodes: [{ name: 'r@h1.x.test' }], delivery };
const STEPS = [[signing('1')], [trusted('1'), signing('2')], [retired('1'), signing('2')]].map((generations) =>
  together(cluster({ generations, nodes: [{ name: 'a@h1.x.test' }] }), cluster({ generations, ...rabbits }, 'two')),
);
const PLANS = STEPS.map((_step, index) => JSON.stringify(planAfter(...STEPS.slice(0, index + 1))));

type Parent = Record<string, unknown>;

/** Every place in a JSON value: what holds it, and its name there. */
function placesIn(value: unknown): readonly (readonly [Parent, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Parent;
  return Object.keys(parent).flatMap((name) => [[parent, name] as const, ...placesIn(parent[name])]);
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('constructor', '__proto__', { toString: 1, valueOf: 1 }, [{ generations: [{}] }], '${', -1),
  // What a regular expression or a reader of flags may stumble over.
  fc.constantFrom<unknown>('-couch_dist no_tls "a("', "-proto_dist '", '-----BEGIN CERTIFICATE-----\n!', '[{server,'),
);

test('a plan with any damage is refused or checked, and causes no other error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PLANS),
      fc.array(fc.tuple(fc.nat(), anything), { minLength: 1, maxLength: 3 }),
      (text, damages) => {
        const plan: unknown = JSON.parse(text);
        for (const [where, value] of damages) {
          const places = placesIn(plan);
          const [parent, name] = places[where % places.length] ?? [{}, ''];
          parent[name] = value;
        }
        expect(outcome(plan)).toMatch(/^(refused: plan-(malformed|failed)|judged)$/);
      },
    ),
    { numRuns: 1000 },
  );
});

function outcome(plan: unknown): string {
  try {
    const verdict = judgedTogether(plan);
    planText(verdict);
    planSummary(verdict);
    return 'judged';
  } catch (error) {
    if (error instanceof InvalidInput) return `refused: ${error.finding.code}`;
    throw error;
  }
}
