import { namesFor } from '../../erlang/options/algorithm-offers';
import type { Option } from '../../erlang/options/option-file-reader';
import { otherSide, type Side, SIDES } from '../../erlang/options/ssl-option';
import { sslOption } from '../../erlang/options/ssl-option-table';
import { namesIn, type TlsSettings, valueOf, versionsOf } from '../../erlang/options/tls-settings';
import { writeTerm } from '../../erlang/terms/term-writer';
import type { NodeAtMoment, Situation } from '../../observed/situation';

/** The options of a node that a plan changes in a way of which it is not known whether nodes still connect: `server option ktls`. */
export type UnjudgedChanges = (old: TlsSettings, next: TlsSettings) => readonly string[];

/** Looks once at all nodes that the changed ones meet. */
export function unjudgedChangesAmong({ members, releases }: Situation): UnjudgedChanges {
  const speakTls13 = SIDES.every((side) => optionsOf(members, side).every(speaks));
  const hangOnRoots = members.every(({ sides: shown }) =>
    SIDES.every((side) => shown[side]?.shown?.isBelowRoot === true),
  );

  function speaks(options: readonly Option[]): boolean {
    return versionsOf(options, releases)?.includes('tlsv1.3') === true;
  }

  function offerOf(name: string, options: readonly Option[] = []): Offer {
    if (valueOf(name, options) === undefined) return 'default';
    const names = speakTls13 ? namesFor('tlsv1.3', { versions: [], names: namesIn(name, options) ?? [] }) : [];
    return sslOption(name)?.inEveryDefault?.some((one) => names.includes(one)) === true ? 'near default' : 'own';
  }

  const met = new Map<string, ReadonlySet<Offer>>();
  function offersMet(name: string, side: Side): ReadonlySet<Offer> {
    const key = `${side} ${name}`;
    const known = met.get(key) ?? new Set(optionsOf(members, otherSide(side)).map((options) => offerOf(name, options)));
    met.set(key, known);
    return known;
  }

  function isJudged(name: string, side: Side, values: readonly (readonly Option[] | undefined)[]): boolean {
    const option = sslOption(name);
    if (option?.inPlan !== undefined) return option.inPlan !== 'below intermediates' || hangOnRoots;
    if (option?.negotiated === undefined) return false;
    // Two lists are judged by what they have in common, and two defaults go together.
    const offers = new Set(values.map((options) => offerOf(name, options)));
    const others = offersMet(name, side);
    return !(offers.has('own') && others.has('default')) && !(offers.has('default') && others.has('own'));
  }

  return (old, next) =>
    SIDES.flatMap((side) => {
      const [before = [], after = []] = [old[side], next[side]];
      const names = [...new Set([...before, ...after].map(([name]) => name))].sort();
      return names
        .filter((name) => textOf(name, before) !== textOf(name, after) && !isJudged(name, side, [before, after]))
        .map((name) => `${side} option ${name}`);
    });
}

/** What a side offers of a list: OTP's default, a list with something that every default has too, or one without. */
type Offer = 'default' | 'near default' | 'own';

function optionsOf(members: readonly NodeAtMoment[], side: Side): readonly (readonly Option[])[] {
  return members.flatMap(({ settings }) => (settings[side] === undefined ? [] : [settings[side]]));
}

/** The default, written out, is no change. */
function textOf(name: string, options: readonly Option[]): string {
  const given = options.filter(([one]) => one === name).map(([, value]) => writeTerm(value));
  return given.length === 0 ? (sslOption(name)?.byDefault ?? '') : given.join('\n');
}
