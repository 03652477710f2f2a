import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

import { CaGeneration, Delivery, OtpRelease, Platform, TlsCluster } from 'cdktf-erlang-tls';

import { killApply } from '../../support/faults/killed-apply';
import { faultSeed, fraction } from '../../support/faults/random';
import { isStateCutOff, putStateBack, readState } from '../../support/faults/state-file';
import {
  type FileTexts,
  refusals,
  textsIn,
  textsOf,
  type TlsSet,
  tlsSet,
  tryTlsSet,
} from '../../support/faults/tls-set';
import { newSecond } from '../../support/programs/eventually';
import { requires } from '../../support/programs/requires';
import { Deployment } from '../../support/stacks/deployment';
import { mustSucceed } from '../../support/terraform';

const SLOW_MS = 400_000;
const NODES = ['a@h1.x.test', 'a@h2.x.test'];

/** With new keys in each: 16 applies, each killed once, for each way of delivery. */
const ROLLOVERS = 4;
/** After a message of Terraform, the kill may come this much later: into the writing of a file, or of the state. */
const LONGEST_DELAY_MS = 40;

/** What is declared in one deploy. */
interface Step {
  readonly name: 'introduce' | 'switch' | 'retire' | 'new keys';
  readonly generations: readonly CaGeneration[];
  readonly keyGeneration: string;
}

const seed = faultSeed();

requires('terraform', 'go')(`an apply that is killed at a random moment (FAULT_SEED=${seed})`, () => {
  // Mostly they wait: for the next second, and for Terraform.
  test.concurrent.each([
    ['scripts', 'script'],
    ['plain files', 'files'],
  ] as const)(
    `leaves %s that can be installed, and the next apply repairs everything: ${ROLLOVERS * 4} times`,
    async (_title, way) => {
      const rollover = await KilledRollover.start(way);
      try {
        for (const [index, step] of steps().entries()) {
          const what = `${index} ${step.name}`;
          expect({ what, found: await rollover.take(step, `${way} ${index}`) }).toEqual({ what, found: [] });
        }
        // Where every apply was done before its kill, nothing was tested.
        expect(rollover.kills).toBeGreaterThanOrEqual(ROLLOVERS * 3 + 4);
      } finally {
        await rollover.remove();
      }
    },
    SLOW_MS,
  );
});

function steps(): Step[] {
  return Array.from({ length: ROLLOVERS }, (_, round) => stepsOf(round + 1)).flat();
}

function stepsOf(round: number): Step[] {
  const retired = Array.from({ length: round - 1 }, (_, index) => CaGeneration.retired(String(index + 1)));
  const [old, next] = [String(round), String(round + 1)];
  const [before, after] = [String(round - 1), String(round)];
  const switched = [...retired, CaGeneration.trusted(old), CaGeneration.signing(next)];
  const done = [...retired, CaGeneration.retired(old), CaGeneration.signing(next)];
  return [
    {
      name: 'introduce',
      generations: [...retired, CaGeneration.signing(old), CaGeneration.trusted(next)],
      keyGeneration: before,
    },
    { name: 'switch', generations: switched, keyGeneration: before },
    { name: 'retire', generations: done, keyGeneration: before },
    { name: 'new keys', generations: done, keyGeneration: after },
  ];
}

type Sets = Readonly<Record<string, TlsSet>>;

/** A deployment whose every apply is killed, and healed by the next one. */
class KilledRollover {
  static async start(way: 'script' | 'files'): Promise<KilledRollover> {
    const rollover = new KilledRollover(await Deployment.create(), way);
    await rollover.declare([CaGeneration.signing('1')], '0');
    mustSucceed(await rollover.deployment.terraform.apply());
    return rollover;
  }

  /** Applies that were still at work when they were killed. */
  kills = 0;
  private cluster: TlsCluster | undefined;
  /** How many messages an apply of that kind has, by the one before. */
  private readonly eventCounts = new Map<string, number>();

  private constructor(
    private readonly deployment: Deployment,
    private readonly way: 'script' | 'files',
  ) {}

