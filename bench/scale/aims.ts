/** What the project wants of its speed and of its sizes, and whether measurements show it. */
import {
  BY_HAND,
  type Cost,
  type Deployment,
  type Edit,
  isCost,
  RUNTIME_NAMES,
  type ScaleResults,
  type Synth,
  type TooSlow,
} from './results';

export interface Aim {
  readonly what: string;
  readonly most: number;
  /** As in "4000 bytes". Empty for a ratio. */
  readonly unit: '' | 's' | 'bytes';
  /** A part of the limit that a run in CI may be above, because of noise. */
  readonly room: number;
  /** Whether it is about a thousand nodes, which take longer than CI has time. */
  readonly isForThousand?: boolean;
  /** What misses the aim as far as is known. */
  readonly misses?: readonly Miss[];
  readonly measured: (results: ScaleResults) => readonly Measured[];
}

/** A way of delivery that misses an aim. */
interface Miss {
  readonly way: string;
  /** As far as it has come, above which CI fails. Absent if it reaches the aim with as few nodes as CI has. */
  readonly most?: number;
  readonly why: string;
}

export interface Measured {
  readonly way: string;
  /** As in "100 nodes, install script". */
  readonly where: string;
  /** Infinite if it was too slow to be measured. */
  readonly value: number;
}

export interface Judgement extends Measured {
  readonly aim: Aim;
  readonly isReached: boolean;
  /** Why it is missed, if that is known. */
  readonly why?: string;
  /** Whether noise, or a known reason, is an excuse. */
  readonly isTolerated: boolean;
}

/** Each measurement against its aim, in the order of the aims. */
export function judge(results: ScaleResults): Judgement[] {
  return AIMS.flatMap((aim) =>
    aim.measured(results).map((measured) => {
      const { way, value } = measured;
      const miss = aim.misses?.find((one) => one.way === way);
      return {
        ...measured,
        aim,
        why: miss?.why,
        isReached: value <= aim.most,
        isTolerated: value <= (miss?.most ?? aim.most) * (1 + aim.room),
      };
    }),
  );
}

/** Why CI fails: what is missed beyond noise, and what was not measured at all. Empty if it passes. */
export function failures(results: ScaleResults): string[] {
  const judged = judge(results);
  const missed = judged.filter(({ isTolerated }) => !isTolerated);
  const unmeasured = AIMS.filter((aim) => aim.isForThousand !== true && judged.every((one) => one.aim !== aim));
  return [
    ...missed.map(
      ({ aim, where, value }) =>
        `${aim.what}, ${where}: ${valueText(aim, value)}, expected at most ${valueText(aim, aim.most)}`,
    ),
    ...unmeasured.map(({ what }) => `${what}: not measured`),
  ];
}

/** Below, what a cluster costs once is most of it. */
const FEWEST_NODES = 100;

/** The delivery whose fewer resources have to show. */
const FEW_RESOURCES = 'install script';

/**
 * Processor time of the same work varies by some percent with what else the machine does: caches are shared, and a core is slower while its
 * twin works. The median of a few rounds, or a run of many seconds, keeps that below a tenth.
 */
const NOISE = 0.1;

/** Sizes are the same in each run. */
const EXACT = 0;

const SYNTH_MISSED =
  'CDKTF resolves about as many values as by hand, but V8 compiles that code again when it meets the lists and conditions of a rollover; the rest are the checks and texts of the library.';

export const AIMS: readonly Aim[] = [
  {
    what: 'synth, to by hand',
    most: 1.15,
    unit: '',
    room: NOISE,
    misses: [
      { way: 'local files', most: 1.55, why: SYNTH_MISSED },
      { way: FEW_RESOURCES, most: 1.3, why: SYNTH_MISSED },
    ],
    measured: ({ synths }) =>
      synths
        .filter(isOursOfMany)
        .map((synth) => ({ ...placeOf(synth, `, ${RUNTIME_NAMES[synth.runtime]}`), value: synth.ratio })),
  },
  ratioAim('plan from nothing, to by hand', ({ edits }) => edits['from nothing']?.plan),
  ratioAim('apply, to by hand', ({ edits }) => edits['from nothing']?.apply),
  ratioAim('second plan, to by hand', ({ edits }) => edits['no change']?.plan),
  growthAim('plan from nothing for each node, to fewer nodes', ({ edits }) => edits['from nothing']?.plan),
  growthAim('apply for each node, to fewer nodes', ({ edits }) => edits['from nothing']?.apply),
  waitAim('wait for the plan from nothing', 100, 'from nothing', 'plan'),
  waitAim('wait for the apply', 100, 'from nothing', 'apply'),
  waitAim('wait for the plan of one node more', 30, 'one node more', 'plan'),
  {
    what: '`cdk.tf.json` for each node',
    most: 4000,
    unit: 'bytes',
    room: EXACT,
    misses: [
      {
        way: 'local files',
        most: 4750,
        why: 'The addresses of the resources are contract, and longer than those by hand.',
      },
    ],
    measured: ({ synths }) =>
      synths
        .filter((synth) => isOursOfMany(synth) && synth.runtime === 'node')
        .map((synth) => ({ ...placeOf(synth), value: Math.round(synth.bytes / synth.nodes) })),
  },
  {
    what: 'state, to by hand',
    most: 1.3,
    unit: '',
    room: EXACT,
    misses: [
      {
        way: FEW_RESOURCES,
        most: 1.9,
        why: 'A script is one text with all that it needs, 14 kB of it the same in all, and the state has each of them in full.',
      },
    ],
    measured: ({ deployments }) =>
      pairs(deployments).flatMap(({ own, byHand }) =>
        own.bytes.state === undefined || byHand.bytes.state === undefined
          ? []
          : [{ ...placeOf(own), value: own.bytes.state / byHand.bytes.state }],
      ),
  },
];

