import type { Option } from '../../erlang/options/option-file-reader';
import { SIDES } from '../../erlang/options/ssl-option';
import { writeTerm } from '../../erlang/terms/term-writer';
import type { Finding } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import type { Situation } from '../../observed/situation';
import { kindsOf } from '../pairs';
import { verificationFindings } from './verification';

/** How nodes will verify each other with the files that a plan brings. Nodes with the same options are one finding. */
export function plannedVerificationFindings({ members, releases }: Situation): readonly Finding[] {
  const coming = members.filter(({ moment }) => moment === 'after');
  return SIDES.flatMap((side) =>
    kindsOf(coming, ({ settings }) => settings[side], textOf).flatMap(({ fact: options, all }) =>
      verificationFindings(side, options, releases, `${side} side of ${nameList(all.map(({ label }) => label))}`),
    ),
  );
}

/** Options hold numbers that JSON does not have. */
function textOf(options: readonly Option[]): string {
  return options.map(([name, value]) => `${name} ${writeTerm(value)}`).join('\n');
}
