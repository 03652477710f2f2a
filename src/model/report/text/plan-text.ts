import { printable } from '../../findings/finding';
import { nameList } from '../../findings/name-list';
import { type CaIdentity, labelOf, type Member, type MemberChange } from '../../observed/terraform/member';
import type { ClusterVerdict, PlanVerdict } from '../../rules/check-plan';
import type { PlainTextMove } from '../../rules/flags/plain-text-order';
import { textTable } from './table';

/** Text about the effect of a plan on clusters, without the findings. */
export function planText({ clusters, generations, destroyed }: PlanVerdict): string {
  const names = shortened([...generations.values()].map(({ name }) => name));
  const nameOf = (identity: CaIdentity): string => names.get(generations.get(identity)?.name ?? '') ?? 'an unknown CA';
  const tables = clusters.map(({ name, members, plainTextMove }) => [
    ...(clusters.length === 1 ? [] : [`Cluster ${name}:`]),
    ...textTable(
      ['member', 'certificate of', 'trusts', 'to do'],
      grouped(members, (member) => rowOf(member, nameOf)),
    ),
    ...(plainTextMove === undefined ? [] : moveText(plainTextMove)),
  ]);
  const gone = destroyed.map(({ what, address }) => `  ${what}  ${address}`);
  return [...tables, ...(gone.length === 0 ? [] : [['Destroyed permanently:', ...gone]])]
    .map((lines) => lines.map(printable).join('\n'))
    .join('\n\n');
}

/** The verdict on each cluster, in one line each. */
export function planSummary({ clusters }: PlanVerdict): string {
  return clusters.map((cluster) => clusterSummary(cluster, clusters.length === 1)).join('\n');
}

/** The members, and the resources that the plan destroys, for programs. */
export function planFacts({ clusters, destroyed }: PlanVerdict): Readonly<Record<string, unknown>> {
  const facts = ({ name, members, plainTextMove }: ClusterVerdict): Readonly<Record<string, unknown>> => ({
    name,
    members: members.map((member) => ({ name: member.name, plan: member.plan, toDo: toDo(member) })),
    plainTextMove,
  });
  return { clusters: clusters.map(facts), destroyed };
}

/** The restarts of one step between plain text and TLS, and the next step. */
function moveText({ toTls, toPlainText, restartAfterwards, next }: PlainTextMove): readonly string[] {
  const [moving, transport, list] =
    toPlainText.length > 0 ? [toPlainText, 'plain text', 'into'] : [toTls, 'TLS', 'out of'];
  const others = restartAfterwards.length === 0 ? '' : `, then restart ${nameList(restartAfterwards)}`;
  return [
    ...(moving.length === 0 ? [] : [`To ${transport}: restart ${nameList(moving)}${others}.`]),
    ...(next === undefined ? [] : [`Next ${list} the list of plain-text members: ${next}.`]),
  ];
}

function clusterSummary({ name, members, findings }: ClusterVerdict, isOnly: boolean): string {
  const staying = members.filter(({ after }) => after !== undefined);
  const nodes = staying.filter(({ after }) => after?.isServer === true).length;
  const who = `${nodes} ${nodes === 1 ? 'node' : 'nodes'}${nodes < staying.length ? ' and the tools' : ''}`;
  const which = isOnly ? '' : `Cluster ${name}: `;
  if (findings.some(({ severity }) => severity === 'error')) {
    return `${which}This plan would break the cluster (${who}):`;
  }
  return findings.length === 0
    ? `${which}${who}: every pair can connect, with old files and with new ones.`
    : `${which}${who}: this plan disconnects no nodes, as far as it can be checked. See the warnings:`;
}

/** `CouchDB Root CA, generation 2026` is shortened to `generation 2026` if that is unambiguous. */
function shortened(names: readonly string[]): ReadonlyMap<string, string> {
  const ends = names.map((name) => name.split(', ').at(-1) ?? name);
  const isEnough = new Set(ends).size === new Set(names).size;
  return new Map(names.map((name, index) => [name, (isEnough ? ends[index] : undefined) ?? name]));
}

type Row = readonly [certificate: string, trusts: string, toDo: string];

function rowOf(member: MemberChange, nameOf: (identity: CaIdentity) => string): Row {
  const { before, after } = member;
  const trusts = (one: Member): string => [...one.trusts].map(nameOf).sort().join(' + ') || 'nobody';
  return [
    way(before, after, ({ issuer, unseen }) => unseen ?? nameOf(issuer ?? '')) +
      (isRenewed(member) ? ' (renewed)' : ''),
    way(before, after, trusts),
    toDo(member),
  ];
}

function isRenewed({ before, after }: MemberChange): boolean {
  if (before === undefined || after?.unseen !== undefined) return false;
  return before.issuer === after?.issuer && before.certificate !== after?.certificate;
}

function way(before: Member | undefined, after: Member | undefined, say: (one: Member) => string): string {
  const [old, next] = [before && say(before), after && say(after)];
  return old === next || old === undefined || next === undefined ? (next ?? old ?? '') : `${old} → ${next}`;
}

/** The operator's next step for a member: new files, and a restart if the node reads some of them only at boot. */
function toDo({ before, after, isWrittenAgain }: MemberChange): string {
  if (before === undefined) return 'joins';
  if (after === undefined) return 'leaves';
  if (isBootChanged(before, after)) return after.isServer ? 'install, restart' : 'install';
  if (!isReadAlike(before, after)) return 'install';
  return isWrittenAgain === true ? 'nothing (files written again)' : 'nothing';
}

/** A member that gets what it is to trust, and nothing else, boots from files that are not ours. */
function isBootChanged(before: Member, after: Member): boolean {
  return after.unseen !== 'not signed here' && !equalMaps(before.bootFiles, after.bootFiles);
}

/** Whether the files are the same that a running node reads again. */
function isReadAlike(before: Member, after: Member): boolean {
  return (
    before.certificate === after.certificate &&
    (before.lists === after.lists || equalMaps(before.lists, after.lists)) &&
    before.trusts.size === after.trusts.size &&
    [...before.trusts].every((one) => after.trusts.has(one))
  );
}

function equalMaps(one: Member['lists'], other: Member['lists']): boolean {
  if (one === undefined || other === undefined) return false;
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

/** Groups members with the same changes into one row. */
function grouped(members: readonly MemberChange[], row: (member: MemberChange) => Row): readonly (readonly string[])[] {
  const groups = new Map<string, { names: string[]; row: Row }>();
  for (const member of members) {
    const cells = row(member);
    const key = cells.join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [labelOf(member)], row: cells });
    else group.names.push(labelOf(member));
  }
  return [...groups.values()].map(({ names, row: cells }) => [nameList(names), ...cells]);
}