type CommandOf = (deployment: Deployment) => Cost | TooSlow | undefined;

/** No more processor time than by hand. */
function ratioAim(what: string, commandOf: CommandOf): Aim {
  return {
    what,
    most: 1,
    unit: '',
    room: NOISE,
    measured: ({ deployments }) =>
      pairs(deployments)
        .filter(({ own }) => own.way === FEW_RESOURCES)
        .flatMap(({ own, byHand }) => {
          const [ours, theirs] = [commandOf(own), commandOf(byHand)];
          if (ours === undefined || !isCost(theirs)) return [];
          return [{ ...placeOf(own), value: secondsOf(ours, 'processorSeconds') / theirs.processorSeconds }];
        }),
  };
}

/** With more nodes, a node takes no more processor time. The local backend writes the whole state after each resource. */
function growthAim(what: string, commandOf: CommandOf): Aim {
  return {
    what,
    most: 1,
    unit: '',
    room: NOISE,
    misses: missesOfTerraform('grows'),
    measured: ({ deployments }) =>
      deployments
        .filter((own) => isOursOfMany(own) && own.backend === 'http')
        .flatMap((own) => {
          const smaller = deployments
            .filter(({ way, backend, nodes }) => way === own.way && backend === own.backend && nodes < own.nodes)
            .reduce<Deployment | undefined>((one, other) => (one && one.nodes > other.nodes ? one : other), undefined);
          const [large, small] = [commandOf(own), smaller && commandOf(smaller)];
          if (smaller === undefined || large === undefined || !isCost(small)) return [];
          const perNode = secondsOf(large, 'processorSeconds') / own.nodes;
          const { way, where } = placeOf(own);
          const value = perNode / (small.processorSeconds / smaller.nodes);
          return [{ way, where: `${smaller.nodes} to ${where}`, value }];
        }),
  };
}

/** What somebody waits for with a thousand nodes. */
function waitAim(what: string, most: number, edit: Edit, command: 'plan' | 'apply'): Aim {
  return {
    what,
    most,
    unit: 's',
    room: NOISE,
    isForThousand: true,
    misses: missesOfTerraform('takes'),
    measured: ({ deployments }) =>
      deployments
        .filter(({ way, nodes, backend }) => way !== BY_HAND && nodes === 1000 && backend === 'http')
        .flatMap((own) => {
          const cost = own.edits[edit]?.[command];
          return cost === undefined ? [] : [{ ...placeOf(own), value: secondsOf(cost, 'wallSeconds') }];
        }),
  };
}

/** What no library can spare. */
function missesOfTerraform(verb: string): readonly Miss[] {
  const why = `It ${verb} about as much by hand: Terraform reads each resource in a plan, and copies the whole state after each in an apply. Shards divide it.`;
  return ['local files', FEW_RESOURCES].map((way) => ({ way, why }));
}

function secondsOf(cost: Cost | TooSlow, kind: 'processorSeconds' | 'wallSeconds'): number {
  return isCost(cost) ? cost[kind] : Infinity;
}

/** Each deployment with the one by hand of as many nodes in the same backend. */
function pairs(deployments: readonly Deployment[]): { own: Deployment; byHand: Deployment }[] {
  return deployments.filter(isOursOfMany).flatMap((own) => {
    const byHand = deployments.find(
      ({ way, nodes, backend }) => way === BY_HAND && nodes === own.nodes && backend === own.backend,
    );
    return byHand === undefined ? [] : [{ own, byHand }];
  });
}

function isOursOfMany({ way, nodes }: Synth | Deployment): boolean {
  return way !== BY_HAND && nodes >= FEWEST_NODES;
}

function placeOf(one: Synth | Deployment, more = ''): { way: string; where: string } {
  const backend = 'backend' in one ? `, ${one.backend} backend` : '';
  return { way: one.way, where: `${one.nodes} nodes, ${one.way}${backend}${more}` };
}

/** A value of that aim, or its limit, for people. */
export function valueText({ unit }: Aim, value: number): string {
  if (!Number.isFinite(value)) return 'not done';
  if (unit === '') return value.toFixed(2);
  return `${unit === 's' ? value.toFixed(0) : value} ${unit}`;
}
