import { isPlainPath } from '../cluster/absolute-path';
import { shellQuoted } from '../erlang/flags/shell-variable-writer';
import { topics } from '../erlang/flags/vm-flags';
import { filesOf } from '../erlang/options/tls-settings';
import { documentation } from '../findings/documentation';
import type { FoundFile } from '../observed/files/found-file';
import type { Adoption } from './adoption';
import { type FoundMember, pathOnNode } from './found-cluster';
import { readPlanned } from './side-by-side';

/** Lines for each node. */
type Steps = readonly (readonly [name: string, lines: readonly string[]])[];

/** The commands of the first deploy: the bundle takes the place of each file in which running nodes and tools have their CAs. */
export function firstSteps({ cluster, nodes }: Adoption): Steps {
  return nodes.map(({ member: { name }, installDirectory }) => {
    const bundles = new Map(
      cluster.members.filter((one) => one.name === name).flatMap((one) => bundlesOf(one, `${installDirectory}/ca.pem`)),
    );
    const lines = [...bundles.values()].flat();
    return [name, ['sh NODE.sh', ...(bundles.size === 0 ? ['# its options name no trust bundle'] : lines)]];
  });
}

/** The commands for each bundle of a member, by its path. */
function bundlesOf(
  { installed: { settings = {}, sides }, fileNames }: FoundMember,
  ours: string,
): readonly (readonly [path: string, commands: readonly string[]])[] {
  const files = Object.values(settings).map(filesOf);
  const shown = new Set(files.flatMap(({ pairs }) => pairs.flatMap(({ certfile, keyfile }) => [certfile, keyfile])));
  return (['server', 'client'] as const).flatMap((side) => {
    const path = settings[side] && filesOf(settings[side]).cacertfile;
    if (path === undefined || path === ours) return [];
    const file = sides.find((one) => one.side === side)?.material.trust?.file;
    if (isMounted(file, fileNames)) return [[path, [`# ${path} is in a mounted volume: ${documentation('adopt')}`]]];
    if (!path.startsWith('/'))
      return [[path, [`# ${path} counts from the working directory of the VM: replace it there`]]];
    return [[path, shown.has(path) ? appendTo(path, ours) : linkFrom(path, ours)]];
  });
}

/** A volume of Kubernetes, in which every file is a link to one behind the link `..data`. */
function isMounted(file: FoundFile | undefined, names: ReadonlySet<string>): boolean {
  return names.has('..data') && file?.links?.some(({ isEnd }) => isEnd) === true;
}

/** A running node follows a new link with its next connection. */
function linkFrom(path: string, ours: string): readonly string[] {
  const [from, old, next] = [path, `${path}.before-adoption`, `${path}.next`].map(word);
  return [`cp -p ${from} ${old}`, `ln -s ${word(ours)} ${next}`, `mv -f ${next} ${from}`];
}

/** The file has to keep the certificate of the node. As it is no link, running nodes read it within two minutes. */
function appendTo(path: string, ours: string): readonly string[] {
  const [from, old, next] = [path, `${path}.before-adoption`, `${path}.next`].map(word);
  return [`cp -p ${from} ${old}`, `cp -p ${from} ${next}`, `cat ${word(ours)} >> ${next}`, `mv -f ${next} ${from}`];
}

function word(text: string): string {
  return isPlainPath(text) ? text : shellQuoted(text);
}

/** What the new files say must be said nowhere else. */
export function secondSteps({ platform, plan, nodes }: Adoption): Steps {
  return nodes.map(({ member }, index) => {
    const { installed, name } = member;
    const node = plan.nodes[index];
    const news = new Set(
      node === undefined
        ? []
        : (readPlanned(installed, node).flags?.uses ?? []).flatMap(topics).map(([topic]) => topic),
    );
    const olds = (installed.flags?.uses ?? []).flatMap((use) =>
      topics(use).map(([topic]) => [use.carrier, topic] as const),
    );
    const carriers = [...new Set(olds.map(([carrier]) => carrier))];
    const removals = carriers.flatMap((carrier) => {
      const twice = olds.filter(([where, topic]) => where === carrier && (news.has(topic) || OPTIONS.test(topic)));
      const found = [...new Set(twice.map(([, topic]) => topic))];
      return found.length === 0 ? [] : [`take out of ${pathOnNode(carrier, member)}: ${found.join(', ')}`];
    });
    return [
      name,
      [
        'sh NODE.sh, and sh tools.sh where the tools of the platform run',
        ...removals,
        `name the files in ${node?.installDirectory ?? ''} there: ${documentation(`platforms/${platform.page}`)}`,
      ],
    ];
  });
}

const OPTIONS = /^-ssl_dist_opt(file)?$/;
