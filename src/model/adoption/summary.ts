import { topics } from '../erlang/flags/vm-flags';
import { printable, withoutKeys } from '../findings/finding';
import { addTo } from '../findings/lists';
import { nameList } from '../findings/name-list';
import type { Adoption } from './adoption';
import { firstSteps, secondSteps } from './steps';

/** What was taken over, what was not and why, and what to do on each node. */
export function summaryText(adoption: Adoption): string {
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Taken over', takenOver(adoption)],
    ['Left behind', leftBehind(adoption)],
    ['Keys', keysAtHand(adoption)],
    ...byLines(firstSteps(adoption)).map(([names, lines]) => [`Deploy 1, on ${names}`, lines] as const),
    ...byLines(secondSteps(adoption)).map(
      ([names, lines]) => [`Deploy 2, before the restart of ${names}`, lines] as const,
    ),
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${shown(title)}:\n${lines.map((line) => `  ${shown(line)}\n`).join('')}\n`)
    .join('');
}

function shown(text: string): string {
  return printable(withoutKeys(text));
}

/** Nodes with the same to do, once. */
function byLines(
  steps: readonly (readonly [name: string, lines: readonly string[]])[],
): readonly (readonly [names: string, lines: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const [name, lines] of steps) addTo(groups, lines.join('\n'), name);
  return [...groups].map(([lines, names]) => [nameList(names), lines === '' ? [] : lines.split('\n')]);
}

function takenOver({ nodes, platform, otherPlatforms, authorities, tls, flags }: Adoption): readonly string[] {
  const others = otherPlatforms.map(({ factory }) => `Platform.${factory}`);
  const options = Object.entries(tls.options).flatMap(([side, given]) =>
    Object.keys(given).map((name) => `${name} on the ${side} side`),
  );
  const settings = [...Object.keys(flags.distribution), ...flags.flags.flatMap(topics).map(([topic]) => topic)];
  return [
    `${nodes.length} nodes: ${nameList(nodes.map(({ member }) => member.name))}`,
    `Platform.${platform.factory}${others.length > 0 ? `; the files may be those of ${nameList(others)}, too` : ''}`,
    ...authorities.adopted.map(
      ({ id, certificate, path }) => `the CA ${certificate.subject.text}, in ${path}, as generation ${id}`,
    ),
    ...(options.length === 0 ? [] : [`options: ${options.join(', ')}`]),
    ...(settings.length === 0 ? [] : [`flags: ${settings.join(', ')}`]),
  ];
}

function leftBehind({ authorities, tls, flags, nodes }: Adoption): readonly string[] {
  const names = nodes.flatMap(({ member, namesLeft }) => namesLeft.map((name) => [name, member.name] as const));
  return [
    ...authorities.left,
    ...names.map(([name, node]) => `the name ${name} of the certificate of ${node}: it stands for more than one node`),
    ...tls.left,
    ...flags.left,
  ];
}

function keysAtHand({ authorities }: Adoption): readonly string[] {
  return authorities.adopted.flatMap(({ id, keyPath }) =>
    keyPath === undefined
      ? []
      : [`${keyPath} is the key of ${id}: with it, that CA can go on signing (CaSource.imported). No node needs it.`],
  );
}