  /** Every deviation from the expected state. */
  async take(step: Step, purpose: string): Promise<string[]> {
    const [installed, before] = [this.sets(), this.state()];
    await this.declare(step.generations, step.keyGeneration);
    await this.applyAndKill(step, purpose);
    const cutOff = this.wholeSets();
    if (isStateCutOff(this.deployment.terraform.path)) putStateBack(this.deployment.terraform.path);

    mustSucceed(await this.deployment.terraform.apply());
    const healed = this.sets();
    const after = this.state();
    const again = await this.deployment.terraform.plan();
    return [
      ...named('installed and cut off', refusals(installed, cutOff)),
      ...named('cut off', refusals(cutOff, cutOff)),
      ...named('installed and healed', refusals(installed, healed)),
      ...named('healed', refusals(healed, healed)),
      ...(again.exitCode === 0 && !again.hasChanges ? [] : [`a second apply would change something: ${again.stdout}`]),
      ...lostKeys(step, before, after),
      ...(step.name === 'new keys' ? sameKeys(installed, healed) : []),
    ];
  }

  async remove(): Promise<void> {
    await this.deployment.remove();
  }

  private async declare(generations: readonly CaGeneration[], keyGeneration: string): Promise<void> {
    await newSecond();
    this.cluster = await this.deployment.declare(
      (stack, { outputDirectory }) =>
        new TlsCluster(stack, 'c', {
          platform: Platform.couchDb(),
          otp: OtpRelease.OTP_25,
          nodes: NODES.map((name) => ({ name })),
          installDirectory: '/etc/couchdb/tls',
          certificates: { keyGeneration },
          certificateAuthority: { generations: [...generations], rollover: { settleMinutes: 0 } },
          delivery:
            this.way === 'script'
              ? Delivery.installScript({ outputDirectory })
              : Delivery.localFiles({ outputDirectory }),
        }),
    );
  }

  private async applyAndKill({ name }: Step, purpose: string): Promise<void> {
    // An apply of any kind has at least so many.
    const count = this.eventCounts.get(name) ?? 8;
    const event = Math.floor(fraction(seed, `${purpose} event`) * count);
    const delayMs = Math.floor(fraction(seed, `${purpose} delay`) * LONGEST_DELAY_MS);
    const { wasKilled, events } = await killApply(this.deployment.terraform.path, { event, delayMs });
    this.kills += wasKilled ? 1 : 0;
    this.eventCounts.set(name, Math.max(count, events.length));
  }

  private sets(): Sets {
    return Object.fromEntries(this.outputs().map(([id, texts]) => [id, tlsSet(texts ?? {})]));
  }

  /** Of whoever has a whole one. */
  private wholeSets(): Sets {
    const sets = this.outputs().map(([id, texts]) => [id, tryTlsSet(texts)] as const);
    return Object.fromEntries(sets.flatMap(([id, set]) => (set === undefined ? [] : [[id, set]])));
  }

  private outputs(): [string, FileTexts | undefined][] {
    if (this.cluster?.tools === undefined) throw new Error('nothing is declared');
    const named = [...this.cluster.nodes, { ...this.cluster.tools, id: 'tools' }];
    return named.map(({ id, delivered: { outputs } }) => [id, this.textsAt(outputs[0] ?? '')]);
  }

  private textsAt(output: string): FileTexts | undefined {
    if (this.way === 'files') return existsSync(dirname(output)) ? textsIn(dirname(output)) : undefined;
    return existsSync(output) ? textsOf(readFileSync(output, 'utf8')) : undefined;
  }

  private state(): NonNullable<ReturnType<typeof readState>> {
    const state = readState(this.deployment.terraform.path);
    if (state === undefined) throw new Error(`no state in ${basename(this.deployment.terraform.path)}`);
    return state;
  }
}

function named(what: string, found: readonly string[]): string[] {
  return found.map((one) => `${what}: ${one}`);
}

/** Keys that changed or disappeared although the step does not say so. */
function lostKeys(
  { name }: Step,
  before: { keys: Readonly<Record<string, string>> },
  after: { keys: Readonly<Record<string, string>> },
): string[] {
  const changed = Object.keys(before.keys).filter((key) => before.keys[key] !== after.keys[key]);
  const isMeant = (key: string): boolean =>
    key.includes('CertificateAuthority') ? name === 'retire' && after.keys[key] === undefined : name === 'new keys';
  return changed.filter((key) => !isMeant(key)).map((key) => `the key ${key} is another one`);
}

function sameKeys(before: Sets, after: Sets): string[] {
  return Object.keys(after)
    .filter((id) => before[id]?.key === after[id]?.key)
    .map((id) => `${id} has its old key`);
}
